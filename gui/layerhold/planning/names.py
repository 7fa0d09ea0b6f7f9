"""What selected images and tags are called, here and in registries."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from layerhold.domain.images import Image
from layerhold.planning.targets import OneTag, Target

MADE_HERE = "localhost/"
"""How names begin that Podman gives to what comes from no registry."""

Images = Mapping[str, Image]


def digests_of(images: Images, targets: Iterable[Target]) -> Iterator[str]:
    """What registries call the images, such as `nginx@sha256:…`."""
    meant = (images.get(target.image_id) for target in targets)
    return (digest for image in meant if image for digest in image.digests)


def sources_of(images: Images, targets: Iterable[Target], *, podman: bool) -> Iterator[str]:
    """By which names the images may be had from a registry."""
    named = each_of(images, targets, lambda image: image.tags or image.digests)
    return (name for name in named if not (podman and name.startswith(MADE_HERE)))


def each_of(
    images: Images, targets: Iterable[Target], names: Callable[[Image], Iterable[str]]
) -> Iterator[str]:
    """The tag of a target that is one, and the names of one that is an image."""
    for target in targets:
        if isinstance(target, OneTag):
            yield target.tag
        elif image := images.get(target.image_id):
            yield from names(image)
