"""What is to be loaded from an archive, and who is to read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from layerhold.archives.compression import Compression
from layerhold.archives.contents import (
    ArchivedImage,
    Contents,
    Form,
    ProblemKind,
)
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault

Choice = Mapping[str, Sequence[str]]
"""The tags that each image is to get, by the image's key; images that are not named stay away."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """What an engine can read."""

    reads_oci: bool = False
    """OCI layouts with any number of images (the containerd store)."""
    layers: frozenset[Compression] = frozenset((Compression.NONE, Compression.GZIP))
    """How layers may be packed."""


def everything(contents: Contents) -> dict[str, tuple[str, ...]]:
    """The choice of every image that can be loaded, with its own tags."""
    return {image.key: image.tags for image in contents.images if image.is_usable}


def chosen(contents: Contents, choice: Choice) -> list[ArchivedImage]:
    """The images to load; raises `ArchiveFailure` where one of them cannot be."""
    images = [image for image in contents.images if image.key in choice]
    if len(images) != len(choice):
        raise ValueError("a key is not in this archive")
    for image in images:
        refuse_unusable(contents, image)
    return images


def refuse_unusable(contents: Contents, image: ArchivedImage) -> None:
    """Raise `ArchiveFailure` for the first problem that keeps the image from being loaded."""
    for problem in image.problems:
        if not problem.is_harmless:
            detail = f"{problem.kind.value}: {problem.subject} {problem.detail}".strip(": ")
            raise ArchiveFailure(str(contents.place.path), _fault(problem.kind), detail)


def can_pass(contents: Contents, choice: Choice, receiver: Receiver) -> bool:
    """Whether the archive can be sent as it is: it says just what was chosen, and can be read."""
    is_tidy = contents.is_ended and not contents.has_rest and not contents.is_ambiguous
    if contents.place.is_folder or not is_tidy:
        return False
    if contents.form is Form.OCI and not receiver.reads_oci:
        return False
    packed = {
        layer.part.compression for image in contents.images for layer in image.layers if layer.part
    }
    return packed <= receiver.layers and all(
        _is_unchanged(image, choice) for image in contents.images
    )


def _is_unchanged(image: ArchivedImage, choice: Choice) -> bool:
    if [problem.kind for problem in image.problems] == [ProblemKind.NOT_INCLUDED]:
        return image.key not in choice
    tags = choice.get(image.key)
    return not image.problems and tags is not None and set(tags) == set(image.tags)


def _fault(kind: ProblemKind) -> ArchiveFault:
    return {
        ProblemKind.MISSING_LAYER: ArchiveFault.MISSING_PART,
        ProblemKind.MISSING_DOCUMENT: ArchiveFault.MISSING_PART,
        ProblemKind.NOT_INCLUDED: ArchiveFault.MISSING_PART,
        ProblemKind.FOREIGN_LAYER: ArchiveFault.MISSING_PART,
        ProblemKind.WRONG_SIZE: ArchiveFault.WRONG_DIGEST,
        ProblemKind.WRONG_DIGEST: ArchiveFault.WRONG_DIGEST,
        ProblemKind.BAD_DOCUMENT: ArchiveFault.CORRUPT,
        ProblemKind.UNSAFE_NAME: ArchiveFault.HOSTILE,
    }.get(kind, ArchiveFault.UNUSABLE_IMAGE)
