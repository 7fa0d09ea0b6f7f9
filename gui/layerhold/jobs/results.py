"""What becomes of a job that does several things, of which some may fail."""

from abc import ABC, abstractmethod

from layerhold.domain.errors import EngineGone, OutcomeUnknown

UNKNOWN = (EngineGone, OutcomeUnknown)
"""After these nobody knows whether the engine did what it was asked."""


class PartialResult(ABC):
    """The result of a job that came to its end."""

    __slots__ = ()

    @property
    @abstractmethod
    def incomplete(self) -> bool:
        """Whether not everything went well."""

    @property
    @abstractmethod
    def nothing_done(self) -> bool:
        """Whether it is certain that the engine holds what it held before, and no more."""
