"""What actions work with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from layerhold.engine.api import Engine
from layerhold.jobs.job import Job
from layerhold.jobs.runner import JobRunner
from layerhold.library import Library


class Notices(Protocol):
    """A line in the window that tells what happened, without asking for a click."""

    def inform(self, text: str, action: str = "", act: Callable[[], None] | None = None) -> None:
        """Say that something was done; `act` is offered as a button that says `action`."""

    def warn(
        self, text: str, hint: str = "", action: str = "", act: Callable[[], None] | None = None
    ) -> None:
        """Say what went wrong, and what to do next."""

    def dismiss(self) -> None:
        """Take back what is said now."""


@dataclass
class Desk:
    """Made once in `application`; `engine` is the one shown now, and `None` while none answers."""

    library: Library
    runner: JobRunner
    window: QWidget
    notices: Notices
    refresh: Callable[[], None]
    """Look at the engine again soon; costs nothing when it is called often."""
    engine: Engine | None = None
    show_job: Callable[[Job], None] | None = None
    """Open the activity at a job and its details."""
