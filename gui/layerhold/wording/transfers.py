"""What became of a pull or a push."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication

from layerhold.domain.digests import short
from layerhold.domain.transfers import Pulled, PulledImage, Pushed
from layerhold.formatting import size, visible
from layerhold.jobs.transfers import LeftByPush, NewName
from layerhold.wording.counting import layers, listed, tags
from layerhold.wording.details import result_lines
from layerhold.wording.quoting import name

translate = QCoreApplication.translate


def pulled(result: Pulled) -> str:
    """In a sentence, and a second one about a tag that moved."""
    if len(result.images) != 1:
        text = translate("Transfers", "Pulled {tags}.")
        return " ".join((text.replace("{tags}", tags(len(result.images))), *_moved(result)))
    image = result.images[0]
    current = translate("Transfers", "{name} is up to date: the engine had it already.")
    done = current if image.was_current else translate("Transfers", "Pulled {name}.")
    return " ".join((done.replace("{name}", name(image.reference)), *_displaced(image)))


def _moved(result: Pulled) -> Iterator[str]:
    moved = [image.reference for image in result.images if image.displaced]
    if len(moved) == 1:
        one = translate("Transfers", "{name} has moved away from another image.")
        yield one.replace("{name}", name(moved[0]))
    elif moved:
        text = translate("Transfers", "{names} have moved away from other images.")
        yield text.replace("{names}", listed(moved))


def _displaced(image: PulledImage) -> Iterator[str]:
    if image.displaced:
        yield lost_tag(image.displaced)


def lost_tag(image_id: str) -> str:
    """Who had the tag that another image got."""
    text = translate("Transfers", "{image} had this tag before, and has lost it.")
    return text.replace("{image}", short(image_id))


def pushed(result: Sequence[Pushed]) -> str:
    """In a sentence."""
    if len(result) == 1:
        return translate("Transfers", "Pushed {name}.").replace("{name}", name(result[0].reference))
    return translate("Transfers", "Pushed {tags}.").replace("{tags}", tags(len(result)))


@result_lines.register
def _pulled(result: Pulled) -> Iterator[str]:
    yield pulled(result)
    for image in result.images:
        yield ""
        yield visible(image.reference)
        yield from (f"  {line}" for line in _image(image))
    if result.new_layers:
        came = translate("Transfers", "{layers} new, {size} received.")
        yield ""
        yield came.format(layers=layers(result.new_layers), size=size(result.received))
    yield from (visible(warning) for warning in result.warnings)


def _image(image: PulledImage) -> Iterator[str]:
    yield translate("Transfers", "Image ID: {id}").replace("{id}", visible(image.image_id))
    if image.digest:
        yield translate("Transfers", "Digest: {digest}").replace("{digest}", visible(image.digest))
    if image.platform:
        platform = translate("Transfers", "Platform: {platform}")
        yield platform.replace("{platform}", visible(image.platform))
    yield from _displaced(image)


@result_lines.register(tuple)
def _several(result: tuple[object, ...]) -> Iterator[str]:
    for each in result:
        yield from result_lines(each)


@result_lines.register
def _pushed(result: Pushed) -> Iterator[str]:
    yield visible(result.reference)
    digest = translate("Transfers", "Digest: {digest}").replace("{digest}", visible(result.digest))
    yield f"  {digest}"
    if result.new_layers is not None:
        new = translate("Transfers", "{layers} new in the registry.")
        yield "  " + new.replace("{layers}", layers(result.new_layers))
    if result.one_platform_only:
        yield "  " + translate(
            "Transfers", "Only the platform that the engine has was pushed, of several."
        )


@result_lines.register
def _left(left: LeftByPush) -> Iterator[str]:
    if left.pushed:
        yield translate("Transfers", "Pushed:")
        yield from _several(left.pushed)
    yield translate("Transfers", "Not pushed:")
    yield visible(left.stopped_at)
    if left.not_begun:
        yield translate("Transfers", "Not begun:")
        yield from map(visible, left.not_begun)


@result_lines.register
def _tagged(new: NewName) -> Iterator[str]:
    text = translate("Transfers", "The image keeps the tag {name} on the engine.")
    yield text.replace("{name}", visible(new.reference))
    if new.loser:
        yield lost_tag(new.loser)


def after_pull() -> str:
    """What a pull that is cancelled may leave."""
    return translate(
        "Transfers",
        "The engine was told to stop. It may keep layers that it has; if it had all of them, the "
        "image may appear all the same.",
    )


def after_push() -> str:
    """What a push that is cancelled may leave."""
    return translate(
        "Transfers",
        "The engine was told to stop. The registry may keep layers that it has; if it had all of "
        "them, it may have the tag all the same.",
    )
