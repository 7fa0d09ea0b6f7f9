"""What a load would do, and what became of it, in sentences."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication

from layerhold.domain.digests import short
from layerhold.formatting import visible
from layerhold.jobs.importing import Imported
from layerhold.jobs.loading import ArchiveResult, LoadResult
from layerhold.planning.load_plan import LoadPlan
from layerhold.wording import explain
from layerhold.wording.counting import files, images, tags
from layerhold.wording.details import result_lines, told
from layerhold.wording.quoting import name
from layerhold.wording.weights import freed

translate = QCoreApplication.translate


def plan(planned: LoadPlan) -> str:
    """Such as `2 images with 3 tags will be loaded; 4.2 MB will be sent.` (a sentence)."""
    if not planned.ticked:
        return translate("Loading", "Nothing will be loaded.")
    text = translate("Loading", "{images} with {tags} will be loaded; {bytes} will be sent.")
    if not planned.tags:
        text = translate("Loading", "{images} without a tag will be loaded; {bytes} will be sent.")
    counted = {"images": images(len(planned.ticked)), "tags": tags(len(planned.tags))}
    return text.format(bytes=freed(planned.sent), **counted)


def moving(planned: LoadPlan) -> str:
    """Which tags other images lose; nothing if none does."""
    count = len(planned.moving)
    if not count:
        return ""
    text = translate("Loading", "{tags} move away from images that have them now.")
    if count == 1:
        text = translate("Loading", "{name} moves away from {image}, which has it now.")
    first = planned.moving[0]
    said = text.replace("{tags}", tags(count)).replace("{image}", short(first.loser))
    return said.replace("{name}", name(first.called))


def useless(count: int) -> str:
    """That from some files nothing can be had; nothing if there are none."""
    if not count:
        return ""
    text = translate("Loading", "{files} hold nothing that can be loaded.")
    if count == 1:
        text = translate("Loading", "{files} holds nothing that can be loaded.")
    return text.replace("{files}", files(count))


def loaded(result: LoadResult) -> str:
    """In a sentence, and others about tags that moved and files that failed."""
    return " ".join(_sentences(result))


def _sentences(result: LoadResult) -> Iterator[str]:
    yield _what(result)
    moved = [each for archive in result.archives for each in (archive.moved or {}).items()]
    if len(moved) == 1:
        text = translate("Loading", "{name} has moved away from {image}.")
        ((tag, before),) = moved
        yield text.replace("{image}", short(before)).replace("{name}", name(tag))
    elif moved:
        text = translate("Loading", "{tags} have moved away from other images.")
        yield text.replace("{tags}", tags(len(moved)))
    yield from _failed(result.failed)
    if left := len(result.left):
        yield translate("Loading", "{files} not begun.").replace("{files}", files(left))


def _failed(results: Sequence[ArchiveResult]) -> Iterator[str]:
    """An engine may stop in the middle of an archive, and keep what it has of it."""
    begun = [each for each in results if each.loaded.images]
    if len(begun) == 1:
        text = translate("Loading", "The rest of {name} could not be loaded.")
        yield text.replace("{name}", name(begun[0].path.name))
    elif begun:
        text = translate("Loading", "The rest of {files} could not be loaded.")
        yield text.replace("{files}", files(len(begun)))
    if nothing_of := len(results) - len(begun):
        text = translate("Loading", "{files} could not be loaded.")
        yield text.replace("{files}", files(nothing_of))


def _what(result: LoadResult) -> str:
    came = result.loaded
    if not came.images:
        return translate("Loading", "Nothing was loaded.")
    if len(came.images) == 1:
        called = came.images[0].reference or came.images[0].id
        return translate("Loading", "Loaded {name}.").replace("{name}", name(called))
    text = translate("Loading", "Loaded {images} with {tags}.")
    return text.format(images=images(len(came.ids)), tags=tags(len(came.references)))


def imported(result: Imported) -> str:
    """In a sentence, and a second one about a tag that moved."""
    called = name(result.reference or result.image_id)
    done = translate("Loading", "Imported {name}.").replace("{name}", called)
    if not result.displaced:
        return done
    text = translate("Loading", "{image} had this tag before, and has lost it.")
    return f"{done} {text.replace('{image}', short(result.displaced))}"


@result_lines.register
def _loaded(result: LoadResult) -> Iterator[str]:
    yield loaded(result)
    for archive in result.archives:
        yield ""
        yield from _archive(archive)
    if result.left:
        yield ""
        yield translate("Loading", "Not begun:")
        yield from (f"  {visible(str(path))}" for path in result.left)


def _archive(result: ArchiveResult) -> Iterator[str]:
    yield visible(str(result.path))
    moved = result.moved or {}
    nameless = translate("Loading", "<none>")
    for image in result.loaded.images:
        yield f"  {visible(image.reference) or nameless}  {image.id}"
        if before := moved.get(image.reference):
            text = translate("Loading", "taken from {id}")
            yield "    " + text.replace("{id}", before)
    yield from (f"  {visible(remark)}" for remark in result.loaded.remarks)
    if result.failure:
        yield from told(explain(result.failure), "  ")


@result_lines.register
def _imported(result: Imported) -> Iterator[str]:
    yield imported(result)
    yield visible(str(result.path))
    yield "  " + translate("Loading", "Image ID: {id}").replace("{id}", result.image_id)
