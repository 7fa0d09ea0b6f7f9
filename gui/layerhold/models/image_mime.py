"""Images on their way by mouse: to a folder of the shelf, or to another program as an archive."""

import secrets
from collections.abc import Sequence
from typing import Any, Protocol

import msgspec
from PySide6.QtCore import QByteArray, QMimeData, QUrl

from layerhold.planning.targets import OneTag, Target, WholeImage

IMAGES = "application/x-layerhold-images"
"""Of this program alone; who takes it needs nobody's file."""
RUN = secrets.token_hex(8)
"""Tells our own drags from those of another window, which may show another engine."""
FILES, TEXT = "text/uri-list", "text/plain"


_Packed = tuple[str, list[tuple[str, str | None]]]


class Promise(Protocol):
    """An archive that is made if another program wants it."""

    @property
    def url(self) -> QUrl:
        """Where it will be."""

    def begin(self) -> None:
        """Make it, unless that has begun."""

    def fulfil(self) -> bool:
        """Wait until it is there, while the window goes on living; whether it is."""

    def release(self) -> None:
        """The other program has what it wanted, or waits no longer."""


class ImageMime(QMimeData):
    """Makes nothing until it is asked for after the drop: many programs ask while they are hovered.

    On X11, `QDrag.exec` returns at the drop, and the programs that mean it ask after that.
    """

    def __init__(
        self, targets: Sequence[Target], names: Sequence[str], promise: Promise | None = None
    ) -> None:
        super().__init__()
        self._promise = promise
        self.is_dropped = False
        self.was_asked = False
        """Whether another program has asked for the file, hovered or dropped."""
        self.setData(IMAGES, QByteArray(_packed(targets)))
        self.setText("\n".join(names))

    def formats(self) -> list[str]:
        return [*([FILES] if self._promise else []), *super().formats()]

    def hasFormat(self, mime_type: str) -> bool:
        return mime_type in self.formats()

    def retrieveData(self, mime_type: str, kind: Any) -> Any:
        if mime_type != FILES:
            return super().retrieveData(mime_type, kind)
        promise = self._promise
        if promise is None:
            return None
        self.was_asked = True
        if self.is_dropped and not promise.fulfil():
            return None
        return [promise.url]


def dragged_images(mime: QMimeData) -> tuple[Target, ...]:
    """The images that a drag of this run of the program carries."""
    if not mime.hasFormat(IMAGES):
        return ()
    run, pairs = msgspec.json.decode(mime.data(IMAGES).data(), type=_Packed)
    if run != RUN:
        return ()
    return tuple(
        WholeImage(image_id) if tag is None else OneTag(image_id, tag) for image_id, tag in pairs
    )


def _packed(targets: Sequence[Target]) -> bytes:
    pairs = [(each.image_id, each.tag if isinstance(each, OneTag) else None) for each in targets]
    return msgspec.json.encode((RUN, pairs))
