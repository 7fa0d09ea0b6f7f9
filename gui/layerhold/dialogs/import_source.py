"""Which root file system to import: a path, and what a look at it has shown."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from layerhold.archives.file_systems import FileSystem
from layerhold.colours import colours
from layerhold.dialogs.sentences import note, sentence
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.progress import Progress
from layerhold.formatting import size
from layerhold.jobs.importing import look_at
from layerhold.jobs.job import Job
from layerhold.jobs.runner import JobRunner
from layerhold.wording import explain, progress
from layerhold.wording.quoting import name

TYPING_MILLISECONDS = 150
NO_TAR = (ArchiveFault.NOT_AN_ARCHIVE, ArchiveFault.EMPTY, ArchiveFault.FOLDER)


class ImportSource(QWidget):
    """Files are looked at in the background, so that no disk can hold up the window."""

    changed = Signal()

    def __init__(
        self, runner: JobRunner, path: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._job: Job | None = None
        self.system: FileSystem | None = None
        """What is at the path; `None` while nobody knows, or where nothing can be imported."""
        self.edit = QLineEdit(str(path or ""))
        self.browse = QPushButton(self.tr("&Browse…"))
        self.found, self.problem = note(), sentence()
        self._pause = QTimer(self, singleShot=True, interval=TYPING_MILLISECONDS)
        self._place()
        self._connect()
        self._follow()

    @property
    def looking(self) -> bool:
        """Whether more will soon be known."""
        return self._job is not None or self._pause.isActive()

    def stop(self) -> None:
        """Look at nothing any more."""
        job, self._job = self._job, None
        self._pause.stop()
        if job:
            job.cancel()

    def _place(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.edit, stretch=1)
        row.addWidget(self.browse)
        title = QLabel(self.tr("&File"))
        title.setBuddy(self.edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(title)
        column.addLayout(row)
        column.addWidget(self.found)
        column.addWidget(self.problem)
        self.setFocusProxy(self.edit)

    def _connect(self) -> None:
        self.edit.setAccessibleName(self.tr("File"))
        self.edit.setToolTip(self.tr("A tar archive of a root file system, compressed or not"))
        self.browse.setToolTip(self.tr("Choose the file"))
        self.browse.setAutoDefault(False)
        self.edit.textChanged.connect(self._follow)
        self.browse.clicked.connect(self._browse)
        self._pause.timeout.connect(self._ask)

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("File system to import"))
        if chosen:
            self.edit.setText(chosen)

    def _follow(self) -> None:
        self.stop()
        self.system = None
        self._say()
        if self.edit.text().strip():
            self._pause.start()
        self.changed.emit()

    def _ask(self) -> None:
        path = _path(self.edit.text().strip())
        self._job = job = self._runner.start("Look into a file", partial(look_at, path), quiet=True)
        job.progressed.connect(lambda snapshot: self._show_progress(job, snapshot))
        job.succeeded.connect(lambda system: self._take(job, system))
        job.failed.connect(lambda error: self._show_failure(job, error))

    def _show_progress(self, job: Job, snapshot: Progress) -> None:
        if job is self._job:
            looking = self.tr("Looking into it · {progress}")
            self._say(looking.replace("{progress}", progress.progress(snapshot)))

    def _take(self, job: Job, system: FileSystem) -> None:
        if job is self._job:
            self._job, self.system = None, system
            self._say(self._what(system), self._doubt(system), colours().care)
            self.changed.emit()

    def _what(self, system: FileSystem) -> str:
        packed = system.place.compression.value
        text = self.tr("A root file system, {size}") if system.is_certain else "{size}"
        whole = f"{text}, {packed}" if packed else text
        return whole.replace("{size}", size(system.size))

    def _doubt(self, system: FileSystem) -> str:
        if system.holds_images:
            return self.tr("This looks like an archive of images: load it rather than import it.")
        if not system.is_certain:
            return self.tr("It has none of the folders of an operating system.")
        return ""

    def _show_failure(self, job: Job, error: Exception) -> None:
        if job is not self._job:
            return
        self._job = None
        if isinstance(error, ArchiveFailure) and error.fault in NO_TAR:
            what = self.tr("{path} is no tar archive of files.").replace("{path}", name(error.path))
        else:
            said = explain(error)
            what = f"{said.what} {said.hint}".strip()
        self._say(problem=what, colour=colours().danger)
        self.changed.emit()

    def _say(self, found: str = "", problem: str = "", colour: str = "") -> None:
        for label, text in ((self.found, found), (self.problem, problem)):
            label.setText(text)
            label.setVisible(bool(text))
        self.problem.setStyleSheet(f"color: {colour}" if colour else "")


def _path(text: str) -> Path:
    """As it was typed, where `~` is the user's home."""
    path = Path(text.replace("\0", ""))
    return Path.home().joinpath(*path.parts[1:]) if path.parts[:1] == ("~",) else path.absolute()
