"""Images on their way between an engine and a registry: what is wished, and what came of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PullWish:
    """What to bring from a registry."""

    reference: str
    """As a person types it; of all tags, only the repository counts."""
    platform: str = ""
    """`os/architecture[/variant]`; empty for what the engine itself is."""
    all_tags: bool = False


@dataclass(frozen=True, slots=True)
class PulledImage:
    """What a reference stands for on the engine after a pull."""

    reference: str
    """As Docker prints it."""
    image_id: str
    digest: str = ""
    """What the registry calls it; empty where the engine does not say."""
    displaced: str = ""
    """The ID of the image that had the tag before."""
    was_current: bool = False
    """The engine had exactly this already."""
    platform: str = ""
    """What it really is for, which engines choose wrongly where there is no choice.

    Empty where the engine keeps several platforms under one name, or does not say.
    """


@dataclass(frozen=True, slots=True)
class Pulled:
    """What came of a pull."""

    images: tuple[PulledImage, ...]
    """One, or one for each tag."""
    new_layers: int = 0
    received: int = 0
    """Bytes, as far as the engine told of them; Podman is silent about layers that come fast."""
    warnings: tuple[str, ...] = ()
    """In the engine's own words."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What came of a push."""

    reference: str
    digest: str
    """What the registry calls it now."""
    new_layers: int | None = None
    """Layers that the registry did not have; `None` where the engine does not say."""
    sent: int | None = None
    """Bytes before compression, on engines that say how many."""
    one_platform_only: bool = False
    """Of an image for several platforms, the only one that the engine has."""


@dataclass(frozen=True, slots=True)
class RemoteImage:
    """What a registry has under a reference."""

    reference: str
    digest: str
    platforms: tuple[str, ...] = ()
    """`os/architecture[/variant]`."""
