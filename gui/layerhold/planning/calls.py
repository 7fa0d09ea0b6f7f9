"""The calls to an engine that a plan consists of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StopContainer:
    """Stop a running container."""

    container_id: str


@dataclass(frozen=True, slots=True)
class RemoveContainer:
    """Remove a stopped container; one that is gone already is as good as removed."""

    container_id: str


@dataclass(frozen=True, slots=True)
class RemoveImage:
    """Untag the reference, or delete the ID, in `target`."""

    target: str
    force: bool = False
    unless_gone: bool = False
    """It may be gone through the calls before, which is as good as removed."""


Call = StopContainer | RemoveContainer | RemoveImage
