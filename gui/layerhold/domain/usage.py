"""How much disk an engine uses."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DiskUsage:
    """Bytes truly on the engine's disk; `None` where it does not say."""

    images: int | None = None
    build_cache: int | None = None
    reclaimable_build_cache: int | None = None
    """Build cache that is neither in use nor shared with an image."""
