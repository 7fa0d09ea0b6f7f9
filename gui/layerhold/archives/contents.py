"""What is in an archive: images, their layers, where their bytes are, and what is wrong."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from layerhold.archives.compression import Compression
from layerhold.archives.files import Stamp


class Form(Enum):
    """How the images are laid out, which decides who can read them."""

    DOCKER = "docker archive"
    DOCKER_AND_OCI = "docker archive and OCI layout"
    """What Docker writes since version 25."""
    OCI = "OCI layout"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an archive is, and how its bytes are had."""

    path: Path
    stamp: Stamp
    compression: Compression = Compression.NONE
    is_folder: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A file in an archive."""

    name: str
    size: int
    """Bytes as they are stored."""
    compression: Compression
    """Of the part itself, such as a layer of an OCI layout."""
    offset: int = 0
    """Of the first byte in the tar; nothing in a folder."""


class ProblemKind(Enum):
    """What is wrong with one image of an archive."""

    MISSING_LAYER = "missing layer"
    FOREIGN_LAYER = "foreign layer"
    """A layer that is to be had elsewhere only, as with some images of Windows."""
    ENCRYPTED_LAYER = "encrypted layer"
    LAYERS_DIFFER = "layers differ"
    """The configuration tells of other layers than there are."""
    TOO_MANY_LAYERS = "too many layers"
    MISSING_DOCUMENT = "missing document"
    """The configuration or manifest is not there."""
    BAD_DOCUMENT = "bad document"
    """A configuration or manifest that cannot be read."""
    WRONG_SIZE = "wrong size"
    WRONG_DIGEST = "wrong digest"
    UNSAFE_NAME = "unsafe name"
    """A name that leads out of the archive, or a digest that is none."""
    NOT_AN_IMAGE = "not an image"
    """Something else that is kept like one, such as a chart or a signature."""
    NOT_INCLUDED = "not included"
    """A platform that the index names, and that was left out when it was saved."""

    INVALID_REFERENCE = "invalid reference"
    """A tag that no engine takes; the image can be loaded without it."""
    DUPLICATE_TAG = "duplicate tag"
    """A tag that a later image of the archive has too, and gets."""
    NO_NAME = "no name"
    """A tag without a repository, as OCI layouts allow."""


HARMLESS = frozenset(
    (ProblemKind.INVALID_REFERENCE, ProblemKind.DUPLICATE_TAG, ProblemKind.NO_NAME)
)
"""What concerns names only."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with an image."""

    kind: ProblemKind
    subject: str = ""
    """The digest, name or tag it is about."""
    detail: str = ""

    @property
    def is_harmless(self) -> bool:
        """Whether the image can be loaded all the same."""
        return self.kind in HARMLESS


@dataclass(frozen=True, slots=True)
class ArchivedLayer:
    """A layer of an image in an archive; images that share it share this object."""

    diff_id: str
    """The digest of its uncompressed tar, or empty where the configuration does not tell."""
    part: Part | None
    """`None` where it is missing."""
    digest: str = ""
    """Of the bytes as they are stored; empty where the archive does not tell."""
    media_type: str = ""

    @property
    def size(self) -> int:
        """Bytes as they are stored."""
        return self.part.size if self.part else 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """A document of an OCI layout as its index knows it."""

    digest: str
    part: Part | None
    """`None` where it is missing."""
    media_type: str
    index: str = ""
    """The digest of the index that lists it among its platforms, or empty."""


@dataclass(frozen=True, slots=True)
class ArchivedImage:
    """An image for one platform."""

    key: str
    """Names it in this archive; nothing more."""
    id: str
    """The digest of its configuration, by which engines with graph drivers know it."""
    tags: tuple[str, ...] = ()
    """References as they are written, each a valid one; of a duplicate, the last image has it."""
    platform: str = ""
    """`os/architecture[/variant]`."""
    created: int = 0
    """Unix seconds, 0 where it is not known."""
    config: Part | None = None
    layers: tuple[ArchivedLayer, ...] = ()
    """Lowest first."""
    parent: str = ""
    """The ID of the image it was built from, where a classic build recorded that."""
    manifest: Manifest | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def is_usable(self) -> bool:
        """Whether an engine could load it."""
        return all(problem.is_harmless for problem in self.problems)

    @property
    def size(self) -> int:
        """Bytes of its layers and configuration as they are stored, each counted once."""
        parts = {layer.part for layer in self.layers} | {self.config}
        return sum(part.size for part in parts if part)


@dataclass(frozen=True, slots=True)
class Index:
    """A list of platforms in an OCI layout."""

    manifest: Manifest
    parts: tuple[Part, ...]
    """The list itself, and the attestations in it with what they consist of."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that an archive says about itself."""

    place: Place
    form: Form
    images: tuple[ArchivedImage, ...]
    plain_size: int
    """Bytes of the tar when it is not compressed; of a folder, those that its images need."""
    indexes: tuple[Index, ...] = ()
    is_ended: bool = True
    """Whether the tar is ended as a tar should be."""
    has_rest: bool = False
    """Whether something follows the end."""
    is_ambiguous: bool = False
    """Whether two programs could read different things out of it, so that it must be rewritten."""
