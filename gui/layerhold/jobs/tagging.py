"""Give an image a tag, unless the tag has meanwhile gone where nobody expected it."""

from layerhold.domain.errors import ChangedMeanwhile, ImageNotFound
from layerhold.engine.api import Engine


def give_tag(engine: Engine, image_id: str, reference: str, loser: str) -> None:
    """`loser` is the ID of the image that is known to have the tag, or empty.

    Raises `ChangedMeanwhile` if another image has it by now.
    """
    if _holder(engine, reference) not in {loser, image_id, ""}:
        raise ChangedMeanwhile(reference)
    engine.tag(image_id, reference)


def _holder(engine: Engine, reference: str) -> str:
    try:
        return engine.image(reference).id
    except ImageNotFound:
        return ""
