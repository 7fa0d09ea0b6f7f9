"""Where stores are: the user's own, or a folder that somebody names."""

import sys
from collections.abc import Mapping
from pathlib import Path

from layerhold.engine.api import Endpoint

SCHEME = "oci://"
NAME = "Embedded store"
SOURCE = "store"
OPTION = "--store"


def own(environ: Mapping[str, str], home: Path) -> Endpoint:
    """The user's, which is there whether or not its folder is."""
    return Endpoint(NAME, f"{SCHEME}{data_folder(environ, home) / 'store'}", SOURCE)


def named(folder: str) -> Endpoint:
    """The folder of somebody's choice."""
    path = Path(folder).expanduser().absolute()
    return Endpoint(str(path), f"{SCHEME}{path}", OPTION)


def path(url: str) -> Path | None:
    """The folder of a store's address; `None` where it is another engine's."""
    return Path(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None


def data_folder(environ: Mapping[str, str], home: Path) -> Path:
    """As platformdirs finds it, for any home (XDG base directories; Apple's file system guide)."""
    if sys.platform == "darwin":
        return home / "Library/Application Support/layerhold"
    chosen = environ.get("XDG_DATA_HOME", "")
    return (Path(chosen) if chosen.startswith("/") else home / ".local/share") / "layerhold"
