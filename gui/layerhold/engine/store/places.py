"""Where stores are: the user's own, or a folder that somebody names."""

from collections.abc import Mapping
from pathlib import Path

from layerhold.engine.about import Endpoint
from layerhold.registry.data_folder import data_folder

SCHEME = "oci://"
NAME = "Embedded store"
SOURCE = "store"
OPTION = "--store"


def own(environ: Mapping[str, str], home: Path, chosen: str = "") -> Endpoint:
    """The user's, which is there whether or not its folder is; `chosen`: not in the usual one."""
    path = Path(chosen) if chosen.startswith("/") else usual(environ, home)
    return Endpoint(NAME, f"{SCHEME}{path}", SOURCE)


def usual(environ: Mapping[str, str], home: Path) -> Path:
    """The folder of the store, unless the user chooses another."""
    return data_folder(environ, home) / "store"


def named(folder: str) -> Endpoint:
    """The folder of somebody's choice."""
    path = Path(folder).expanduser().absolute()
    return Endpoint(str(path), f"{SCHEME}{path}", OPTION)


def path(url: str) -> Path | None:
    """The folder of a store's address; `None` where it is another engine's."""
    return Path(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
