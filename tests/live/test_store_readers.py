"""What other programs make of a store of ours and of its archives, and we of theirs."""

import json
import subprocess
from tempfile import TemporaryDirectory

import pytest

from engine.store.stores import opened, tags
from layerhold.archives.documents import REF_NAME
from layerhold.domain.cancel import Token
from layerhold.engine.about import Endpoint
from layerhold.engine.docker.engine import connect
from live.family import BASE, CHILD, LONER, SKETCHES
from live.images import write_archive
from needs import need

pytestmark = pytest.mark.live

ODD = "a__b:1-"
ENGINES_OWN = {"GraphDriver", "VirtualSize", "Container", "ContainerConfig", "Parent"}
"""What only an engine that unpacks or builds images can tell, or what newer ones tell no more."""


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "images"


@pytest.fixture
def store(folder, tmp_path):
    store = opened(folder)
    archive = write_archive(tmp_path / "family.tar", SKETCHES)
    store.load([archive.read_bytes()], lambda _: None)
    return store


def written_name(folder, name):
    index = json.loads((folder / "index.json").read_bytes())
    for entry in index["manifests"]:
        told = entry.get("annotations", {})
        if name in {told.get("io.layerhold.reference"), told.get(REF_NAME)}:
            return told[REF_NAME]
    raise AssertionError(name)


def run(*command):
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


def read_by_skopeo(place):
    return json.loads(run(need("skopeo"), "inspect", "--config", place))


def read_by_containers(tool):
    def read(place):
        # Podman takes no longer paths than fifty letters.
        with TemporaryDirectory(prefix="lh", dir="/tmp") as folder:
            storage = [f"--root={folder}/root", f"--runroot={folder}/run", "--storage-driver=vfs"]
            image = run(need(tool), *storage, "pull", "--quiet", place).splitlines()[-1]
            told = json.loads(run(need(tool), *storage, "inspect", "--type=image", image))
        told = told[0] if isinstance(told, list) else told["OCIv1"]
        return {"rootfs": {"diff_ids": told.get("RootFS", {}).get("Layers")}} | told

    return read


READERS = {
    "skopeo": read_by_skopeo,
    "podman": read_by_containers("podman"),
    "buildah": read_by_containers("buildah"),
}


@pytest.mark.parametrize("reader", READERS)
def test_every_name_is_found_by_other_programs(store, folder, reader):
    store.tag(LONER.id, ODD)
    for name, sketch in ((CHILD.tags[1], CHILD), (f"docker.io/library/{ODD}", LONER)):
        place = f"oci:{folder}:{written_name(folder, name)}"
        told = READERS[reader](place)
        expected = [layer.diff_id for layer in sketch.layers if layer.files]
        assert told["rootfs"]["diff_ids"] == expected


def test_podman_may_write_into_a_store_too(store, folder, podman_service, tmp_path):
    podman_service.load(write_archive(tmp_path / "one.tar", [BASE]))
    podman_service.cli("push", "--quiet", BASE.tags[0], f"oci:{folder}:localhost/pushed:1")

    assert "localhost/pushed:1" in tags(store)
    assert store.steps("localhost/pushed:1")
    assert tags(store)[CHILD.tags[0]] == CHILD.id


def test_archives_of_a_store_are_loaded_by_engines(store, any_engine, tmp_path):
    saved = tmp_path / "saved.tar"
    saved.write_bytes(b"".join(store.save([*CHILD.tags, LONER.tags[0]], Token())))
    any_engine.load(saved)
    engine = connect(Endpoint("live", any_engine.url, "--host"))

    assert tags(engine) == {
        CHILD.tags[0]: CHILD.id,
        CHILD.tags[1]: CHILD.id,
        LONER.tags[0]: LONER.id,
    }
    engine.close()


@pytest.mark.parametrize("place", ["docker-archive:{path}:{name}", "oci-archive:{path}:{name}"])
def test_archives_of_a_store_are_read_in_both_forms(store, tmp_path, place):
    saved = tmp_path / "saved.tar"
    saved.write_bytes(b"".join(store.save([CHILD.tags[0], BASE.tags[0]], Token())))
    told = read_by_skopeo(place.format(path=saved, name=CHILD.tags[0]))

    assert len(told["rootfs"]["diff_ids"]) == 2


def test_what_an_engine_saves_is_the_same_image_here(any_engine, tmp_path):
    any_engine.load(write_archive(tmp_path / "one.tar", [BASE, LONER]))
    engine = connect(Endpoint("live", any_engine.url, "--host"))
    other = opened(tmp_path / "other")
    other.load(engine.save([BASE.tags[0], LONER.tags[0]]), lambda _: None)

    assert tags(other) == tags(engine) == {BASE.tags[0]: BASE.id, LONER.tags[0]: LONER.id}
    engine.close()


def test_an_image_is_inspected_as_dockerd_shows_it(store, dockerd, tmp_path):
    dockerd.load(write_archive(tmp_path / "all.tar", SKETCHES))
    engine = connect(Endpoint("live", dockerd.url, "--host"))
    for sketch in SKETCHES:
        theirs, ours = (json.loads(it.inspect(sketch.id)) for it in (engine, store))
        assert theirs.keys() - ours.keys() == ENGINES_OWN - {"Parent"}
        assert ours.keys() - theirs.keys() == {"Descriptor"}
        for key in theirs.keys() & ours.keys() - ENGINES_OWN - {"Size", "Metadata"}:
            assert ours[key] == theirs[key], key
    engine.close()
