"""What the shelf of archives says of its folders and of what is in them."""

from PySide6.QtCore import QCoreApplication

from layerhold.formatting import size, visible
from layerhold.jobs.shelves import Shelf, ShelvedArchive
from layerhold.wording.counting import grouped

translate = QCoreApplication.translate


def archives(count: int) -> str:
    if count == 1:
        return translate("Shelves", "1 archive")
    return grouped(translate("Shelves", "%n archives", None, count), count)


def remark(shelf: Shelf) -> str:
    """Why nothing stands below a folder; nothing where something does."""
    if shelf.problem:
        return visible(shelf.problem)
    return "" if shelf.archives else translate("Shelves", "No archives yet")


def folder(shelf: Shelf) -> str:
    """Where it is and what is in it, line by line."""
    path = visible(str(shelf.folder))
    if shelf.problem:
        cannot = translate("Shelves", "Cannot be read: {reason}")
        return f"{path}\n{cannot.replace('{reason}', visible(shelf.problem))}"
    drop = translate("Shelves", "Drop images here to save them")
    return f"{path}\n{archives(len(shelf.archives))}\n{drop}"


def archive(found: ShelvedArchive) -> str:
    """Where it is and how large, line by line."""
    path = visible(str(found.path))
    if found.size is None:
        return f"{path}\n{translate('Shelves', 'A folder in the OCI layout')}"
    said = f"{path}\n{size(found.size)} ({found.size:,} B)"
    return f"{said}\n{translate('Shelves', 'Being written')}" if found.grows else said


def spoken_folder(shelf: Shelf, title: str, *, is_open: bool) -> str:
    """What a screen reader says of a folder."""
    state = translate("Shelves", "open") if is_open else translate("Shelves", "closed")
    return translate("Shelves", "{name}, folder, {content}, {state}").format(
        name=title, content=remark(shelf) or archives(len(shelf.archives)), state=state
    )
