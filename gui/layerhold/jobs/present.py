"""What stands on the engine while a plan is carried out, looked at again before every row."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from time import monotonic

from layerhold.domain.cancel import Token
from layerhold.domain.containers import Container
from layerhold.domain.errors import ChangedMeanwhile, ImageNotFound
from layerhold.domain.images import Image
from layerhold.domain.layers import Anatomy
from layerhold.engine.api import Engine
from layerhold.planning.calls import RemoveImage
from layerhold.planning.removal import Row, recheck
from layerhold.planning.targets import OneTag
from layerhold.planning.world import World

CONTAINERS_FRESH_SECONDS = 1.0
"""How old the list of containers may be for a row that the engine itself would refuse."""


class Present:
    """Lists everything once; then one inspect per row, and the containers where it matters.

    Listing all before each of 1,000 rows would take minutes. The row's own image is always looked
    at again. Containers are listed again before every row that stops or deletes containers or uses
    force; any other row the engine refuses by itself if a container came in between.
    """

    def __init__(
        self,
        engine: Engine,
        anatomies: Mapping[str, Anatomy],
        token: Token,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._engine, self._token, self._clock = engine, token, clock
        self._images: dict[str, Image] = {image.id: image for image in engine.list_images(token)}
        self._world = World(
            self._images, engine.list_containers(token), anatomies, engine.about.caps
        )
        self._listed = clock()

    @property
    def world(self) -> World:
        """As it is known now; a copy that later looks do not change."""
        return replace(self._world, images=dict(self._images))

    def check(self, row: Row) -> None:
        """Raise `ImageNotFound` or `ChangedMeanwhile` if the row would not do what it says."""
        self._look_at(row)
        age = self._clock() - self._listed
        if _is_rough(row) or age > CONTAINERS_FRESH_SECONDS:
            self._world = self._world.with_containers(self._engine.list_containers(self._token))
            self._listed = self._clock()
        if not recheck(row, self._world):
            raise ChangedMeanwhile(_chosen(row))

    def forget(self, image_ids: Iterable[str], containers: Collection[Container]) -> None:
        """These have been deleted."""
        for image_id in image_ids:
            self._images.pop(image_id, None)
        if containers:
            left = (each for each in self._world.containers if each not in containers)
            self._world = self._world.with_containers(left)

    def _look_at(self, row: Row) -> None:
        image_id = row.target.image_id
        try:
            self._images[image_id] = self._engine.image(image_id)
        except ImageNotFound as error:
            self._images.pop(image_id, None)
            raise ImageNotFound(_chosen(row), error.detail) from error


def _chosen(row: Row) -> str:
    """What the user chose: a tag, the first of the image's tags, or the image's ID."""
    if isinstance(row.target, OneTag):
        return row.target.tag
    return next(iter(row.untagged), row.target.image_id)


def _is_rough(row: Row) -> bool:
    """Whether carrying the row out could harm a container that nobody has agreed to harm."""
    return bool(row.containers_deleted) or any(
        not isinstance(call, RemoveImage) or call.force for call in row.calls
    )
