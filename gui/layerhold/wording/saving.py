"""What became of a save."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication

from layerhold.formatting import size, visible
from layerhold.jobs.saving import Saved, SavedFile
from layerhold.planning.saving import Item
from layerhold.wording.counting import files, images, tags
from layerhold.wording.details import result_lines
from layerhold.wording.quoting import name

translate = QCoreApplication.translate


def saved(result: Saved) -> str:
    """In a sentence."""
    total = size(sum(file.size for file in result.files))
    if len(result.files) == 1:
        text = translate("Saving", "Saved {file}, {size}.")
        called = name(str(result.files[0].path))
    else:
        text, called = translate("Saving", "Saved {file}, {size} in all."), files(len(result.files))
    return text.replace("{size}", total).replace("{file}", called)


def counted(items: Sequence[Item]) -> str:
    """Such as `4 tags and 1 image without a tag`."""
    named = sum(bool(item.tag) for item in items)
    bare = images(len(items) - named)
    if named == len(items):
        return tags(named)
    if not named:
        return translate("Saving", "{images} without a tag").replace("{images}", bare)
    both = translate("Saving", "{tags} and {images} without a tag")
    return both.replace("{tags}", tags(named)).replace("{images}", bare)


def dropped(result: Saved) -> str:
    """Of an archive that was made for another program."""
    (file,) = result.files
    text = translate("Saving", "{file}, {size}, is complete.")
    return text.replace("{size}", size(file.size)).replace("{file}", name(file.path.name))


def file_lines(file: SavedFile) -> Iterator[str]:
    """Everything that is known of one archive."""
    yield visible(str(file.path))
    yield "  " + translate("Saving", "{size} ({bytes} bytes), {tags}").format(
        size=size(file.size), bytes=f"{file.size:,}", tags=counted(file.items)
    )
    yield "  " + translate("Saving", "SHA-256: {digest}").replace("{digest}", file.digest)
    yield from (f"    {visible(item.reference)}" for item in file.items)


@result_lines.register
def _saved(result: Saved) -> Iterator[str]:
    yield saved(result)
    for file in result.files:
        yield ""
        yield from file_lines(file)
