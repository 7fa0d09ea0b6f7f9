"""Copy what images are called, in the form in which it is needed elsewhere."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from shlex import quote

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from layerhold.actions.desk import Desk
from layerhold.engine.about import Kind
from layerhold.models.file_mime import file_mime
from layerhold.planning.names import digests_of, each_of, sources_of
from layerhold.planning.targets import Target
from layerhold.wording import counting
from layerhold.wording.quoting import name

translate = QCoreApplication.translate


def references(desk: Desk, targets: Sequence[Target]) -> None:
    """Copy tags, one a line; an image without any is called by its ID."""
    _copy(desk, each_of(desk.library.images, targets, lambda image: image.tags or (image.id,)))


def ids(desk: Desk, targets: Sequence[Target]) -> None:
    """Copy whole image IDs, one a line."""
    _copy(desk, (target.image_id for target in targets))


def digests(desk: Desk, targets: Sequence[Target]) -> None:
    """Copy `repository@sha256:…`, as far as a registry has told it, one a line."""
    _copy(desk, digests_of(desk.library.images, targets))


def pull_commands(desk: Desk, targets: Sequence[Target]) -> None:
    """Copy a command for each tag, or for the digests of an image without tags."""
    about = desk.library.connection.about
    podman = about is not None and about.kind is Kind.PODMAN
    program = "podman" if podman else "docker"
    sources = sources_of(desk.library.images, targets, podman=podman)
    _copy(desk, (f"{program} pull {quote(source)}" for source in sources))


def path(desk: Desk, chosen: Path) -> None:
    """Copy where a file is: as text, and as the file itself for who takes files."""
    QGuiApplication.clipboard().setMimeData(file_mime([chosen]))
    _tell(desk, name(str(chosen)))


def _copy(desk: Desk, lines: Iterable[str]) -> None:
    copied = list(dict.fromkeys(lines))
    if not copied:
        desk.notices.warn(
            translate("Copying", "There is nothing of that kind to copy."),
            translate("Copying", "Images that no registry knows have neither digest nor source."),
        )
        return
    QGuiApplication.clipboard().setText("\n".join(copied))
    _tell(desk, name(copied[0]) if len(copied) == 1 else counting.items(len(copied)))


def _tell(desk: Desk, what: str) -> None:
    desk.notices.confirm(translate("Copying", "Copied {what}.").replace("{what}", what))
