"""The embedded engine: an OCI image layout in a folder.

What a verb needs is imported with its first use: most stores are only found to be there.
"""

from collections.abc import Generator, Iterable, Iterator, Sequence
from functools import cached_property
from time import time_ns
from typing import TYPE_CHECKING

from layerhold.domain.cancel import Token
from layerhold.domain.errors import EngineUnreachable, Unreachability
from layerhold.domain.images import Image
from layerhold.domain.layers import Anatomy, Step
from layerhold.domain.login import Login
from layerhold.domain.outcomes import Loaded, Removed
from layerhold.domain.progress import Report
from layerhold.domain.references import parse
from layerhold.domain.transfers import Pulled, PullWish, Pushed, RemoteImage
from layerhold.domain.usage import DiskUsage
from layerhold.engine.about import Endpoint
from layerhold.engine.api import Event
from layerhold.engine.store import index, places
from layerhold.engine.store.about import about
from layerhold.engine.store.layout import Layout
from layerhold.engine.store.without_containers import WithoutContainers

if TYPE_CHECKING:
    from layerhold.engine.store.catalogue import Catalogue, Stored


def connect(endpoint: Endpoint, token: Token | None = None) -> "StoreEngine":
    """Open the store; a folder that is not there yet is made when something comes in.

    Raises `StoreFailure` where the folder is, or holds, something else.
    """
    path = places.path(endpoint.url)
    if path is None or not path.is_absolute():
        raise EngineUnreachable(endpoint.url, why=Unreachability.BAD_ADDRESS)
    if token:
        token.check()
    layout = Layout(path)
    index.read(layout)
    return StoreEngine(endpoint, layout)


class StoreEngine(WithoutContainers):
    """The verbs of `layerhold.engine.api.Engine` on a folder."""

    def __init__(self, endpoint: Endpoint, layout: Layout) -> None:
        self.endpoint = endpoint
        self.about = about(layout)
        self._layout = layout

    @cached_property
    def _catalogue(self) -> "Catalogue":
        """Two threads may make one each, of which one is forgotten with what it remembers."""
        from layerhold.engine.store.catalogue import Catalogue

        return Catalogue(self._layout, self.about.platform)

    def list_images(self, token: Token | None = None) -> tuple[Image, ...]:
        from layerhold.engine.store import images

        return images.listed(self._catalogue.images(token))

    def image(self, image_id: str, token: Token | None = None) -> Image:
        from layerhold.engine.store import images

        return images.image(self._find(image_id, token))

    def inspect(self, image_id: str, token: Token | None = None) -> bytes:
        from layerhold.engine.store import inspecting
        from layerhold.engine.store.blobs import Blobs

        found = self._find(image_id, token)
        with Blobs(self._layout) as blobs:
            return inspecting.inspect(blobs, found)

    def steps(self, image_id: str, token: Token | None = None) -> tuple[Step, ...]:
        from layerhold.engine.store import layers
        from layerhold.engine.store.blobs import Blobs

        found = self._find(image_id, token)
        with Blobs(self._layout) as blobs:
            return layers.steps(blobs, found)

    def anatomy(self, image_id: str, token: Token | None = None) -> Anatomy:
        from layerhold.engine.store import layers
        from layerhold.engine.store.blobs import Blobs

        found = self._find(image_id, token)
        with Blobs(self._layout) as blobs:
            return layers.anatomy(blobs, found)

    def tag(self, image_id: str, reference: str, token: Token | None = None) -> None:
        from layerhold.engine.store import changing

        if token:
            token.check()
        changing.tag(self._catalogue, image_id, reference)

    def remove(self, target: str, *, force: bool = False) -> Removed:
        from layerhold.engine.store import changing

        return changing.remove(self._catalogue, target, force=force)

    def save(
        self, references: Sequence[str], token: Token | None = None, platform: str = ""
    ) -> Generator[bytes, None, None]:
        from layerhold.engine.store import saving

        return saving.save(self._catalogue, references, token or Token(), platform)

    def load(self, chunks: Iterable[bytes], report: Report, token: Token | None = None) -> Loaded:
        from layerhold.engine.store import loading

        return loading.load(self._catalogue, chunks, report, token or Token())

    def pull(
        self, wish: PullWish, login: Login | None, report: Report, token: Token | None = None
    ) -> Pulled:
        from layerhold.engine.store import pulling

        return pulling.pull(self._catalogue, wish, login, report, token or Token())

    def push(
        self, reference: str, login: Login | None, report: Report, token: Token | None = None
    ) -> Pushed:
        from layerhold.engine.store import pushing

        return pushing.push(self._catalogue, reference, login, report, token or Token())

    def check_login(self, login: Login, token: Token | None = None) -> Login:
        from layerhold.registry import checking

        return checking.check(login, token)

    def remote(
        self, reference: str, login: Login | None, token: Token | None = None
    ) -> RemoteImage:
        from layerhold.registry import manifests

        return manifests.look(parse(reference), login, token)

    def disk_usage(self, token: Token | None = None) -> DiskUsage:
        from layerhold.engine.store import sweeping

        return DiskUsage(sweeping.disk_usage(self._layout, token))

    def events(self, token: Token, since_ns: int | None = None) -> Iterator[Event]:
        """Each change of the index, and one at once where it changed since the moment asked for."""
        from layerhold.engine.store import watching

        with index.alone(self._layout, token):
            """From now on there is a folder to watch."""
        for _ in watching.changes(self._layout.index, token, since_ns):
            yield Event("image", "change", "", time_ns())

    def close(self) -> None:
        """Nothing is open between two calls."""

    def _find(self, wanted: str, token: Token | None = None) -> "Stored":
        from layerhold.engine.store import images

        return images.find(self._catalogue.images(token), wanted)
