"""Images saved, loaded, pulled and pushed, beside the docker command on the same engine."""

import json
import os
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from statistics import median

from display import display
from figure import Figure, Heading

from live import daemons, docker_registry
from live.daemons import Daemon
from live.docker_registry import DockerRegistry
from live.images import Layer, Sketch

HERE = Path(__file__).parent
PAIRS = 5
MEGABYTE = 1_000_000
LARGE, SMALL, HUGE = 1000, 100, 4000
"""Megabytes of the images that are saved and loaded."""
CARRIED = 200
"""Megabytes of the image that goes to a registry and back, which the engine compresses."""
LAYERS = 60
BLOCK = os.urandom(MEGABYTE)


def measure() -> Iterator[Figure | Heading]:
    with daemons.docker() as daemon, docker_registry.running() as registry:
        bench = Bench(daemon, registry)
        yield Heading(f"An image of {LARGE} MB, saved and loaded")
        yield from bench.archives()
        yield Heading(f"An image of {CARRIED} MB, through a registry of this machine")
        yield from bench.registry()
        yield Heading("Memory and pauses")
        yield from bench.memory()
        with display():
            yield bench.pause()


class Bench:
    """One engine and one registry, and what has been asked of them so far."""

    def __init__(self, daemon: Daemon, registry: DockerRegistry) -> None:
        self._daemon, self._registry = daemon, registry
        self._archive = daemon.folder / "image.tar"
        self._number = 0

    def archives(self) -> Iterator[Figure]:
        self._import("large:1", LARGE)
        ours, theirs, verified = [], [], []
        for _ in range(PAIRS):
            theirs.append(self._docker("save", "--output", self._archive, "large:1"))
            self._archive.unlink()
            run = self._ours("save", "large:1", self._archive)
            ours.append(run["seconds"] - run["verifying"])
            verified.append(run["verifying"])
        yield _ratio("save / docker save", ours, theirs)
        yield Figure("reading it back / saving", median(verified) / median(ours), "", 1)
        ours, theirs = [], []
        for _ in range(PAIRS):
            self._docker("rmi", "large:1")
            theirs.append(self._docker("load", "--input", self._archive))
            self._docker("rmi", "large:1")
            ours.append(self._ours("load", "", self._archive)["seconds"])
        yield _ratio("load / docker load", ours, theirs)
        self._docker("rmi", "large:1")
        self._archive.unlink()

    def registry(self) -> Iterator[Figure]:
        pushes: dict[str, list[float]] = {"ours": [], "theirs": []}
        pulls: dict[str, list[float]] = {"ours": [], "theirs": []}
        for _ in range(PAIRS):
            for who, push, pull in (
                ("theirs", self._docker, self._docker),
                ("ours", self._timed, self._timed),
            ):
                reference = self._fresh(CARRIED)
                pushes[who].append(push("push", reference))
                self._docker("rmi", reference)
                pulls[who].append(pull("pull", reference))
                self._docker("rmi", reference)
        yield _ratio("push / docker push", pushes["ours"], pushes["theirs"])
        yield _ratio("pull / docker pull", pulls["ours"], pulls["theirs"])

    def memory(self) -> Iterator[Figure]:
        """How much more memory the whole way needs, from before its first byte."""
        for megabytes in (SMALL, HUGE):
            self._import("memory:1", megabytes)
            grown = {"save": self._ours("save", "memory:1", self._archive)["grown"]}
            self._docker("rmi", "memory:1")
            grown["load"] = self._ours("load", "", self._archive)["grown"]
            self._archive.unlink()
            reference = self._registry.reference(f"memory{megabytes}:1")
            self._docker("tag", "memory:1", reference)
            grown["push"] = self._ours("push", reference)["grown"]
            self._docker("rmi", "memory:1", reference)
            grown["pull"] = self._ours("pull", reference)["grown"]
            self._docker("rmi", reference)
            for what, more in grown.items():
                yield Figure(f"memory growth: {what} {megabytes} MB", more / MEGABYTE, "MB", 32)

    def pause(self) -> Figure:
        layers = tuple(
            Layer(f"COPY {number} /", {f"{number}": os.urandom(MEGABYTE)})
            for number in range(LAYERS)
        )
        self._registry.add("many:1", Sketch(layers, ("many:1",)))
        found = self._ours("watch", self._registry.reference("many:1"))
        pause = found["gap"] * 1000
        told = f"{found['layers']:.0f} layers in sight; {found['computed'] * 1000:.1f} ms of CPU"
        return Figure(f"longest pause: pull of {LAYERS} layers", pause, "ms", 16, told)

    def _fresh(self, megabytes: int) -> str:
        """An image that the registry has nothing of, under its name there."""
        self._number += 1
        reference = self._registry.reference(f"fresh{self._number}:1")
        self._import(reference, megabytes, salt=os.urandom(16))
        return reference

    def _import(self, reference: str, megabytes: int, salt: bytes = b"") -> None:
        """One layer of noise, which nothing can make smaller."""
        command = [*self._cli(), "import", "-", reference]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as docker:
            assert docker.stdin is not None
            with tarfile.open(fileobj=docker.stdin, mode="w|") as archive:
                for number in range(megabytes // 10 or 1):
                    member = tarfile.TarInfo(f"{number}")
                    member.size = 10 * len(BLOCK)
                    archive.addfile(member, BytesIO((salt + BLOCK * 10)[: member.size]))
            docker.stdin.close()
            assert docker.wait() == 0

    def _cli(self) -> list[str]:
        docker = "/usr/bin/docker" if Path("/usr/bin/docker").exists() else "docker"
        return [docker, "--host", self._daemon.url]

    def _docker(self, *arguments: object) -> float:
        """Seconds of wall time."""
        start = time.perf_counter()
        subprocess.run([*self._cli(), *map(str, arguments)], check=True, capture_output=True)
        return time.perf_counter() - start

    def _timed(self, what: str, reference: str) -> float:
        return self._ours(what, reference)["seconds"]

    def _ours(self, what: str, *arguments: object) -> dict[str, float]:
        """The same by Layerhold's own job, in a process of its own."""
        program = str(HERE / "transfers_run.py")
        command = [sys.executable, program, self._daemon.url, what, *map(str, arguments)]
        environment = os.environ | {"HOME": str(self._daemon.folder), "DOCKER_CONFIG": ""}
        ended = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        )
        if ended.returncode:
            raise SystemExit(f"{command}: {ended.stderr[-3000:]}")
        return dict(json.loads(ended.stdout.splitlines()[-1]))


def _ratio(what: str, ours: list[float], theirs: list[float]) -> Figure:
    mine, other = median(ours), median(theirs)
    return Figure(what, mine / other, "", 1.1, f"{mine:.2f} s / {other:.2f} s")
