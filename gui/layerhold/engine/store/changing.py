"""Tags given and taken, images deleted: each is one new index, and then what is not needed goes."""

from collections.abc import Iterable, Iterator, Sequence

from layerhold.domain.cancel import Token
from layerhold.domain.errors import SeveralTags
from layerhold.domain.outcomes import Removed
from layerhold.domain.references import parse_tag_target
from layerhold.engine.store import images, index, sweeping
from layerhold.engine.store.catalogue import Catalogue, Stored
from layerhold.engine.store.images import find
from layerhold.engine.store.index import Entry


def tag(catalogue: Catalogue, image_id: str, reference: str) -> None:
    """Give an image a name, which it takes from whichever image has it."""
    wanted = parse_tag_target(reference)

    def change(entries: tuple[Entry, ...]) -> Sequence[Entry]:
        found = find(catalogue.of(entries), image_id)
        images.readable(found)
        if wanted.familiar in found.names:
            return entries
        return joined(catalogue, entries, [found.entries[0].renamed(wanted)])

    index.change(catalogue.layout, change)


def joined(
    catalogue: Catalogue, entries: Sequence[Entry], new: Sequence[Entry]
) -> tuple[Entry, ...]:
    """The entries with new ones, which take their names from others.

    An image that loses its last name stays without one, as it does with Docker.
    """
    taken = {each.reference for each in new if each.reference}
    kept = [each for each in entries if each.reference not in taken]
    here = {image.id for image in catalogue.of((*kept, *new))}
    lost = [image for image in catalogue.of(entries) if image.id not in here]
    after = [*kept, *(image.entries[0].renamed(None) for image in lost), *new]
    return tuple(_without_idle(after))


def _without_idle(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Leave out what says of a digest only that it is there, where another entry says so too."""
    named = {each.digest for each in entries if each.reference}
    told: set[str] = set()
    for each in entries:
        if each.reference is None and each.digest and (each.digest in named or each.digest in told):
            continue
        told.add(each.digest)
        yield each


def remove(
    catalogue: Catalogue, target: str, *, force: bool, token: Token | None = None
) -> Removed:
    """Untag the reference, or delete the ID; the last name takes the image along."""
    layout = catalogue.layout
    found = Stored("", ())
    going: tuple[Entry, ...] = ()

    def change(entries: tuple[Entry, ...]) -> Sequence[Entry]:
        nonlocal found, going
        found = find(catalogue.of(entries), target)
        going = _going(found, target, force=force)
        return [each for each in entries if each not in going]

    with index.alone(layout, token):
        after = index.changed_under_lock(layout, change)
        sweeping.sweep(catalogue, after, sweeping.reach(catalogue, going))
    is_deleted = all(each.id != found.id for each in catalogue.of(after))
    names = dict.fromkeys(each.name for each in going if each.name)
    return Removed(tuple(names), (found.id,) if is_deleted else ())


def _going(found: Stored, target: str, *, force: bool) -> tuple[Entry, ...]:
    """The lines of the index that go; those of one name, or the image's all."""
    name = images.familiar(target)
    if name in found.names:
        going = tuple(each for each in found.entries if each.name == name)
        rest = [each for each in found.entries if each.name and each.name != name]
        return going if rest else found.entries
    if len(_repositories(found.entries)) > 1 and not force:
        raise SeveralTags(target, f"{len(found.names)} tags")
    return found.entries


def _repositories(entries: Iterable[Entry]) -> set[str]:
    return {each.reference.repository for each in entries if each.reference}
