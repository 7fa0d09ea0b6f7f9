"""Where the embedded store is, and how much it holds."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from layerhold.dialogs.sentences import note
from layerhold.formatting import size
from layerhold.jobs.job import Job
from layerhold.jobs.store_place import StoreContents
from layerhold.wording import explain
from layerhold.wording.counting import images

TYPING_MILLISECONDS = 150

Look = Callable[[Path], Job]
"""Looks in the background into a folder, for its `StoreContents`."""


class StorePlace(QWidget):
    """Another folder is pointed to; nothing is moved there."""

    changed = Signal()

    def __init__(self, folder: Path, usual: Path, look: Look) -> None:
        super().__init__()
        self._before, self._usual, self._look = folder, usual, look
        self._job: Job | None = None
        self.is_fit = True
        """Whether the folder is known to be a store, or to be able to become one."""
        self.edit, self.browse = QLineEdit(str(folder)), QPushButton(self.tr("&Browse…"))
        self.said = note()
        self._pause = QTimer(self, singleShot=True, interval=TYPING_MILLISECONDS)
        self._place()
        self._connect()
        self._ask()

    @property
    def folder(self) -> Path:
        """The one that is chosen now; the usual one where nothing is."""
        text = self.edit.text().strip()
        return Path(text).expanduser().absolute() if text else self._usual

    @property
    def is_looking(self) -> bool:
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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.said)
        self.setFocusProxy(self.edit)

    def _connect(self) -> None:
        self.edit.setAccessibleName(self.tr("Folder of the embedded store"))
        self.edit.setPlaceholderText(str(self._usual))
        self.edit.setToolTip(self.tr("An OCI layout, made when the first image comes in"))
        self.browse.setToolTip(self.tr("Choose the folder"))
        self.browse.setAutoDefault(False)
        self.edit.textChanged.connect(self._follow)
        self.browse.clicked.connect(self._browse)
        self._pause.timeout.connect(self._ask)

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Folder of the embedded store"), str(self.folder)
        )
        if chosen:
            self.edit.setText(chosen)

    def _follow(self) -> None:
        self.stop()
        self.is_fit = False
        self._pause.start()
        self.changed.emit()

    def _ask(self) -> None:
        self._job = job = self._look(self.folder)
        job.succeeded.connect(lambda found: self._show(job, found))
        job.failed.connect(lambda error: self._show_failure(job, error))

    def _show(self, job: Job, found: StoreContents) -> None:
        if job is not self._job:
            return
        self._job, self.is_fit = None, True
        held = self.tr("Holds {images}, {size} on disk.")
        held = held.replace("{images}", images(found.images)).replace("{size}", size(found.amount))
        stays = self.tr("Images in the folder before stay there; none is moved.")
        self.said.setText(held if self.folder == self._before else f"{held} {stays}")
        self.changed.emit()

    def _show_failure(self, job: Job, error: Exception) -> None:
        if job is self._job:
            self._job = None
            said = explain(error)
            self.said.setText(f"{said.what} {said.hint}")
            self.changed.emit()
