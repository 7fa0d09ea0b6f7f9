"""The tags that a repository has on the engine."""

from collections.abc import Iterable

from layerhold.domain.errors import InvalidReference
from layerhold.domain.references import Reference, parse
from layerhold.library import Library


def repositories(references: Iterable[str]) -> list[str]:
    """What `docker push --all-tags` would take; names that no registry can have are left out."""
    return [reference.repository for reference in map(_parsed, references) if reference]


def tags_of(library: Library, repository: str) -> tuple[str, ...]:
    """The whole references, sorted."""
    every = (tag for image in library.images.values() for tag in image.tags)
    return tuple(sorted(tag for tag in every if repository in repositories((tag,))))


def _parsed(reference: str) -> Reference | None:
    try:
        return parse(reference)
    except InvalidReference:
        return None
