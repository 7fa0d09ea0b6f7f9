"""Where Layerhold keeps what it has to know before there is a window, and its own images."""

import sys
from collections.abc import Mapping
from pathlib import Path


def data_folder(environ: Mapping[str, str], home: Path) -> Path:
    """As platformdirs finds it, for any home (XDG base directories; Apple's file system guide)."""
    if sys.platform == "darwin":
        return home / "Library/Application Support/layerhold"
    chosen = environ.get("XDG_DATA_HOME", "")
    return (Path(chosen) if chosen.startswith("/") else home / ".local/share") / "layerhold"
