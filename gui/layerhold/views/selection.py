"""What the selected rows amount to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from layerhold.engine.about import Kind
from layerhold.library import Library
from layerhold.planning.cascade import with_parents
from layerhold.planning.names import digests_of, sources_of
from layerhold.planning.sharing import Bytes, freed_by_deleting
from layerhold.planning.targets import OneTag, Target, WholeImage


@dataclass(frozen=True, slots=True)
class Selection:
    """Images and tags that are selected, and their weight."""

    targets: tuple[Target, ...] = ()
    images: int = 0
    listed: int = 0
    """Bytes as the engine lists the images."""
    freed: Bytes | None = None
    """What removing the selection would free; `None` while the layers are not known."""
    tag: OneTag | None = None
    """The one tag that is meant, if it is one."""
    has_digest: bool = False
    """Whether a registry has told a digest of one of them."""
    can_be_pulled: bool = False
    """Whether one of them has a name by which a registry may have it."""

    @property
    def image_id(self) -> str:
        """The one image that is selected, or nothing."""
        image_ids = {target.image_id for target in self.targets}
        return image_ids.pop() if len(image_ids) == 1 else ""


def weigh(library: Library, targets: tuple[Target, ...]) -> Selection:
    """Count each image once, and the layers that would go with it."""
    image_ids = {target.image_id for target in targets if target.image_id in library.images}
    going = gone_with(library, targets)
    held = library.world.users.keys() & going
    known = going <= library.anatomies.keys()
    # A parent has no layer that its children lack, so that one not looked at yet does not matter.
    gone = with_parents(library.world, going) & library.anatomies.keys()
    return Selection(
        targets,
        len(image_ids),
        sum(library.images[image_id].size for image_id in image_ids),
        freed_by_deleting(gone, library.anatomies, held) if known else None,
        only_tag(library, targets),
        has_digest=any(digests_of(library.images, targets)),
        can_be_pulled=any(sources_of(library.images, targets, podman=_is_podman(library))),
    )


def gone_with(library: Library, targets: Iterable[Target]) -> set[str]:
    """The images of which no tag would be left."""
    gone: set[str] = set()
    tags: defaultdict[str, set[str]] = defaultdict(set)
    for target in targets:
        if isinstance(target, WholeImage):
            gone.add(target.image_id)
        else:
            tags[target.image_id].add(target.tag)
    for image_id, selected in tags.items():
        image = library.images.get(image_id)
        if image and selected >= set(image.tags):
            gone.add(image_id)
    return gone & library.images.keys()


def only_tag(library: Library, targets: tuple[Target, ...]) -> OneTag | None:
    """The tag to untag, if the selection means exactly one."""
    if len(targets) != 1:
        return None
    (target,) = targets
    if isinstance(target, OneTag):
        return target
    image = library.images.get(target.image_id)
    return OneTag(image.id, image.tags[0]) if image and len(image.tags) == 1 else None


def _is_podman(library: Library) -> bool:
    about = library.connection.about
    return about is not None and about.kind is Kind.PODMAN
