"""What is on the engine under the names that a pull may change, before it and after."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from layerhold.domain.cancel import Token
from layerhold.domain.errors import ImageNotFound
from layerhold.domain.images import Image
from layerhold.domain.references import Reference, split
from layerhold.domain.transfers import PulledImage
from layerhold.engine.about import About
from layerhold.engine.docker import images, layers, wire
from layerhold.engine.docker.session import Session


@dataclass(frozen=True, slots=True)
class Known:
    """An image as the engine has it at one moment."""

    image: Image
    platform: str = ""


def known(
    session: Session, about: About, reference: Reference, token: Token | None = None
) -> Mapping[str, Known]:
    """By reference, as Docker prints it: the one, or without tag and digest all of a repository."""
    if reference.tag or reference.digest:
        return dict(_one(session, about, reference, token))
    listed = images.list_images(session, token)
    return {
        tag: Known(image)
        for image in listed
        for tag in image.tags
        if split(tag)[0] == reference.repository
    }


def arrived(
    name: str, digest: str, before: Known | None, after: Known, *, fresh: bool
) -> PulledImage:
    """What a pull has made of a reference; `fresh`: layers came that were not there."""
    same = before is not None and before.image.id == after.image.id
    return PulledImage(
        reference=name,
        image_id=after.image.id,
        digest=digest or _digest(name, before, after),
        displaced=before.image.id if before and not same else "",
        was_current=same and not fresh and _knew(before, digest),
        platform=after.platform,
    )


def _one(
    session: Session, about: About, reference: Reference, token: Token | None
) -> Iterator[tuple[str, Known]]:
    try:
        image = images.image(session, reference.full, about.kind, token)
        details = wire.details_from(images.inspect(session, reference.full, token))
    except ImageNotFound:
        return
    # Where several are kept, only the engine's own is told of.
    platform = "" if about.caps.pulls_keep_variants else layers.platform_of(details)
    yield reference.familiar, Known(image, platform)


def _knew(before: Known | None, digest: str) -> bool:
    known_digests = before.image.digests if before else ()
    return not digest or any(split(each)[1] == digest for each in known_digests)


def _digest(name: str, before: Known | None, after: Known) -> str:
    """What Podman does not tell: the digest that is new, or else one that was known."""
    repository = split(name)[0]
    there = [split(each)[1] for each in after.image.digests if split(each)[0] == repository]
    new = [each for each in there if before is None or not _knew(before, each)]
    return next(iter(new or there), "")
