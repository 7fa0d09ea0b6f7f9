"""Give an image a tag, unless the tag has meanwhile gone where nobody expected it."""

from collections.abc import Sequence

from layerhold.domain.cancel import Token
from layerhold.domain.errors import ChangedMeanwhile, ImageNotFound
from layerhold.engine.api import Engine

FEW = 20
"""Tags that are asked for one by one; for more it takes less to list everything."""


def give_tag(engine: Engine, image_id: str, reference: str, loser: str, token: Token) -> None:
    """`loser` is the ID of the image that is known to have the tag, or empty.

    Raises `ChangedMeanwhile` if another image has it by now.
    """
    if _holder(engine, reference, token) not in {loser, image_id, ""}:
        raise ChangedMeanwhile(reference)
    engine.tag(image_id, reference, token)


def holders(engine: Engine, tags: Sequence[str], token: Token) -> dict[str, str]:
    """For each tag the ID of the image that has it now, or nothing."""
    if len(tags) > FEW:
        images = engine.list_images(token)
        found = {tag: image.id for image in images for tag in image.tags}
        return {tag: found.get(tag, "") for tag in tags}
    return {tag: _holder(engine, tag, token) for tag in tags}


def _holder(engine: Engine, reference: str, token: Token) -> str:
    try:
        return engine.image(reference, token).id
    except ImageNotFound:
        return ""
