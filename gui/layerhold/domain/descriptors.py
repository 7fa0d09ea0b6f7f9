"""What a manifest says of its parts, and an index of its manifests (OCI image spec, descriptor)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

ATTESTATION = "vnd.docker.reference.type"
"""The annotation of entries that say something of another one, and are no image."""
FOREIGN = ("foreign", "nondistributable")


@dataclass(frozen=True, slots=True)
class Descriptor:
    """A blob or a document by its digest."""

    media_type: str
    digest: str
    size: int
    """Bytes."""
    platform: str = ""
    """`os/architecture[/variant]`; empty for what is no image, and where nobody says it."""
    urls: tuple[str, ...] = ()
    """Where it can be had too."""
    annotations: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_foreign(self) -> bool:
        """Whether it is not for the registry to keep, but for whoever is named in the URLs."""
        return bool(self.urls) and any(word in self.media_type for word in FOREIGN)

    @property
    def is_attestation(self) -> bool:
        return ATTESTATION in self.annotations
