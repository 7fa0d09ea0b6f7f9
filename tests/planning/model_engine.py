"""Small engines that do to their images what real ones do, for plans to be measured against.

Each follows the source of its engine (moby `daemon/images/image_delete.go` and
`daemon/containerd/image_delete.go`, containers/common `libimage/image.go`) and what was seen on
dockerd 20.10, 26.1 and 28.5 and on Podman 4.3; none uses a line of the planner.
"""

from dataclasses import dataclass, field

from layerhold.domain.containers import Container, State
from layerhold.domain.images import Image
from layerhold.domain.layers import Anatomy, LayerSize
from layerhold.engine.about import Caps
from layerhold.planning.calls import RemoveContainer, StopContainer
from layerhold.planning.world import World

RUNNING = {State.RUNNING, State.PAUSED, State.RESTARTING}


class ConflictError(Exception):
    """409."""


class NotThereError(Exception):
    """404."""


@dataclass
class Record:
    names: list[str]
    layers: tuple[str, ...]
    parent: str = ""


@dataclass
class Running:
    image: str
    state: State
    mounts: tuple[str, ...] = ()


def repository(name):
    return name.split("@")[0] if "@" in name else name.rsplit(":", 1)[0]


def is_digest(name):
    return "@" in name


@dataclass
class Model:
    """What engines have in common: records, containers, layers that live while they are held."""

    caps = Caps()
    images: dict[str, Record] = field(default_factory=dict)
    containers: dict[str, Running] = field(default_factory=dict)
    stacks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def add(self, image_id, names=(), layers=(), parent=""):
        self.images[image_id] = Record(list(names), tuple(layers), parent)
        self.stacks[image_id] = tuple(layers)
        return self

    def run(self, container_id, image_id, state=State.RUNNING, mounts=()):
        self.containers[container_id] = Running(image_id, state, tuple(mounts))
        return self

    @property
    def disk(self):
        """Bytes of the layers that an image or a container holds."""
        held = {layer for record in self.images.values() for layer in record.layers}
        for container in self.containers.values():
            held.update(self.stacks[container.image])
        return sum(self.sizes.get(layer, 1) for layer in held)

    def world(self):
        anatomies = {
            image_id: Anatomy(
                "linux/amd64", tuple(LayerSize(name, self.sizes.get(name, 1)) for name in stack)
            )
            for image_id, stack in self.stacks.items()
        }
        containers = tuple(
            Container(key, f"name-{key}", one.image, state=one.state, mounted_images=one.mounts)
            for key, one in self.containers.items()
        )
        images = {image_id: self.listed(image_id) for image_id in self.images}
        return World(images, containers, anatomies, self.caps)

    def listed(self, image_id):
        record = self.images[image_id]
        tags = tuple(name for name in record.names if not is_digest(name))
        digests = tuple(name for name in record.names if is_digest(name))
        return Image(image_id, tags, digests, parent=record.parent)

    def carry_out(self, call):
        if isinstance(call, StopContainer):
            self.containers[call.container_id].state = State.EXITED
        elif isinstance(call, RemoveContainer):
            if self.containers[call.container_id].state in RUNNING:
                raise ConflictError(call)
            del self.containers[call.container_id]
        elif not (call.unless_gone and self.find(call.target) is None):
            self.remove(call.target, force=call.force)

    def find(self, target):
        if target in self.images:
            return target
        return next((key for key, one in self.images.items() if target in one.names), None)

    def children(self, image_id):
        return [key for key, one in self.images.items() if one.parent == image_id]

    def made_from(self, image_id, *, running=None):
        return [
            key
            for key, one in self.containers.items()
            if one.image == image_id and (running is None or (one.state in RUNNING) == running)
        ]

    def remove(self, target, *, force):
        raise NotImplementedError


