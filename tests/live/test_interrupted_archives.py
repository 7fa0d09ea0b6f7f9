"""Saves, loads and imports that are cancelled, killed, or run out of room, at any moment."""

import os
import subprocess
from random import Random

import pytest

from layerhold.domain.cancel import Token
from layerhold.domain.committing import ImportWish
from layerhold.domain.errors import Cancelled, DiskFull, EngineGone
from layerhold.engine.about import Endpoint, Kind
from layerhold.engine.docker.engine import connect
from live import daemons
from live.family import ids, tags
from live.images import Layer, Sketch, write_archive
from live.interrupting import (
    SECONDS_TO_SETTLE,
    assert_no_connection_is_busy,
    cancelled_after,
    killed_after,
)

pytestmark = [pytest.mark.live, pytest.mark.faults]

LAYERS, LAYER_SIZE = 4, 10_000_000
CHUNK = 1 << 18
LONGEST = 1.2
"""Seconds that any of these takes, about."""
LATER = [pytest.param(seed, marks=pytest.mark.thorough) for seed in range(1, 10)]
MOMENTS = [0, *LATER]
ROOM = 130_000_000
"""Bytes on a disk that holds the large image and the work of loading it, but not two of them."""
NAME = "example.com/large:1"


def large(seed):
    random = Random(seed)
    layers = (Layer(f"ADD {n} /", {f"big{n}": random.randbytes(LAYER_SIZE)}) for n in range(LAYERS))
    return Sketch(tuple(layers), (f"example.com/large:{seed}",))


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return write_archive(tmp_path_factory.mktemp("large") / "large.tar", [large(1)])


@pytest.fixture
def engine(any_engine):
    engine = connect(Endpoint("live", any_engine.url, "--host"))
    yield engine
    engine.close()


def chunks(path):
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def silent(_progress):
    pass


@pytest.fixture(params=["save", "load", "import"])
def work(request, engine, any_engine, archive):
    """What takes a second; it gives a number of bytes or an image."""
    if request.param == "save":
        any_engine.load(archive)
        return lambda token: sum(len(block) for block in engine.save([NAME], token))
    if request.param == "load":
        return lambda token: engine.load(chunks(archive), silent, token).ids
    # A docker archive is a folder with some files, as good as any other.
    return lambda token: engine.import_file_system(chunks(archive), ImportWish(NAME), silent, token)


def assert_it_still_works(engine, work):
    assert_no_connection_is_busy(engine)
    known = ids(engine)
    assert work(Token())
    assert ids(engine) >= known
    assert NAME in tags(engine)


@pytest.mark.parametrize("seed", MOMENTS)
def test_it_is_cancelled_at_any_moment(engine, work, seed):
    outcome, settled = cancelled_after(Random(seed).uniform(0, LONGEST), work)

    assert settled < SECONDS_TO_SETTLE
    assert outcome
    assert_it_still_works(engine, work)


@pytest.mark.parametrize("seed", MOMENTS)
def test_its_engine_is_killed_at_any_moment(engine, any_engine, work, seed):
    outcome = killed_after(Random(seed).uniform(0, LONGEST), any_engine, work)

    assert outcome
    assert_it_still_works(engine, work)


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_load_that_is_cancelled_while_it_is_sent_loads_nothing(engine, archive, share):
    token = Token()
    size = archive.stat().st_size

    def sending():
        sent = 0
        for chunk in chunks(archive):
            if sent >= share * (size - CHUNK):
                token.cancel()
            yield chunk
            sent += len(chunk)

    with pytest.raises(Cancelled):
        engine.load(sending(), silent, token)

    assert ids(engine) == set()


def test_an_engine_that_is_killed_while_it_is_sent_to_is_lost(engine, any_engine, archive):
    def sending():
        for number, chunk in enumerate(chunks(archive)):
            if number == 20:
                any_engine.kill()
            yield chunk

    with pytest.raises(EngineGone):
        engine.load(sending(), silent)
    any_engine.start()

    assert ids(engine) == set()


def test_an_engine_that_is_killed_while_it_sends_gives_no_whole_archive(
    engine, any_engine, archive
):
    any_engine.load(archive)
    blocks = engine.save([NAME])
    next(blocks)

    any_engine.kill()

    with pytest.raises(EngineGone):
        list(blocks)
    any_engine.start()
    assert set(tags(engine)) == {NAME}


@pytest.fixture(params=[daemons.docker, daemons.podman], ids=["docker", "podman"])
def cramped(request):
    """An engine whose disk is nearly full with what it is to save."""
    if os.geteuid() != 0:
        pytest.skip("needs root, to mount a small disk")
    with request.param() as daemon:
        daemon.stop()
        place = daemon.folder / "data"
        size = f"size={ROOM}"
        subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", place], check=True)
        daemon.start()
        engine = connect(Endpoint("live", daemon.url, "--host"))
        yield engine
        engine.close()


def until_full(take):
    """What was taken, one after the other, until there was no more room."""
    taken = []
    try:
        for seed in range(10):
            taken = [*taken, take(seed)]
    except DiskFull:
        return taken
    raise AssertionError("There is still room.")


@pytest.mark.thorough
def test_a_disk_that_fills_up_while_loading_is_said_to_be_full(cramped, tmp_path):
    def take(seed):
        path = write_archive(tmp_path / f"{seed}.tar", [large(seed)])
        return cramped.load(chunks(path), silent).ids

    taken = until_full(take)

    assert taken
    assert ids(cramped) == {image_id for (image_id,) in taken}
    if cramped.about.kind is Kind.DOCKER:
        # Podman writes what it saves elsewhere first.
        with pytest.raises(DiskFull):
            list(cramped.save(list(tags(cramped))))


@pytest.mark.thorough
def test_a_disk_that_fills_up_while_importing_is_said_to_be_full(cramped, tmp_path):
    def take(seed):
        path = write_archive(tmp_path / f"{seed}.tar", [large(seed)])
        wish = ImportWish(f"example.com/import:{seed}")
        return cramped.import_file_system(chunks(path), wish, silent)

    taken = until_full(take)

    assert taken
    assert ids(cramped) == set(taken)
