"""What an image is made of: its history, its layers, and what they weigh."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LayerSize:
    """A layer as the engine stores it: on top of the layers below, hence the chain ID."""

    chain_id: str
    size: int
    """Bytes, unpacked."""


@dataclass(frozen=True, slots=True)
class Anatomy:
    """What the sizes of an image are made of. It never changes for one image ID."""

    platform: str
    """`os/architecture[/variant]`."""
    layers: tuple[LayerSize, ...]
    """Lowest first."""
    exact: bool = True
    """Whether every layer has its own line of history, so that its size is certain."""
    content: int = 0
    """Bytes that the containerd store keeps beside the unpacked layers; 0 elsewhere."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of `docker history`."""

    created_by: str
    created: int = 0
    """Unix seconds; 0 or negative where the engine does not know."""
    size: int = 0
    comment: str = ""
    image_id: str = ""
    """The intermediate image of that line, or empty where it is `<missing>`."""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A line of history with the layer that it made, if it made one."""

    entry: HistoryEntry
    diff_id: str = ""
    chain_id: str = ""
    exact: bool = True
    """Whether the pairing of line and layer is certain."""

    @property
    def made_layer(self) -> bool:
        return bool(self.diff_id)
