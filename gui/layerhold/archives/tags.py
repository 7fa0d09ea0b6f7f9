"""Which image of an archive gets which tag, and which tags no image can get."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from layerhold.archives.contents import ArchivedImage, Problem, ProblemKind
from layerhold.domain.errors import InvalidReference
from layerhold.domain.references import parse_tag_target


def joined(images: Iterable[ArchivedImage]) -> list[ArchivedImage]:
    """Images that are listed once for each tag, as one image with all of them."""
    found: dict[str, ArchivedImage] = {}
    for image in images:
        known = found.get(image.key)
        if known and known.layers == image.layers:
            image = replace(known, tags=known.tags + image.tags)
        elif known:
            image = replace(image, key=f"{image.key} {len(found)}")
        found[image.key] = image
    return list(found.values())


def merged(
    laid_out: list[ArchivedImage], listed: list[ArchivedImage]
) -> tuple[list[ArchivedImage], bool]:
    """The images of the index with the tags of `manifest.json`, and whether the two disagree."""
    entries = {image.id: image for image in listed if image.id}
    images = [_with_tags_of(image, entries.get(image.id)) for image in laid_out]
    known = {image.id for image in laid_out}
    others = [image for image in listed if image.id not in known]
    pairs = [(image, entries[image.id]) for image in images if image.id in entries]
    return images + others, bool(others) or any(_disagree(*pair) for pair in pairs)


def settled(images: list[ArchivedImage]) -> tuple[list[ArchivedImage], bool]:
    """Each tag at the last image that bears it, as engines do; whether that changed any."""
    named = [list(_named(image)) for image in images]
    holders = {
        full: image for image, names in zip(images, named, strict=True) for full, _ in names if full
    }
    done = [_settle(image, names, holders) for image, names in zip(images, named, strict=True)]
    return done, any(map(_is_contested, images, done))


def _is_contested(before: ArchivedImage, after: ArchivedImage) -> bool:
    """Whether it has lost a tag to another image, or got one that its archive only implies."""
    has_lost = any(problem.kind is ProblemKind.DUPLICATE_TAG for problem in after.problems)
    return has_lost or not set(after.tags) <= set(before.tags)


def _named(image: ArchivedImage) -> Iterator[tuple[str, str]]:
    """Each tag in full, or nothing where it is no reference, and as it is written.

    Where it lacks the tag itself, engines refuse it in an archive.
    """
    for tag in image.tags:
        try:
            reference = parse_tag_target(tag)
            ending = f":{reference.tag}"
            yield reference.full, tag if tag.endswith(ending) else tag + ending
        except InvalidReference:
            yield "", tag


def _settle(
    image: ArchivedImage, names: list[tuple[str, str]], holders: dict[str, ArchivedImage]
) -> ArchivedImage:
    tags: dict[str, str] = {}
    problems = []
    for full, tag in names:
        if not full:
            problems.append(Problem(ProblemKind.INVALID_REFERENCE, tag))
        elif holders[full] is image or _share_an_index(holders[full], image):
            tags.setdefault(full, tag)
        else:
            problems.append(Problem(ProblemKind.DUPLICATE_TAG, tag))
    if not problems and tuple(tags.values()) == image.tags:
        return image
    return replace(image, tags=tuple(tags.values()), problems=(*image.problems, *problems))


def _share_an_index(one: ArchivedImage, other: ArchivedImage) -> bool:
    """Platforms of one image bear the same tags."""
    if one.manifest is None or other.manifest is None:
        return False
    return bool(one.manifest.index) and one.manifest.index == other.manifest.index


def _with_tags_of(image: ArchivedImage, entry: ArchivedImage | None) -> ArchivedImage:
    """Written as Docker writes them, where both have them."""
    return replace(image, tags=entry.tags + image.tags) if entry else image


def _disagree(image: ArchivedImage, entry: ArchivedImage) -> bool:
    parts = [layer.part for layer in image.layers]
    return parts != [layer.part for layer in entry.layers]
