"""What actions work with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from layerhold.engine.api import Engine
from layerhold.jobs.job import Job
from layerhold.jobs.lane import Lane
from layerhold.jobs.runner import JobRunner
from layerhold.library import Library
from layerhold.planning.targets import Target
from layerhold.registry.credentials import Credentials
from layerhold.settings import Settings


class Notices(Protocol):
    """A line in the window that tells what happened, without asking for a click."""

    def inform(self, text: str, action: str = "", act: Callable[[], None] | None = None) -> None:
        """Say that something was done; `act` is offered as a button that says `action`."""

    def warn(
        self, text: str, hint: str = "", action: str = "", act: Callable[[], None] | None = None
    ) -> None:
        """Say what went wrong, and what to do next."""

    def offer(self, action: str, act: Callable[[], None]) -> None:
        """Offer something else with what was said last."""

    def confirm(self, text: str) -> None:
        """Say in passing that something small was done."""

    def dismiss(self) -> None:
        """Take back what is said now."""


def _nothing() -> None:
    """There is nobody to tell."""


def _do_not(_image_id: str) -> None:
    """There is no list."""


@dataclass
class Desk:
    """Made once in `application`; `engine` is the one shown now, and `None` while none answers."""

    library: Library
    runner: JobRunner
    window: QWidget
    notices: Notices
    refresh: Callable[[], None]
    """Look at the engine again soon; costs nothing when it is called often."""
    settings: Settings
    change_settings: Callable[[Settings], None]
    """Keep them, and let them take effect."""
    logins: Credentials
    transfers: Lane
    """Pulls and pushes, of which the user lets so many run at a time."""
    engine: Engine | None = None
    show_job: Callable[[Job], None] | None = None
    """Open the activity at a job and its details."""
    show_image: Callable[[str], None] | None = None
    """Go to the image of that ID in the list."""
    selected: Callable[[], tuple[Target, ...]] = tuple
    """What is selected in the list at this moment."""
    select_image: Callable[[str], object] = _do_not
    """Select the image of that ID, if the list shows it."""
    look_at_logins: Callable[[], None] = _nothing
    """Find out again who is logged in where."""
