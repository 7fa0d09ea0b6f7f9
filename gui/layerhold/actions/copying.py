"""Copy what images are called, in the form in which it is needed elsewhere."""

from collections.abc import Callable, Iterable, Sequence
from shlex import quote

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from layerhold.actions.desk import Desk
from layerhold.domain.images import Image
from layerhold.engine.api import Kind
from layerhold.planning.targets import OneTag, Target
from layerhold.wording import counting
from layerhold.wording.quoting import name

translate = QCoreApplication.translate


def references(desk: Desk, targets: Sequence[Target]) -> None:
    """Copy tags, one a line; an image without any is called by its ID."""
    _copy(desk, _each(desk, targets, lambda image: image.tags or (image.id,)))


def ids(desk: Desk, targets: Sequence[Target]) -> None:
    """Copy whole image IDs, one a line."""
    _copy(desk, dict.fromkeys(target.image_id for target in targets))


def digests(desk: Desk, targets: Sequence[Target]) -> None:
    """Copy `repository@sha256:…`, as far as a registry has told it, one a line."""
    found = _images(desk, targets)
    _copy(desk, [digest for image in found for digest in image.digests])


def pull_commands(desk: Desk, targets: Sequence[Target]) -> None:
    """Copy a command for each tag, or for the digests of an image without tags."""
    about = desk.library.connection.about
    program = "podman" if about and about.kind is Kind.PODMAN else "docker"
    pulled = _each(desk, targets, lambda image: image.tags or image.digests)
    _copy(desk, [f"{program} pull {quote(reference)}" for reference in pulled])


def _each(
    desk: Desk, targets: Sequence[Target], names: Callable[[Image], Iterable[str]]
) -> list[str]:
    """The tag of a target that is one, and the names of one that is an image."""
    images = desk.library.images
    found: dict[str, None] = {}
    for target in targets:
        if isinstance(target, OneTag):
            found[target.tag] = None
        elif image := images.get(target.image_id):
            found |= dict.fromkeys(names(image))
    return list(found)


def _images(desk: Desk, targets: Sequence[Target]) -> list[Image]:
    wanted = dict.fromkeys(target.image_id for target in targets)
    images = desk.library.images
    return [images[image_id] for image_id in wanted if image_id in images]


def _copy(desk: Desk, lines: Iterable[str]) -> None:
    copied = list(lines)
    if not copied:
        desk.notices.warn(
            translate("Copying", "There is nothing of that kind to copy."),
            translate("Copying", "Images that no registry knows have neither digest nor source."),
        )
        return
    QGuiApplication.clipboard().setText("\n".join(copied))
    what = name(copied[0]) if len(copied) == 1 else counting.items(len(copied))
    desk.notices.inform(translate("Copying", "Copied {what}.").replace("{what}", what))
