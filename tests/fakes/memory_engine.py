"""An engine whose images live in memory, and that refuses what a real one refuses."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

from fakes.memory_builds import MemoryBuilds
from fakes.memory_transfers import MemoryTransfers
from layerhold.domain.cancel import Token
from layerhold.domain.committing import CommitWish, ImportWish
from layerhold.domain.container_errors import ContainerFault, ContainerRefused
from layerhold.domain.containers import Container, LogLine, State
from layerhold.domain.errors import ContainerNotFound, EngineRefused, ImageNotFound, InUse
from layerhold.domain.images import Image
from layerhold.domain.layers import Anatomy, Step
from layerhold.domain.networks import Network
from layerhold.domain.outcomes import Loaded, LoadedImage, Removed
from layerhold.domain.progress import Phase, Progress, Report
from layerhold.domain.running import Created, RunWish
from layerhold.domain.usage import DiskUsage
from layerhold.engine.about import About, Endpoint, Kind, Store
from layerhold.engine.api import Event
from layerhold.planning.calls import RemoveContainer, StopContainer
from planning.model_engine import ConflictError, Model, NotThereError, Podman

BLOCK = 1 << 16
"""Bytes of an archive that are handed on at once."""


class MemoryEngine(MemoryBuilds, MemoryTransfers):
    """The `Engine` protocol over one of the models that the planner is measured against."""

    def __init__(self, model: Model) -> None:
        MemoryBuilds.__init__(self)
        MemoryTransfers.__init__(self)
        kind = Kind.PODMAN if isinstance(model, Podman) else Kind.DOCKER
        self.model = model
        self.endpoint = Endpoint("memory", "memory://", "test")
        self.about = About(kind, "1", "1.41", Store.GRAPH_DRIVER, caps=model.caps)
        self.build_cache = 0
        self.archive = b""
        """What every save gives, and what was loaded or imported last."""
        self.holds: dict[str, str] = {}
        """The images that a load brings, by tag."""
        self.wishes: dict[str, RunWish | CommitWish | ImportWish] = {}
        """How each container and image was wished that was made here."""
        self.logs: dict[str, tuple[LogLine, ...]] = {}
        self.known_networks: tuple[Network, ...] = (Network("bridge", "bridge"),)
        self.before_each_call: Callable[[str], None] = lambda _name: None
        """Called with what is asked, so that a test can change things meanwhile."""

    def list_images(self, token: Token | None = None) -> tuple[Image, ...]:
        self._begin("list_images", token)
        return tuple(self.model.world().images.values())

    def list_containers(self, token: Token | None = None) -> tuple[Container, ...]:
        self._begin("list_containers", token)
        return self.model.world().containers

    def image(self, image_id: str, token: Token | None = None) -> Image:
        self._begin("image", token)
        found = self.model.find(image_id)
        if found is None:
            raise ImageNotFound(image_id, f"No such image: {image_id}")
        return self.model.listed(found)

    def inspect(self, image_id: str, token: Token | None = None) -> bytes:
        self._begin("inspect", token)
        self.image(image_id)
        return b"{}"

    def steps(self, image_id: str, token: Token | None = None) -> tuple[Step, ...]:
        self._begin("steps", token)
        self.image(image_id)
        return ()

    def anatomy(self, image_id: str, token: Token | None = None) -> Anatomy:
        self._begin("anatomy", token)
        self.image(image_id)
        return self.model.world().anatomies[image_id]

    def tag(self, image_id: str, reference: str, token: Token | None = None) -> None:
        self._begin("tag", token)
        self.image(image_id)
        for record in self.model.images.values():
            record.names[:] = [name for name in record.names if name != reference]
        self.model.images[image_id].names.append(reference)

    def remove(self, target: str, *, force: bool = False) -> Removed:
        self._begin("remove")
        names = self._names()
        try:
            self.model.remove(target, force=force)
        except NotThereError as error:
            raise ImageNotFound(target, f"No such image: {target}") from error
        except ConflictError as error:
            found = self.model.find(target)
            users = tuple(self.model.made_from(found))
            detail = f"conflict: unable to remove {target}"
            raise (InUse if users else EngineRefused)(target, detail) from error
        left = self._names()
        gone = [name for name in names if name not in left]
        images = tuple(name for name in gone if name.startswith("sha256:"))
        return Removed(tuple(name for name in gone if name not in images), images)

    def stop_container(self, container_id: str, token: Token | None = None) -> None:
        self._begin("stop_container", token)
        self._container(container_id)
        self.model.carry_out(StopContainer(container_id))

    def remove_container(self, container_id: str, *, volumes: bool = False) -> None:
        self._begin("remove_container with volumes" if volumes else "remove_container")
        self._container(container_id)
        try:
            self.model.carry_out(RemoveContainer(container_id))
        except ConflictError as error:
            raise EngineRefused(container_id, "container is running", 409) from error

    def create_container(self, wish: RunWish, token: Token | None = None) -> Created:
        self._begin("create_container", token)
        image = self.image(wish.image)
        container_id = wish.name or f"container-{len(self.wishes)}"
        if container_id in self.model.containers:
            words = f'The container name "/{wish.name}" is already in use'
            fault = ContainerFault.NAME_TAKEN
            raise ContainerRefused(wish.image, words, fault, wish.name)
        self.model.run(container_id, image.id, State.CREATED)
        self.wishes[container_id] = wish
        return Created(container_id)

    def start_container(self, container_id: str, token: Token | None = None) -> None:
        self._begin("start_container", token)
        self._container(container_id)
        self.model.containers[container_id].state = State.RUNNING

    def container_log(
        self,
        container_id: str,
        tail: int | None = None,
        token: Token | None = None,
        *,
        follow: bool = False,
    ) -> Iterator[LogLine]:
        self._begin(f"container_log follow={follow}", token)
        self._container(container_id)
        lines = self.logs.get(container_id, ())
        yield from lines if tail is None else lines[-tail:]

    def networks(self, token: Token | None = None) -> tuple[Network, ...]:
        self._begin("networks", token)
        return self.known_networks

    def commit(self, container_id: str, wish: CommitWish, token: Token | None = None) -> str:
        self._begin("commit", token)
        self._container(container_id)
        parent = self.model.containers[container_id].image
        image_id = self._made(wish.reference, self.model.stacks[parent], parent)
        self.wishes[image_id] = wish
        return image_id

    def save(
        self, references: Sequence[str], token: Token | None = None, platform: str = ""
    ) -> Generator[bytes, None, None]:
        self._begin(f"save platform={platform}", token)
        for reference in references:
            self.image(reference)
        for start in range(0, len(self.archive), BLOCK):
            self._begin("block", token)
            yield self.archive[start : start + BLOCK]

    def load(self, chunks: Iterable[bytes], report: Report, token: Token | None = None) -> Loaded:
        self._begin("load", token)
        self.archive = b"".join(chunks)
        report(Progress(phase=Phase.IMPORTING))
        self._begin("import", token)
        for tag, image_id in self.holds.items():
            if image_id not in self.model.images:
                self.model.add(image_id)
            self.tag(image_id, tag)
        return Loaded(tuple(LoadedImage(image_id, tag) for tag, image_id in self.holds.items()))

    def import_file_system(
        self,
        chunks: Iterable[bytes],
        wish: ImportWish,
        report: Report,
        token: Token | None = None,
    ) -> str:
        self._begin("import_file_system", token)
        self.archive = b"".join(chunks)
        report(Progress(phase=Phase.IMPORTING))
        image_id = self._made(wish.reference)
        self.wishes[image_id] = wish
        return image_id

    def disk_usage(self, token: Token | None = None) -> DiskUsage:
        self._begin("disk_usage", token)
        return DiskUsage(self.model.disk, self.build_cache, self.build_cache)

    def prune_build_cache(self, token: Token | None = None, *, everything: bool = False) -> int:
        self._begin(f"prune_build_cache everything={everything}", token)
        freed, self.build_cache = self.build_cache, 0
        return freed

    def events(self, token: Token, since_ns: int | None = None) -> Iterator[Event]:
        self._begin(f"events since {since_ns}", token)
        return iter(())

    def close(self) -> None:
        self._begin("close")

    def _begin(self, name: str, token: Token | None = None) -> None:
        if token:
            token.check()
        self.before_each_call(name)

    def _names(self) -> dict[str, None]:
        found: dict[str, None] = {}
        for image_id, record in self.model.images.items():
            found |= dict.fromkeys((*record.names, image_id))
        return found

    def _made(self, reference: str, layers: tuple[str, ...] = (), parent: str = "") -> str:
        image_id = f"sha256:{len(self.model.stacks):064x}"
        self.model.add(image_id, layers=(*layers, image_id), parent=parent)
        if reference:
            self.tag(image_id, reference)
        return image_id

    def _container(self, container_id: str) -> None:
        if container_id not in self.model.containers:
            raise ContainerNotFound(container_id, f"No such container: {container_id}")
