"""What a folder holds that is to be the embedded store."""

from dataclasses import dataclass
from pathlib import Path

from layerhold.engine.connect import reach
from layerhold.engine.store import places
from layerhold.jobs.context import Context


@dataclass(frozen=True, slots=True)
class StoreContents:
    """How full a store is."""

    images: int
    amount: int
    """Bytes on disk."""


def look_into(folder: Path, context: Context) -> StoreContents:
    """A folder that is not there yet is empty; raises `StoreFailure` where it is no store."""
    engine = reach(places.named(str(folder)), context.token)
    images = len(engine.list_images(context.token))
    return StoreContents(images, engine.disk_usage(context.token).images or 0)
