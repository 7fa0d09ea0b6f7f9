"""The first list of images, from the questions that were asked before the window was built."""

from layerhold.domain.cancel import Token
from layerhold.engine.docker.early import EarlyAnswer
from layerhold.jobs.snapshot import Snapshot, settle


def first_look(early: EarlyAnswer, token: Token) -> Snapshot | None:
    """Wait for the answers and read them; `None` where they must be asked for again.

    This needs no SDK, which takes as long to import as the window takes to appear.
    """
    # Read here, on the thread: msgspec takes a while to import, and the engine to answer.
    import msgspec

    from layerhold.engine.docker import wire

    images, containers = early.images.read(token), early.containers.read(token)
    if images is None or containers is None:
        return None
    try:
        return settle(wire.images_from(images), wire.containers_from(containers))
    except msgspec.DecodeError:
        return None
