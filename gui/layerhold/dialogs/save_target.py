"""Where files are to be saved: name and folder, what is there already, and how much is free."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from layerhold.archives.compression import Compression
from layerhold.colours import colours
from layerhold.dialogs.sentences import note, sentence
from layerhold.formatting import size
from layerhold.jobs.job import Job
from layerhold.jobs.save_place import SavePlace
from layerhold.planning.saving import with_suffix
from layerhold.wording import explain
from layerhold.wording.counting import listed
from layerhold.wording.quoting import tooltip

TYPING_MILLISECONDS = 150
LONGEST_NAME = 255
"""Bytes that a file's name may have on the file systems of Linux."""

Look = Callable[[Sequence[Path]], Job]
"""Looks in the background at files to be, for a `SavePlace`."""


class SaveTarget(QWidget):
    """Knows of each place only what a job has found out, so that no disk can hold up the window."""

    changed = Signal()

    def __init__(self, folder: Path, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._job: Job | None = None
        self._names: tuple[str, ...] = ()
        self._is_own = False
        """Whether the user chose the name, which then only follows the compression."""
        self._found: tuple[tuple[Path, ...], SavePlace | None] = ((), None)
        self.name, self.folder = QLineEdit(), QLineEdit(str(folder))
        self.browse = QPushButton(self.tr("&Browse…"))
        self.files, self.room, self.said = note(), note(), sentence()
        self.replace = QCheckBox()
        self._pause = QTimer(self, singleShot=True, interval=TYPING_MILLISECONDS)
        self._place()
        self._connect()

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files to be; none while the name or the folder is none."""
        folder = _folder(self.folder.text().strip())
        names = self._names if len(self._names) > 1 else (self.name.text().strip(),)
        fit = folder.is_absolute() and all(map(_is_fit, names))
        return tuple(folder / each for each in names) if fit else ()

    @property
    def place(self) -> SavePlace | None:
        """What is there; `None` as long as nobody knows, or nothing can be written."""
        paths, place = self._found
        return place if paths == self.paths else None

    @property
    def is_ready(self) -> bool:
        """Whether it is clear where everything goes, and what is there may go."""
        return self.place is not None and (not self.place.taken or self.replace.isChecked())

    @property
    def replaces(self) -> bool:
        """Whether the user gives up what is there."""
        return self.place is not None and bool(self.place.taken) and self.replace.isChecked()

    def suggest(self, names: Sequence[str], compression: Compression) -> None:
        """Call the files so, unless the user has a name for the one file."""
        self._names = tuple(names)
        if self._is_own:
            self.name.setText(with_suffix(self.name.text(), compression))
        elif names:
            self.name.setText(names[0])
        several = len(names) > 1
        self.files.setText(listed(names))
        self.files.setToolTip(tooltip("\n".join(names)))
        self._form.setRowVisible(self.name, not several)
        self._form.setRowVisible(self.files, several)
        self._follow()

    def stop(self) -> None:
        """Look at nothing any more."""
        job, self._job = self._job, None
        self._pause.stop()
        if job:
            job.cancel()

    def _place(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.folder, stretch=1)
        row.addWidget(self.browse)
        self._form = QFormLayout()
        self._form.setSpacing(8)
        self._form.addRow(self.tr("File &name"), self.name)
        self._form.addRow(self.tr("Files"), self.files)
        title = QLabel(self.tr("Fol&der"))
        title.setBuddy(self.folder)
        self._form.addRow(title, row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._form)
        for widget in (self.room, self.said, self.replace):
            column.addWidget(widget)

    def _connect(self) -> None:
        self.name.setAccessibleName(self.tr("File name"))
        self.name.setToolTip(self.tr("What the archive is called"))
        self.folder.setAccessibleName(self.tr("Folder"))
        self.folder.setToolTip(self.tr("Where the archive is saved"))
        self.browse.setToolTip(self.tr("Choose the folder"))
        self.replace.setToolTip(self.tr("What is in the file now is lost"))
        self.name.textEdited.connect(self._own)
        self.folder.textChanged.connect(self._follow)
        self.browse.clicked.connect(self._browse)
        self.replace.toggled.connect(self.changed)
        self._pause.timeout.connect(self._ask)

    def _own(self) -> None:
        self._is_own = True
        self._follow()

    def _browse(self) -> None:
        title = self.tr("Folder to save to")
        if chosen := QFileDialog.getExistingDirectory(self, title, self.folder.text()):
            self.folder.setText(chosen)

    def _follow(self) -> None:
        if self.place is None:
            self.stop()
            self.replace.setChecked(False)
            self._say("", "")
            self._pause.start()
        self.changed.emit()

    def _ask(self) -> None:
        self.stop()
        paths = self.paths
        if not paths:
            self._say(self._unfit() if self.folder.text() and self.name.text() else "", "")
            return
        self._job = job = self._look(paths)
        job.succeeded.connect(lambda place: self._take(job, paths, place))
        job.failed.connect(lambda error: self._show_failure(job, error))

    def _unfit(self) -> str:
        """What is wrong with what was typed."""
        if len(os.fsencode(self.name.text().strip())) > LONGEST_NAME:
            return self.tr("The name is too long. No file can have more than 255 bytes of it.")
        return self.tr("Give a name without slashes, and a folder from the root on.")

    def _take(self, job: Job, paths: tuple[Path, ...], place: SavePlace) -> None:
        if job is self._job:
            self._job, self._found = None, (paths, place)
            self._show(place)

    def _show(self, place: SavePlace) -> None:
        there = sorted(path.name for path in place.taken)
        text = self.tr("%n files are there already: {names}.", None, len(there))
        if len(there) == 1:
            text = self.tr("{names} is there already.")
        self._say(text.replace("{names}", listed(there)) if there else "", self._free(place))
        self.replace.setText(
            self.tr("Re&place it") if len(there) == 1 else self.tr("Re&place them")
        )
        self.replace.setVisible(bool(there))
        self.changed.emit()

    def _free(self, place: SavePlace) -> str:
        return self.tr("{size} free in this folder").replace("{size}", size(place.free))

    def _show_failure(self, job: Job, error: Exception) -> None:
        if job is self._job:
            self._job = None
            said = explain(error)
            self._say(f"{said.what} {said.detail}".strip(), "")
            self.changed.emit()

    def _say(self, problem: str, free: str) -> None:
        self.room.setText(free)
        self.room.setVisible(bool(free))
        self.said.setText(problem)
        self.said.setVisible(bool(problem))
        self.said.setStyleSheet(f"color: {colours().care}")
        self.replace.hide()


def _folder(text: str) -> Path:
    """As it was typed, where `~` is the user's home."""
    path = Path(text.replace("\0", ""))
    return Path.home().joinpath(*path.parts[1:]) if path.parts[:1] == ("~",) else path


def _is_fit(name: str) -> bool:
    fits = 0 < len(os.fsencode(name)) <= LONGEST_NAME
    return fits and "/" not in name and "\0" not in name and name not in {".", ".."}
