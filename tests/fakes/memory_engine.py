"""An engine whose images live in memory, and that refuses what a real one refuses."""

from collections.abc import Callable, Iterator

from layerhold.domain.cancel import Token
from layerhold.domain.containers import Container
from layerhold.domain.errors import ContainerNotFound, EngineRefused, ImageNotFound, InUse
from layerhold.domain.images import Image
from layerhold.domain.layers import Anatomy, Step
from layerhold.domain.outcomes import Removed
from layerhold.domain.usage import DiskUsage
from layerhold.engine.api import About, Endpoint, Event, Kind, Store
from layerhold.planning.calls import RemoveContainer, StopContainer
from planning.model_engine import ConflictError, Model, NotThereError, Podman


class MemoryEngine:
    """The `Engine` protocol over one of the models that the planner is measured against."""

    def __init__(self, model: Model) -> None:
        kind = Kind.PODMAN if isinstance(model, Podman) else Kind.DOCKER
        self.model = model
        self.endpoint = Endpoint("memory", "memory://", "test")
        self.about = About(kind, "1", "1.41", Store.GRAPH_DRIVER, caps=model.caps)
        self.build_cache = 0
        self.before_each_call: Callable[[str], None] = lambda _name: None
        """Called with what is asked, so that a test can change things meanwhile."""

    def list_images(self, token: Token | None = None) -> tuple[Image, ...]:
        self._begin("list_images", token)
        return tuple(self.model.world().images.values())

    def list_containers(self, token: Token | None = None) -> tuple[Container, ...]:
        self._begin("list_containers", token)
        return self.model.world().containers

    def image(self, image_id: str) -> Image:
        self._begin("image")
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

    def tag(self, image_id: str, reference: str) -> None:
        self._begin("tag")
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

    def remove_container(self, container_id: str) -> None:
        self._begin("remove_container")
        self._container(container_id)
        try:
            self.model.carry_out(RemoveContainer(container_id))
        except ConflictError as error:
            raise EngineRefused(container_id, "container is running", 409) from error

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

    def _container(self, container_id: str) -> None:
        if container_id not in self.model.containers:
            raise ContainerNotFound(container_id, f"No such container: {container_id}")
