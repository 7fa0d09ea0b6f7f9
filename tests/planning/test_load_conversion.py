"""What is done to archives on their way to engines of different kinds."""

import gzip

import pytest

from archives.layouts import Layout, as_docker_25, write_folder, write_tar, zstd
from layerhold.archives.reading import read
from layerhold.domain.cancel import Token
from layerhold.engine.about import Caps
from layerhold.planning.load_conversion import Conversion, conversions
from layerhold.planning.load_plan import plan_load
from layerhold.planning.load_rows import Spot
from layerhold.planning.load_survey import survey
from layerhold.planning.load_wishes import Wishes
from layerhold.planning.world import World
from live.images import Layer, Sketch, write_archive

DOCKER_20, PODMAN = Caps(loads_zstd=False), Caps(loads_as_localhost=True)
CONTAINERD = Caps(loads_oci=True)
APP = Sketch((Layer("COPY a /", {"a": b"a" * 5000}),), ("app:1", "app:2"))


def done(path, caps, **ticks):
    archive = survey(read(path, Token()), Token())
    planned = plan_load([archive], Wishes(**ticks), World({}, caps=caps), "linux/amd64")
    return set(conversions(planned.archives[0], caps))


@pytest.fixture
def docker(tmp_path):
    return write_archive(tmp_path / "a.tar", [APP])


@pytest.fixture
def layout():
    layout = Layout()
    layout.add(APP, pack=zstd)
    return layout.done()


@pytest.mark.parametrize("caps", [DOCKER_20, PODMAN, CONTAINERD])
def test_a_plain_archive_goes_as_it_is(docker, caps):
    assert done(docker, caps) == set()


def test_a_packed_one_is_decompressed(docker, tmp_path):
    packed = tmp_path / "a.tar.gz"
    packed.write_bytes(gzip.compress(docker.read_bytes()))

    assert done(packed, DOCKER_20) == {Conversion.DECOMPRESSED}


def test_what_is_not_wanted_whole_is_rewritten(docker):
    assert done(docker, DOCKER_20, ticks={Spot(0, 0, 0): False}) == {Conversion.REWRITTEN}
    assert done(docker, DOCKER_20, names={Spot(0, 0, 0): "b:1"}) == {Conversion.REWRITTEN}


def test_nothing_is_done_to_what_is_not_sent(docker):
    assert done(docker, DOCKER_20, ticks={Spot(0, 0): False}) == set()


def test_layouts_are_converted_for_who_cannot_read_them(layout, tmp_path):
    tar, folder = write_tar(tmp_path / "l.tar", layout), write_folder(tmp_path / "l", layout)
    docker = {Conversion.AS_DOCKER_ARCHIVE}

    for path in (tar, folder):
        assert done(path, DOCKER_20) == docker | {Conversion.LAYERS_DECOMPRESSED}
        assert done(path, PODMAN) == docker
    assert done(tar, CONTAINERD) == set()
    assert done(folder, CONTAINERD) == {Conversion.AS_TAR}


def test_what_docker_25_writes_needs_no_conversion(tmp_path):
    assert done(write_tar(tmp_path / "a.tar", as_docker_25(APP)), DOCKER_20) == set()
