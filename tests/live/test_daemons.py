"""The engines of the live tests are what the other live tests take them for."""

import json
from pathlib import Path

import pytest

from live import daemons
from live.images import Layer, Sketch, busybox, crowd, write_archive
from live.processes import processes_of

pytestmark = pytest.mark.live

BASE = Sketch((Layer("ADD base /", {"base": b"base"}), Layer("ENV A=b")), ("base:1",))
CHILD = Sketch((*BASE.layers, Layer("COPY x /", {"x": b"x"})), ("child:1", "child:2"), parent=BASE)


def ids(daemon):
    return set(daemon.cli("images", "--all", "--quiet", "--no-trunc").split())


def test_sketched_images_arrive_as_sketched(any_engine, tmp_path):
    any_engine.load(write_archive(tmp_path / "two.tar", [BASE, CHILD]))

    assert {f"sha256:{each.removeprefix('sha256:')}" for each in ids(any_engine)} == {
        BASE.id,
        CHILD.id,
    }
    history = any_engine.cli("history", "--format", "{{.CreatedBy}}", "child:2").splitlines()
    assert history == ["COPY x /", "ENV A=b", "ADD base /"]


def test_a_parent_is_known_to_docker(dockerd, tmp_path):
    dockerd.load(write_archive(tmp_path / "two.tar", [BASE, CHILD]))

    assert dockerd.cli("inspect", "--format", "{{.Parent}}", "child:1") == BASE.id


def test_a_container_runs(any_engine, tmp_path):
    image = Sketch((busybox(),), ("box:1",), cmd=("/bin/sleep", "1000"))
    any_engine.load(write_archive(tmp_path / "box.tar", [image]))

    name = any_engine.cli("run", "--detach", "--network", "none", "box:1")

    (found,) = json.loads(any_engine.cli("inspect", name))
    assert found["State"]["Running"]


def test_an_engine_comes_back_with_what_it_had(any_engine, tmp_path):
    any_engine.load(write_archive(tmp_path / "one.tar", [BASE]))
    before = ids(any_engine)

    any_engine.kill()
    any_engine.start()

    assert ids(any_engine) == before


def test_many_images_load_quickly(dockerd, tmp_path):
    sketches = list(crowd(40))
    dockerd.load(write_archive(tmp_path / "many.tar", sketches))

    assert ids(dockerd) == {sketch.id for sketch in sketches}


@pytest.mark.parametrize("kind", [daemons.docker, daemons.podman])
def test_nothing_is_left_when_a_test_fails(kind, tmp_path):
    image = Sketch((busybox(),), ("box:1",), cmd=("/bin/sleep", "1000"))
    archive = write_archive(tmp_path / "box.tar", [image])

    def fail() -> None:
        with kind() as daemon:
            seen.append(daemon.folder)
            daemon.load(archive)
            daemon.cli("run", "--detach", "--network", "none", "box:1")
            daemon.kill()
            raise RuntimeError

    seen: list[Path] = []
    with pytest.raises(RuntimeError):
        fail()

    assert not seen[0].exists()
    assert str(seen[0]) not in Path("/proc/self/mounts").read_text()
    assert not processes_of(seen[0])
