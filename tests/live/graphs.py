"""Random graphs of images, tags, digests and containers, which an engine takes in in seconds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

from live.daemons import Daemon
from live.images import Layer, Sketch, busybox, write_archive
from live.registry import Registry

NEAR = 8
"""How far back an image looks for what it is built on; this makes chains and not only bushes."""
CONTAINERS = 8
BUILDS = 5
STATES = ("created", "created", "exited", "running", "running", "paused")
REPOSITORIES = ("example.com/app", "example.com/web", "127.0.0.1:5000/team/db")


@dataclass(frozen=True)
class Graph:
    """What an engine is to hold; equal seeds make equal graphs."""

    sketches: tuple[Sketch, ...]
    pulled: tuple[Sketch, ...]
    """Known by the digest of another repository too, or by nothing else."""
    containers: tuple[tuple[Sketch, str], ...]
    """What each was made from, and its state."""

    def build(self, daemon: Daemon, registry: Registry, folder: Path) -> None:
        """Give the engine whatever it lacks of the images, and the containers."""
        self.restore(daemon, registry, folder)
        for number, (sketch, state) in enumerate(self.containers):
            _start(daemon, f"c{number}", sketch, state)

    def restore(self, daemon: Daemon, registry: Registry, folder: Path) -> None:
        """Give the engine whatever it lacks of the images."""
        archive = folder / "graph.tar"
        daemon.load(archive if archive.exists() else write_archive(archive, self.sketches))
        for sketch in self.pulled:
            daemon.pull(f"{registry.host}/pulled@{registry.add(sketch)}")


def graph(seed: int, count: int, states: tuple[str, ...] = STATES) -> Graph:
    """So many images, their containers in these states."""
    random = Random(seed)
    sketches = list(_sketches(random, count))
    used = random.sample(sketches, min(CONTAINERS, count))
    untagged = [sketch for sketch in sketches if not sketch.tags]
    pulled = random.sample(untagged, min(3, len(untagged))) + random.sample(sketches, 2)
    return Graph(
        tuple(sketches),
        tuple(pulled),
        tuple((sketch, states[number % len(states)]) for number, sketch in enumerate(used)),
    )


def _sketches(random: Random, count: int) -> Iterator[Sketch]:
    root = replace(busybox(), created="2024-01-01T10:00:00Z")
    known = [Sketch((root,), ("example.com/root:1",), cmd=("/bin/sleep", "1000"))]
    yield known[0]
    for number in range(1, count):
        sketch = _child(random, random.choice(known[-NEAR:]), number)
        known.append(sketch)
        yield sketch


def _child(random: Random, base: Sketch, number: int) -> Sketch:
    created = f"2024-{1 + number % 12:02}-{1 + number % 28:02}T10:00:00Z"
    # Docker wants a child to be a single step ahead of its parent.
    parent = base if random.random() < 0.75 else None
    steps = [_step(random, number) for _ in range(1 if parent else random.randint(1, 3))]
    labels = {"number": str(number), "tier": random.choice(["web", "db"])}
    return replace(
        base,
        layers=(*base.layers, *(replace(step, created=created) for step in steps)),
        tags=tuple(_tags(random, number)),
        labels=labels | random.choice([{}, {}, {"keep": "yes"}]),
        created=created,
        parent=parent,
    )


def _tags(random: Random, number: int) -> Iterator[str]:
    for tag in range(random.choice([0, 0, 1, 1, 1, 2, 3])):
        yield f"{random.choice(REPOSITORIES)}:{number}.{tag}"


def _step(random: Random, number: int) -> Layer:
    return random.choice([Layer(f"LABEL number={number}"), _layer(random.randrange(40))])


@cache
def _layer(number: int) -> Layer:
    content = Random(number).randbytes(1000 * (number + 1))
    return Layer(f"COPY file{number} /srv", {f"srv/file{number}": content})


def build_classic(daemon: Daemon, seed: int, bases: Sequence[str], folder: Path) -> None:
    """Build a few images step by step, as `docker build` did before BuildKit."""
    random = Random(seed)
    for number in range(BUILDS):
        steps = [f"COPY file /built{number % 2}"]
        steps += random.choices([f"LABEL built={number}", f"COPY file /own{number}"], k=2)
        text = "\n".join((f"FROM {random.choice(bases[:2])}", *steps))
        (folder / "Dockerfile").write_text(text)
        (folder / "file").write_bytes(b"x" * 5000)
        daemon.build(f"example.com/built:{number}", folder)


def _start(daemon: Daemon, name: str, sketch: Sketch, state: str) -> None:
    options = ("--network", "none", "--stop-signal", "KILL", "--name", name)
    daemon.cli("create", *options, sketch.id)
    if state != "created":
        daemon.cli("start", name)
    if state == "exited":
        daemon.cli("kill", name)
    if state == "paused":
        daemon.cli("pause", name)
