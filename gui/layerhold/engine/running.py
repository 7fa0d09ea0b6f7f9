"""A container made and started as one: what cannot be started is not left behind."""

from layerhold.domain.cancel import Token
from layerhold.domain.container_errors import NotStarted
from layerhold.domain.errors import Cancelled, ContainerNotFound, Failure
from layerhold.domain.running import Created, RunWish
from layerhold.engine.api import Engine


def run(
    engine: Engine, wish: RunWish, token: Token | None = None, *, keep: bool = False
) -> Created:
    """Make a container and start it; raises `NotStarted` where only the first went well.

    `docker run` leaves such a container, whose name is then taken when the user tries again.
    """
    created = engine.create_container(wish, token)
    try:
        engine.start_container(created.id, token)
    except Cancelled:
        _removed(engine, created)
        raise
    except Failure as cause:
        left = keep or not _removed(engine, created)
        detail = getattr(cause, "detail", "")
        raise NotStarted(wish.image, detail, cause, created.id, left) from cause
    return created


def _removed(engine: Engine, created: Created) -> bool:
    try:
        engine.remove_container(created.id, volumes=True)
    except ContainerNotFound:
        # Docker removes by itself what was to be removed at its end.
        return True
    except Failure:
        return False
    return True
