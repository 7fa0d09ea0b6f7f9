"""A program that is killed while it changes the store: what was there stays, and all is sound."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from engine.store.changing_forever import COMING
from engine.store.stores import LONER, blobs, opened, problems, tags
from layerhold.domain.cancel import Token
from layerhold.domain.transfers import PullWish
from live import docker_registry
from live.images import Layer, Sketch, write_archive

pytestmark = pytest.mark.faults

HERE = Path(__file__).parent
LONGEST = 0.4
"""Seconds; a turn of all the work takes less."""
MOMENTS = [0, 1, *(pytest.param(seed, marks=pytest.mark.thorough) for seed in range(2, 22))]


def sketch(seed, size=2_000_000):
    random = Random(seed)
    layers = (Layer(f"ADD {n} /", {f"big{n}": random.randbytes(size)}) for n in range(3))
    return Sketch(tuple(layers), (COMING,))


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return write_archive(tmp_path_factory.mktemp("coming") / "coming.tar", [sketch(1)])


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "images"
    loner = write_archive(tmp_path / "loner.tar", [LONER]).read_bytes()
    opened(folder).load([loner], lambda _: None)
    return folder


def kill_at(seed, folder, archive, *words):
    """Let another process change the store, and end it at a moment that nobody chose."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, HERE / "changing_forever.py", folder, archive, *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout.readline() == b"ready\n"
        with suppress(subprocess.TimeoutExpired):
            process.wait(Random(seed).uniform(0, LONGEST))
        assert process.poll() is None
        process.kill()


def check(folder):
    """What was there is there, everything in the index is whole, and the dead are no burden."""
    store = opened(folder)
    assert tags(store)[LONER.tags[0]] == LONER.id
    assert problems(folder) == []
    assert b"".join(store.save([LONER.tags[0]], Token()))
    return store


@pytest.mark.parametrize("seed", MOMENTS)
def test_loading_tagging_and_removing(folder, archive, seed):
    kill_at(seed, folder, archive, "load", "tag", "tag", "remove")
    store = check(folder)

    store.load([archive.read_bytes()], lambda _: None)
    for image in store.list_images():
        store.remove(image.id, force=True)
    os.utime(folder / ".layerhold/swept", (0, 0))
    store.load([archive.read_bytes()], lambda _: None)
    store.remove(COMING)
    assert list(folder.glob(".layerhold/leases/*")) == []
    assert list(folder.glob(".layerhold/partial/*")) == []


@pytest.fixture(scope="module")
def registry():
    with docker_registry.running() as registry:
        yield registry


@pytest.mark.live
@pytest.mark.parametrize("seed", MOMENTS)
def test_pulling(folder, archive, registry, seed):
    registry.add("coming:1", sketch(2, 6_000_000))
    name = registry.reference("coming:1")
    kill_at(seed, folder, archive, name)
    store = check(folder)

    left = {path.name: path.stat().st_size for path in folder.glob(".layerhold/partial/sha256-*")}
    missing = {digest.replace(":", "-") for digest in blobs(folder)}
    pulled = store.pull(PullWish(name), None, lambda _: None)
    assert pulled.images[0].image_id == sketch(2, 6_000_000).id
    assert problems(folder) == []
    assert not missing & left.keys()
    assert list(folder.glob(".layerhold/partial/*")) == []
