"""Files as other programs take them from a drag or from the clipboard."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl


def file_mime(paths: Sequence[Path]) -> QMimeData:
    """As files for who takes files, and as text for who takes text."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    mime.setText("\n".join(map(str, paths)))
    return mime
