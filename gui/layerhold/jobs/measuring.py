"""How many bytes a removal really set free."""

from collections.abc import Iterable

from layerhold.domain.cancel import Token
from layerhold.domain.containers import Container
from layerhold.domain.errors import Failure
from layerhold.engine.api import Engine
from layerhold.planning.ledger import Ledger
from layerhold.planning.sharing import Bytes, Certainty
from layerhold.planning.world import World

MEASURABLE_IMAGES = 1000
"""Above this the engine's own figure takes seconds, and we count layers instead."""


class Scales:
    """Weighs before and after.

    Counting layers is exact on graph drivers, and costs no call. Where it is not sure, as in the
    containerd store, the engine is asked how much disk it uses, before and after.
    """

    def __init__(self, engine: Engine, world: World, planned: Certainty, token: Token) -> None:
        self._engine, self._token = engine, token
        self._known = world.images.keys()
        self._ledger = Ledger(world)
        sure = planned is Certainty.EXACT or len(world.images) > MEASURABLE_IMAGES
        self._before = None if sure else self._ask()

    def images_among(self, deleted: Iterable[str]) -> tuple[str, ...]:
        """Which of the IDs were images; Docker also names the layers that it deleted."""
        return tuple(image_id for image_id in deleted if image_id in self._known)

    def weigh(self, images: Iterable[str], containers: Iterable[Container]) -> Bytes:
        """What came free now that these are gone."""
        counted = self._ledger.weigh(images, containers).freed
        asked = self._before is not None and not self._token.cancelled
        after = self._ask() if asked else None
        if self._before is None or after is None:
            return counted
        return Bytes(max(0, self._before - after))

    def _ask(self) -> int | None:
        try:
            return self._engine.disk_usage(self._token).images
        except Failure:
            # A figure is not worth losing the answer to what was removed.
            return None
