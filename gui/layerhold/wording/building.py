"""What became of a build."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from layerhold.domain.digests import short
from layerhold.formatting import visible
from layerhold.jobs.building import BuildResult
from layerhold.wording.counting import listed
from layerhold.wording.details import result_lines
from layerhold.wording.quoting import name

translate = QCoreApplication.translate


def built(result: BuildResult) -> str:
    """In a sentence, and more about tags that moved."""
    return " ".join((_what(result), *_moved(result)))


def _what(result: BuildResult) -> str:
    tags, image_id = result.built.tags, short(result.built.image_id)
    if not tags:
        text = translate("Building", "Built {id}, an image without a tag.")
        return text.replace("{id}", image_id)
    text = translate("Building", "Built {tags}: {id}.")
    return text.replace("{id}", image_id).replace("{tags}", listed(tags))


def _moved(result: BuildResult) -> Iterator[str]:
    text = translate("Building", "{image} had {tag} before, and has lost it.")
    for tag, image_id in result.moved.items():
        yield text.replace("{image}", short(image_id)).replace("{tag}", name(tag))


@result_lines.register
def _built(result: BuildResult) -> Iterator[str]:
    yield _what(result)
    text = translate("Building", "Image ID: {id}")
    yield "  " + text.replace("{id}", visible(result.built.image_id))
    text = translate("Building", "Tag: {tag}")
    yield from ("  " + text.replace("{tag}", visible(tag)) for tag in result.built.tags)
    yield from (f"  {line}" for line in _moved(result))
    text = translate("Building", "Warning: {words}")
    yield from (text.replace("{words}", visible(each)) for each in result.built.warnings)
    yield ""
