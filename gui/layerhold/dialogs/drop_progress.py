"""A small window while an archive is made for the program on which images were dropped."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from layerhold.dialogs.file_chip import FileChip
from layerhold.dialogs.sentences import note, sentence
from layerhold.domain.progress import Progress
from layerhold.jobs.job import Job
from layerhold.models.file_mime import file_mime
from layerhold.wording import progress as words
from layerhold.wording.quoting import name

WIDTH = 420
STEPS = 1000


class DropProgress(QDialog):
    """Does not take the keyboard from the other program, and goes when it has its file."""

    def __init__(
        self, parent: QWidget | None, path: Path, job: Job, show: Callable[[Path], None]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Save images"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._path, self._job, self._show = path, job, show
        self._is_late = False
        self.said, self.pace = sentence(self._say()), note()
        self.bar = QProgressBar(textVisible=False)
        self.cancel = QPushButton(self.tr("&Cancel"))
        self.folder, self.copier = QPushButton(), QPushButton()
        self._place()
        self._connect()
        self.setMinimumWidth(WIDTH)

    def tell_late(self) -> None:
        """The other program waits no longer; the archive is made all the same."""
        if not self._is_late:
            self._is_late = True
            self.said.setText(self._say())
            self.show()

    def done(self, result: int) -> None:
        """Make the archive no more, unless it is there."""
        self._job.cancel()
        super().done(result)
        self.deleteLater()

    def _say(self) -> str:
        text = self.tr("Saving {file} for the other program…")
        if self._is_late:
            text = self.tr(
                "The other program has not waited for {file}. You can drag it from here as soon as "
                "it is complete."
            )
        return text.replace("{file}", name(self._path.name))

    def _place(self) -> None:
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.setRange(0, 0)
        self.cancel.setToolTip(self.tr("Save nothing, and give the other program nothing"))
        self.folder.setText(self.tr("Show in &folder"))
        self.folder.setToolTip(self.tr("Open the folder that the archive is in for now"))
        self.copier.setText(self.tr("C&opy file"))
        self.copier.setToolTip(self.tr("Copy the archive, to paste it into a file manager"))
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addStretch()
        for button in (self.folder, self.copier, self.cancel):
            self._row.addWidget(button)
        self.folder.hide()
        self.copier.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.setSpacing(8)
        for part in (self.said, self.bar, self.pace):
            self._column.addWidget(part)
        self._column.addLayout(self._row)

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.reject)
        self.folder.clicked.connect(lambda: self._show(self._path))
        self.copier.clicked.connect(self._copy)
        self._job.progressed.connect(self._follow)
        self._job.settled.connect(self._end)

    def _follow(self, snapshot: Progress) -> None:
        self.pace.setText(words.progress(snapshot))
        if snapshot.share is not None:
            self.bar.setRange(0, STEPS)
            self.bar.setValue(round(STEPS * snapshot.share))

    def _end(self) -> None:
        if not self._is_late or self._job.error or self._job.result is None:
            self.accept()
            return
        self.said.setText(self.tr("The archive is complete. Drag it from here:"))
        self._column.insertWidget(1, FileChip(self._path))
        self.bar.hide()
        self.pace.setText(self.tr("It is kept until Layerhold is started the next time."))
        self.cancel.setText(self.tr("&Close"))
        self.cancel.setToolTip(self.tr("The archive can be dragged from Activity, too"))
        self.folder.show()
        self.copier.show()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setMimeData(file_mime([self._path]))
