"""What stands on an engine at one moment, as far as removing images goes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

from layerhold.domain.containers import Container
from layerhold.domain.errors import InvalidReference
from layerhold.domain.images import Image
from layerhold.domain.layers import Anatomy
from layerhold.domain.references import parse
from layerhold.engine.about import Caps
from layerhold.planning.sharing import images_on_layers

Users = Mapping[str, tuple[Container, ...]]
Children = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class World:
    """Images, intermediate ones included, and containers, stopped ones included."""

    images: Mapping[str, Image]
    containers: tuple[Container, ...] = ()
    anatomies: Mapping[str, Anatomy] = field(default_factory=dict)
    """By image ID; those not read yet may be missing, and make sums of bytes less sure."""
    caps: Caps = field(default_factory=Caps)

    @cached_property
    def users(self) -> Users:
        """By image ID, the containers that were made from the image or mount it."""
        return _users(self.containers, self.images)

    @cached_property
    def children(self) -> Children:
        """By parent, the IDs of its children; may name images that are gone meanwhile."""
        found = defaultdict(list)
        for image in self.images.values():
            if image.parent:
                found[image.parent].append(image.id)
        return {parent: tuple(children) for parent, children in found.items()}

    @cached_property
    def holders(self) -> Mapping[str, int]:
        """By chain ID, how many images and containers hold the layer.

        A container holds the layers of its image even when the image itself is deleted.
        """
        made_from = (container.image_id for container in self.containers)
        known = self.anatomies
        return images_on_layers(
            [known[image_id] for image_id in chain(self.images, made_from) if image_id in known]
        )

    def with_containers(self, containers: Iterable[Container]) -> "World":
        """The same images under these containers."""
        changed = replace(self, containers=tuple(containers))
        changed.__dict__["children"] = self.children
        return changed

    def with_anatomies(self, anatomies: Mapping[str, Anatomy]) -> "World":
        """The same images and containers, of which more or less has been read."""
        changed = replace(self, anatomies=anatomies)
        found = self.__dict__.copy()
        changed.__dict__.update((it, found[it]) for it in ("users", "children") if it in found)
        return changed


def _users(containers: Iterable[Container], images: Mapping[str, Image]) -> Users:
    found: defaultdict[str, dict[str, Container]] = defaultdict(dict)
    names: Mapping[str, str] | None = None
    for container in containers:
        found[container.image_id][container.id] = container
        for mounted in container.mounted_images:
            names = _names(images) if names is None else names
            found[_resolve(mounted, images, names)][container.id] = container
    return {image_id: tuple(users.values()) for image_id, users in found.items()}


def _names(images: Mapping[str, Image]) -> Mapping[str, str]:
    return {
        reference: image.id for image in images.values() for reference in image.tags + image.digests
    }


def _resolve(mounted: str, images: Mapping[str, Image], names: Mapping[str, str]) -> str:
    """The ID of an image that a container mounts by ID or by name."""
    if mounted in images or f"sha256:{mounted}" in images:
        return mounted if mounted in images else f"sha256:{mounted}"
    try:
        reference = parse(mounted)
    except InvalidReference:
        return mounted
    return names.get(reference.familiar) or names.get(reference.full) or mounted