class GraphDriver(Model):
    """Docker with overlay2."""

    def remove(self, target, *, force):
        image_id = self.find(target)
        if image_id is None:
            raise NotThereError(target)
        record = self.images[image_id]
        if target == image_id:
            if self._is_single(record.names):
                self._refuse(image_id, references=False, stopped=not force)
                record.names.clear()
            self._delete(image_id, force=force, quiet=False)
            return
        if not force and self._is_single(record.names) and self.made_from(image_id):
            raise ConflictError(target)
        record.names.remove(target)
        if not is_digest(target) and not any(
            repository(name) == repository(target) and not is_digest(name) for name in record.names
        ):
            record.names[:] = [
                name
                for name in record.names
                if not (is_digest(name) and repository(name) == repository(target))
            ]
        if not record.names:
            self._delete(image_id, force=force, quiet=True)

    def _is_single(self, names):
        if len(names) <= 1:
            return len(names) == 1
        tags = [name for name in names if not is_digest(name)]
        digests = {repository(name) for name in names if is_digest(name)}
        if len(tags) > 1:
            return False
        single = tags[0] if tags else names[0]
        return digests == {repository(single)}

    def _refuse(self, image_id, *, references, stopped):
        if self.children(image_id) or self.made_from(image_id, running=True):
            raise ConflictError(image_id)
        if references and self.images[image_id].names:
            raise ConflictError(image_id)
        if stopped and self.made_from(image_id, running=False):
            raise ConflictError(image_id)

    def _delete(self, image_id, *, force, quiet):
        try:
            self._refuse(image_id, references=not force, stopped=not force)
        except ConflictError:
            if quiet:
                return
            raise
        parent = self.images.pop(image_id).parent
        if parent in self.images:
            self._delete(parent, force=False, quiet=True)


class ContainerdStore(Model):
    """Docker with the containerd image store: every tag is a record, digests follow from tags."""

    caps = Caps(
        cascades_to_parents=False,
        parents_hold=False,
        stopped_force_deletes_record=False,
        keeps_content=True,
    )

    def listed(self, image_id):
        image = super().listed(image_id)
        follow = {f"{repository(tag)}@{image_id}" for tag in image.tags}
        return Image(image_id, image.tags, (*image.digests, *sorted(follow)), parent=image.parent)

    def remove(self, target, *, force):
        image_id = self.find(target)
        if image_id is None:
            raise NotThereError(target)
        names = self.images[image_id].names
        by_name = target != image_id
        same = self._same(names, target if by_name else (names[0] if names else None))
        if by_name and len(same) != len(names):
            names[:] = [name for name in names if name not in same]
            return
        if by_name and self.made_from(image_id):
            if not force:
                raise ConflictError(target)
            names.clear()
            return
        if self.made_from(image_id, running=True):
            raise ConflictError(target)
        if not force and (self.made_from(image_id) or len(same) != len(names)):
            raise ConflictError(target)
        if by_name and len(names) == 1 and not force and self.children(image_id):
            names.clear()
            return
        del self.images[image_id]

    def _same(self, names, target):
        """The records that count as the same reference: a last tag takes its digests along."""
        if target is None:
            return []
        kin = [name for name in names if repository(name) == repository(target)]
        if is_digest(target):
            return kin
        others = [name for name in kin if not is_digest(name) and name != target]
        return [target] if others else kin


class Podman(Model):
    """Podman 4: names are tags and digests alike, and force deletes containers."""

    caps = Caps(
        force_deletes_containers=True,
        parents_hold=False,
        untagging_keeps_parents=False,
        digests_are_references=False,
        build_cache=False,
    )

    def listed(self, image_id):
        record = self.images[image_id]
        digests = tuple(sorted({f"{repository(name)}@{image_id}" for name in record.names}))
        return Image(image_id, tuple(record.names), digests, parent=record.parent)

    def remove(self, target, *, force):
        image_id = self.find(target)
        if image_id is None:
            raise NotThereError(target)
        names = self.images[image_id].names
        if len(names) > 1:
            if target == image_id and not force:
                raise ConflictError(target)
            if target != image_id:
                names.remove(target)
                return
        self._delete(image_id, force=force)

    def _delete(self, image_id, *, force):
        if force:
            for container_id in self.made_from(image_id):
                del self.containers[container_id]
        if self.made_from(image_id):
            raise ConflictError(image_id)
        parent = self.images.pop(image_id).parent
        if parent in self.images:
            record = self.images[parent]
            if not record.names and not self.children(parent):
                self._delete(parent, force=force)
