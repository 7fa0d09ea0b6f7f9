"""Show a file where the desktop shows files."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def show_in_folder(path: Path) -> None:
    """Open the folder that it is in."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
