"""An image as an engine lists it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

NO_LABELS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Image:
    """One image of one engine; an image without tags is dangling."""

    id: str
    """With its algorithm, `sha256:…`; what it is the digest of differs by image store."""
    tags: tuple[str, ...] = ()
    """References as the engine prints them, each once, never `<none>:<none>`."""
    digests: tuple[str, ...] = ()
    """`repository@sha256:…`, as known from a registry."""
    created: int = 0
    """Unix seconds."""
    size: int = 0
    """Bytes as the engine lists them, shared layers included."""
    parent: str = ""
    """The ID of the image that the classic builder built this one on, or empty."""
    labels: Mapping[str, str] = field(default_factory=lambda: NO_LABELS, hash=False)
    intermediate: bool = False
    """Untagged and the parent of another image; the engine hides it without `--all`."""

    @property
    def dangling(self) -> bool:
        """Untagged, and not merely a step on the way to another image."""
        return not self.tags and not self.intermediate
