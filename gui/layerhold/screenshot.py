"""Take a picture of the real window, for who has no display, and for the documentation."""

import logging
import sys
from collections.abc import Callable
from keyword import iskeyword
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QMessageLogContext,
    QObject,
    QPoint,
    QRect,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog

from layerhold.application import Application
from layerhold.command_line import Options
from layerhold.formatting import size
from layerhold.library import Phase
from layerhold.views.titles import engine

log = logging.getLogger(__name__)

PATIENCE_MS = 60_000
SETTLE_MS = 250
"""Time to paint what has just arrived."""

FIGURES_MS = 100
DIMMED = QColor(0, 0, 0, 90)
"""Laid over the window behind a dialog."""


class Photographer(QObject):
    """Waits for the rows, selects, opens what was asked for, saves the picture and quits."""

    def __init__(self, running: Application, options: Options, target: Path) -> None:
        super().__init__(running)
        self._running, self._options, self._target = running, options, target
        self._taken = self._failed = False
        qInstallMessageHandler(_note)
        running.follower.listed.connect(self._arrange)
        running.library.connection_changed.connect(self._look_for_an_end)
        QTimer.singleShot(PATIENCE_MS, self, self._lose_patience)

    def _lose_patience(self) -> None:
        if not self._taken:
            self._fail("Not everything was there after a minute.")
            self._take()

    def _fail(self, why: str) -> None:
        self._failed = True
        sys.stderr.write(f"{why}\n")

    def _look_for_an_end(self) -> None:
        if self._running.library.connection.phase is Phase.NONE:
            self._soon(self._finish_without_engine)

    def _finish_without_engine(self) -> None:
        self._open(self._options.dialog) if self._options.dialog else self._take()

    def _arrange(self) -> None:
        self._running.follower.listed.disconnect(self._arrange)
        window, options = self._running.window, self._options
        self._running.describer.described.connect(lambda _: self._soon(self._finish))
        self._running.describer.failed.connect(lambda *_: self._soon(self._finish))
        selected = bool(options.select) and window.images.select(options.select)
        if options.select and not selected:
            self._fail(f"No image is called {options.select}.")
        if options.tab:
            window.details.open_tab(options.tab)
        if not selected:
            self._soon(self._finish)

    def _finish(self) -> None:
        if self._options.wait == "all" and not self._complete():
            QTimer.singleShot(FIGURES_MS, self, self._finish)
        elif self._options.dialog:
            self._open(self._options.dialog)
        else:
            self._take()

    def _complete(self) -> bool:
        library = self._running.library
        listed = {image.id for image in library.images.values() if not image.intermediate}
        return self._running.follower.usage_is_read and listed <= library.figures.keys()

    def _open(self, name: str) -> None:
        # A word of the language takes an underscore where it names an attribute.
        commands = self._running.window.commands
        command = getattr(commands, f"{name}_" if iskeyword(name) else name)
        if command.isEnabled():
            self._running.app.installEventFilter(self)
            self._running.load_files() if command is commands.load else command.trigger()
            return
        none = self._running.library.connection.phase is Phase.NONE
        why = "no engine answers" if none else "an image has to be selected for it (--select)"
        why = command.statusTip() or why
        self._fail(f"The dialog {name} cannot be shown: {why}.")
        self._take()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QDialog):
            self._soon(lambda: self._take_settled(watched))
        return False

    def _take_settled(self, dialog: QDialog) -> None:
        """Only when everything is there that a dialog still looks for."""
        if getattr(dialog, "is_settled", True):
            self._soon(lambda: self._take(dialog))
        else:
            self._soon(lambda: self._take_settled(dialog))

    def _take(self, dialog: QDialog | None = None) -> None:
        if self._taken:
            return
        self._taken = True
        picture = self._running.window.grab()
        if dialog is not None:
            _lay_over(picture, dialog)
            dialog.reject()
        saved = picture.save(str(self._target))
        self._tell(saved)
        QApplication.exit(0 if saved and not self._failed else 1)

    def _tell(self, saved: bool) -> None:
        library = self._running.library
        connection = library.connection
        if connection.endpoint and connection.about:
            sys.stdout.write(f"Engine: {engine(connection.about)} at {connection.endpoint.url}\n")
            sys.stdout.write(
                f"Images: {sum(not it.intermediate for it in library.images.values())}\n"
            )
            if library.usage.images is not None:
                sys.stdout.write(f"On disk: {size(library.usage.images)}\n")
        else:
            sys.stdout.write("Engine: none answered\n")
        what = "Picture" if saved else "The picture could not be written to"
        sys.stdout.write(f"{what}: {self._target}\n")

    def _soon(self, act: Callable[[], None]) -> None:
        QTimer.singleShot(SETTLE_MS, self, act)


def _note(_kind: QtMsgType, _context: QMessageLogContext, said: str) -> None:
    """What Qt misses where nothing is shown is no news to who wants a picture."""
    log.info("Qt says: %s", said)


def _lay_over(picture: QPixmap, dialog: QDialog) -> None:
    front = dialog.grab()
    ratio = picture.devicePixelRatio()
    room = picture.size() / ratio - front.size() / front.devicePixelRatio()
    corner = QPoint(max(0, room.width() // 2), max(0, room.height() // 3))
    painter = QPainter(picture)
    painter.fillRect(QRect(QPoint(), picture.size()), DIMMED)
    painter.drawPixmap(corner, front)
    painter.drawRect(QRect(corner, front.size() / front.devicePixelRatio()))
    painter.end()
