"""Start a Podman that is installed and does not listen, and show it."""

import os
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from layerhold.actions.desk import Desk
from layerhold.actions.report import report
from layerhold.domain.errors import Failure
from layerhold.engine import podman
from layerhold.engine.about import About, Endpoint, Kind
from layerhold.jobs.asking import is_late
from layerhold.jobs.podman_service import PodmanService


class PodmanStarter(QObject):
    """Keeps the command `Start Podman` true to what there is to start."""

    def __init__(
        self, desk: Desk, command: QAction, show: Callable[[Endpoint], None], parent: QObject
    ) -> None:
        """`show` switches to an engine."""
        super().__init__(parent)
        self._desk, self._command = desk, command
        self._words = command.text()
        self._program = podman.program(os.environ)
        self._service = PodmanService(self)
        self._service.came_up.connect(show)
        self._service.came_up.connect(self._follow)
        self._service.failed.connect(self._tell)
        command.triggered.connect(self.start)
        self.offer(())

    def offer(self, answers: Iterable[tuple[Endpoint, About | Failure]]) -> None:
        """Offer it while Podman is installed and none answers."""
        there = self._service.is_running or any(map(_is_podman, answers))
        self._command.setVisible(bool(self._program) and not there)

    def start(self) -> None:
        """Have it listen; it is shown as soon as it does."""
        if not self._service.is_running:
            self._command.setText(self.tr("Starting Podman…"))
            self._command.setEnabled(False)
            self._service.start(self._program, podman.place(os.environ))

    def stop(self) -> None:
        """End what was started here."""
        self._service.stop()

    def _tell(self, failure: Failure) -> None:
        self._follow()
        report(self._desk, failure)

    def _follow(self) -> None:
        self._command.setText(self._words)
        self._command.setEnabled(True)
        self._command.setVisible(not self._service.is_running)


def _is_podman(answered: tuple[Endpoint, About | Failure]) -> bool:
    """One that takes long to say what it is counts as there, where Podman would listen."""
    place, answer = answered
    if isinstance(answer, About):
        return answer.kind is Kind.PODMAN
    return is_late(answer) and place.url == podman.place(os.environ).url
