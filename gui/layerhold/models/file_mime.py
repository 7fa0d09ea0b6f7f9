"""Files as other programs take them from a drag or from the clipboard."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

from layerhold.models.image_mime import IMAGES


def file_mime(paths: Sequence[Path]) -> QMimeData:
    """As files for who takes files, and as text for who takes text."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    mime.setText("\n".join(map(str, paths)))
    return mime


def files_in(mime: QMimeData) -> tuple[Path, ...]:
    """The files and folders of this machine that are dragged; images of ours are none yet."""
    urls = mime.urls() if mime.hasUrls() and not mime.hasFormat(IMAGES) else []
    return tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
