"""Fields for the folder and the Dockerfile in it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QUrl, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from layerhold.jobs.build_place import PlaceSeen

SHORTEST = 24
"""Characters of a path that are always in sight."""


class BuildPlaceField(QWidget):
    """Either field takes a path that is typed, pasted or chosen; the first also a Dockerfile."""

    changed = Signal()

    def __init__(self, folders: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder, self.dockerfile = QComboBox(editable=True), QComboBox(editable=True)
        self.choose_folder = QPushButton(self.tr("Choose &folder…"))
        self.choose_dockerfile = QPushButton(self.tr("C&hoose Dockerfile…"))
        hint = self.tr("Choose, paste or drop a folder")
        self.folder.setLineEdit(QLineEdit(placeholderText=hint))
        self.dockerfile.setLineEdit(QLineEdit(placeholderText="Dockerfile"))
        self.folder.addItems(list(folders))
        self.folder.setCurrentIndex(0 if folders else -1)
        self._place()
        self._connect()

    @property
    def path(self) -> Path | None:
        """The folder, or the Dockerfile that was given in its place; only what is absolute."""
        return path_of(self.folder.currentText())

    @property
    def named(self) -> str:
        """The Dockerfile as it was typed; empty for the usual one."""
        return self.dockerfile.currentText().strip()

    def show_path(self, path: Path) -> None:
        """Take a folder or a Dockerfile; which of them, a look will tell."""
        with QSignalBlocker(self.dockerfile):
            self.dockerfile.setCurrentText("")
        self.folder.setCurrentText(str(path))

    def show_seen(self, seen: PlaceSeen) -> None:
        """Show what the look has made of it."""
        folder, chosen = seen.place.folder, seen.place.dockerfile
        with QSignalBlocker(self.folder), QSignalBlocker(self.dockerfile):
            if self.path != folder:
                self.folder.setCurrentText(str(folder))
            typed = self.named
            self.dockerfile.clear()
            self.dockerfile.addItems([path.name for path in seen.others])
            self.dockerfile.setCurrentText(typed or _within(chosen, folder))

    def _place(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        rows = (
            (self.tr("Fol&der"), self.folder, self.choose_folder),
            (self.tr("Doc&kerfile"), self.dockerfile, self.choose_dockerfile),
        )
        for row, (label, box, button) in enumerate(rows):
            title = QLabel(label)
            title.setBuddy(box)
            box.setAccessibleName(label.replace("&", ""))
            box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            box.setMinimumContentsLength(SHORTEST)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setAutoDefault(False)
            for column, widget in enumerate((title, box, button)):
                grid.addWidget(widget, row, column)
        grid.setColumnStretch(1, 1)

    def _connect(self) -> None:
        self.folder.setToolTip(
            self.tr("What the Dockerfile copies from; a Dockerfile does as well")
        )
        self.dockerfile.setToolTip(self.tr("From the folder on, or anywhere else"))
        self.choose_folder.setToolTip(self.tr("Choose the folder to build from"))
        self.choose_dockerfile.setToolTip(self.tr("Choose the Dockerfile"))
        self.folder.editTextChanged.connect(self._forget_dockerfile)
        self.dockerfile.editTextChanged.connect(self.changed)
        self.choose_folder.clicked.connect(self._choose_folder)
        self.choose_dockerfile.clicked.connect(self._choose_dockerfile)

    def _forget_dockerfile(self) -> None:
        """Another folder has another one."""
        with QSignalBlocker(self.dockerfile):
            self.dockerfile.clear()
            self.dockerfile.setCurrentText("")
        self.changed.emit()

    def _choose_folder(self) -> None:
        title, start = self.tr("Folder to build from"), str(self.path or Path.home())
        if chosen := QFileDialog.getExistingDirectory(self, title, start):
            self.show_path(Path(chosen))

    def _choose_dockerfile(self) -> None:
        title, start = self.tr("Dockerfile"), str(self.path or Path.home())
        chosen, _filter = QFileDialog.getOpenFileName(self, title, start)
        if not chosen:
            return
        if self.path is None:
            self.show_path(Path(chosen))
        else:
            self.dockerfile.setCurrentText(_within(Path(chosen), self.path))


def path_of(text: str) -> Path | None:
    """An absolute path as it is typed, or as desktops paste it; `~` is the user's home."""
    first = text.strip().splitlines()[0].strip().strip("\"'") if text.strip() else ""
    if first.startswith("file://"):
        first = QUrl(first).toLocalFile()
    path = Path(first.replace("\0", ""))
    if path.parts[:1] == ("~",):
        path = Path.home().joinpath(*path.parts[1:])
    return path if path.is_absolute() else None


def _within(path: Path, folder: Path) -> str:
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)
