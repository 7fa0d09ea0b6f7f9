"""Save images where another program waits for them."""

from contextlib import suppress

from layerhold.domain.errors import FileNotWritten
from layerhold.engine.api import Engine
from layerhold.jobs.context import Context
from layerhold.jobs.drop_folder import DropFolder
from layerhold.jobs.saving import Saved, save
from layerhold.planning.saving import SaveWish


def save_for_drop(drops: DropFolder, engine: Engine, wish: SaveWish, context: Context) -> Saved:
    """Save to a folder that is made for it, and goes again if nothing comes of it."""
    path = wish.files[0].path
    try:
        drops.make(path.parent)
    except OSError as error:
        raise FileNotWritten(str(path), error.strerror or str(error)) from error
    try:
        return save(engine, wish, context)
    finally:
        with suppress(OSError):
            # Which works only while it is empty.
            path.parent.rmdir()
