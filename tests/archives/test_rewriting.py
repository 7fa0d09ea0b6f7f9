"""What an engine is sent: what was chosen and nothing else, in a form that it can read."""

import io
import json
import os
import tarfile
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archives.layouts import (
    FULL_NAME,
    REF_NAME,
    Layout,
    as_docker_25,
    digest,
    gzipped,
    packed,
    plain,
    unpacked,
    with_attestation,
    write_folder,
    write_tar,
    zstd,
)
from layerhold.archives.choosing import Receiver, everything
from layerhold.archives.compression import Compression
from layerhold.archives.contents import Form
from layerhold.archives.reading import read
from layerhold.archives.rewriting import rewrite
from layerhold.archives.verifying import verify
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled
from live.images import Layer, Sketch, write_archive

BASE = Layer("ADD base /", {"base": b"base" * 500})
TOP = Layer("COPY top /", {"top": b"top" * 100})
ONE = Sketch((BASE, TOP), ("one:1", "example.com/one:1"))
TWO = Sketch((BASE,), ("two:1",), cmd=("two",))
BARE = Sketch((TOP,), cmd=("bare",))
NAMED = Sketch(BARE.layers, ("bare:1",), cmd=BARE.cmd)
ARM = Sketch((TOP,), ("arm:1",), cmd=("arm",))
SKETCHES = {sketch.id: sketch for sketch in (ONE, TWO, BARE)}
GRAPH_DRIVER = Receiver()
CONTAINERD = Receiver(reads_oci=True, layers=frozenset(Compression))


def contents(path):
    return read(path, Token())


def sent(found, choice, receiver=GRAPH_DRIVER):
    """The tar that goes out, which is as long as was said."""
    made = rewrite(found, choice, receiver, Token())
    whole = b"".join(made.chunks)
    assert len(whole) == made.size
    return whole


def reread(tmp_path, whole):
    (tmp_path / "sent.tar").write_bytes(whole)
    return verify(tmp_path / "sent.tar", Token(), lambda _: None)


def oci(*sketches, pack=gzipped):
    made = Layout()
    for sketch in sketches:
        made.add(sketch, pack)
    return made.done()


def docker(folder):
    return unpacked(write_archive(folder / "x", SKETCHES.values()).read_bytes())


SOURCES = {
    "docker archive": lambda folder: write_tar(folder / "a", docker(folder)),
    "layout": lambda folder: write_tar(folder / "a", oci(*SKETCHES.values())),
    "layout with zstd": lambda folder: write_tar(folder / "a", oci(*SKETCHES.values(), pack=zstd)),
    "folder": lambda folder: write_folder(folder / "a", oci(*SKETCHES.values(), pack=plain)),
    "both": lambda folder: write_tar(
        folder / "a", as_docker_25(ONE, TWO, Sketch(BARE.layers, ("bare:1",), cmd=BARE.cmd))
    ),
}


@pytest.mark.parametrize("receiver", [GRAPH_DRIVER, CONTAINERD], ids=["graph driver", "containerd"])
@pytest.mark.parametrize("source", SOURCES)
def test_any_choice_arrives_as_it_was_made(tmp_path, source, receiver):
    found = contents(SOURCES[source](tmp_path))
    keys = {image.key: image.id for image in found.images}
    names = st.lists(st.sampled_from(["new:1", "new:2", "ex.org/a/b:c"]), max_size=2, unique=True)

    @settings(max_examples=25)
    @given(st.sets(st.sampled_from(sorted(keys)), min_size=1), names)
    def choose(chosen, tags):
        first = min(chosen)
        choice = {key: tuple(tags) if key == first else () for key in chosen}

        there = reread(tmp_path, sent(found, choice, receiver))

        assert {image.id for image in there.images} == {keys[key] for key in chosen}
        (named,) = (image for image in there.images if image.id == keys[first])
        assert {tag.removeprefix("docker.io/library/") for tag in named.tags} == set(tags)

    choose()


@pytest.mark.parametrize("pack", [gzipped, zstd])
def test_a_compressed_source_gives_the_same_bytes(tmp_path, pack):
    plain_one = write_archive(tmp_path / "a.tar", SKETCHES.values())
    (tmp_path / "packed").write_bytes(pack(plain_one.read_bytes()))
    first, second = contents(plain_one), contents(tmp_path / "packed")
    choice = {ONE.id: ("new:1",), BARE.id: ()}

    assert sent(first, choice) == sent(second, choice)
    assert sent(second, everything(second)) == plain_one.read_bytes()


def test_what_is_not_chosen_is_not_sent(tmp_path):
    found = contents(write_archive(tmp_path / "a.tar", SKETCHES.values()))

    names = unpacked(sent(found, {TWO.id: ("x:1",)})).keys()

    assert names == {
        f"{TWO.id.removeprefix('sha256:')}.json",
        f"{BASE.diff_id.removeprefix('sha256:')}/layer.tar",
        "manifest.json",
    }


def test_the_list_of_images_comes_last(tmp_path):
    found = contents(write_archive(tmp_path / "a.tar", SKETCHES.values()))
    whole = sent(found, {ONE.id: ("x:1",)})
    with tarfile.open(fileobj=io.BytesIO(whole)) as archive:
        assert archive.getnames()[-1] == "manifest.json"


@pytest.mark.parametrize("source", ["docker archive", "both"])
def test_an_archive_that_says_what_was_chosen_is_passed_as_it_is(tmp_path, source):
    path = SOURCES[source](tmp_path)
    found = contents(path)
    made = rewrite(found, everything(found), GRAPH_DRIVER, Token())
    assert made.is_untouched
    assert b"".join(made.chunks) == path.read_bytes()


def test_a_layout_is_passed_to_who_can_read_it(tmp_path):
    found = contents(SOURCES["layout"](tmp_path))
    assert rewrite(found, everything(found), CONTAINERD, Token()).is_untouched
    assert not rewrite(found, everything(found), GRAPH_DRIVER, Token()).is_untouched


def test_layers_that_the_engine_cannot_unpack_are_unpacked(tmp_path):
    found = contents(write_tar(tmp_path / "a", as_docker_25(TWO, pack=zstd)))

    files = unpacked(sent(found, everything(found)))

    assert files[f"{BASE.diff_id.removeprefix('sha256:')}/layer.tar"] == BASE.content


def test_what_could_be_read_in_two_ways_is_rewritten(tmp_path):
    twice = packed({"manifest.json": b"[]"})[:1024]
    (tmp_path / "a").write_bytes(twice + write_archive(tmp_path / "x", [ONE]).read_bytes())
    found = contents(tmp_path / "a")
    assert found.is_ambiguous

    whole = sent(found, everything(found))

    with tarfile.open(fileobj=io.BytesIO(whole)) as archive:
        assert archive.getnames().count("manifest.json") == 1
    assert reread(tmp_path, whole).images[0].tags == ONE.tags


def test_a_parent_stays_with_its_child_only(tmp_path):
    child = Sketch((BASE, TOP), ("child:1",), parent=TWO)
    found = contents(write_archive(tmp_path / "a.tar", [TWO, child]))
    for choice, parents in (
        ({child.id: ("x:1",)}, {None}),
        ({child.id: ("x:1",), TWO.id: ()}, {None, TWO.id}),
    ):
        listed = json.loads(unpacked(sent(found, choice))["manifest.json"])
        assert {entry.get("Parent") for entry in listed} == parents


def test_an_image_that_lacks_a_layer_is_not_sent(tmp_path):
    files = docker(tmp_path)
    del files[f"{TOP.diff_id.removeprefix('sha256:')}/layer.tar"]
    found = contents(write_tar(tmp_path / "a", files))

    assert everything(found) == {TWO.id: TWO.tags}
    assert reread(tmp_path, sent(found, everything(found))).images[0].id == TWO.id
    with pytest.raises(ArchiveFailure) as caught:
        rewrite(found, {ONE.id: ()}, GRAPH_DRIVER, Token())
    assert caught.value.fault is ArchiveFault.MISSING_PART


def test_choices_that_make_no_sense_are_mistakes_of_the_caller(tmp_path):
    found = contents(write_archive(tmp_path / "a.tar", SKETCHES.values()))
    with pytest.raises(ValueError, match="key"):
        rewrite(found, {"nosuch": ()}, GRAPH_DRIVER, Token())
    with pytest.raises(ValueError, match="two images"):
        rewrite(found, {ONE.id: ("a:1",), TWO.id: ("a:1",)}, GRAPH_DRIVER, Token())


@pytest.fixture
def platforms(tmp_path):
    """Two platforms with an attestation, and a third that is not included."""
    layout = Layout()
    here = layout.manifest(ONE) | {"platform": {"os": "linux", "architecture": "amd64"}}
    arm = layout.manifest(ARM) | {"platform": {"os": "linux", "architecture": "arm64"}}
    gone = arm | {"digest": digest(b"gone")}
    listed = [here, arm, gone, with_attestation(layout, here)]
    index = layout.add_index("docker.io/library/many:1", listed)
    path = write_tar(tmp_path / "many.tar", layout.done())
    return contents(path), index, here["digest"], arm["digest"], set(layout.files)


def descriptors(whole):
    return json.loads(unpacked(whole)["index.json"])["manifests"]


def test_all_platforms_keep_the_digest_of_their_list(platforms):
    found, index, here, arm, blobs = platforms
    whole = sent(found, {here: ("new:1",), arm: ("new:1",)}, CONTAINERD)

    (entry,) = descriptors(whole)

    assert entry == index | {
        "annotations": dict.fromkeys((FULL_NAME, REF_NAME), "docker.io/library/new:1")
    }
    assert unpacked(whole).keys() == blobs | {"index.json"}


def test_one_platform_goes_by_itself(tmp_path, platforms):
    found, _, _, arm, _ = platforms
    whole = sent(found, {arm: ("new:1", "new:2")}, CONTAINERD)

    assert {entry["digest"] for entry in descriptors(whole)} == {arm}
    (image,) = reread(tmp_path, whole).images
    assert image.tags == ("docker.io/library/new:1", "docker.io/library/new:2")


def test_some_platforms_get_a_list_of_their_own(tmp_path):
    layout = Layout()
    three = [layout.manifest(Sketch((BASE,), cmd=(name,))) for name in "abc"]
    layout.add_index("docker.io/library/many:1", three)
    found = contents(write_tar(tmp_path / "many.tar", layout.done()))
    choice = {each["digest"]: ("new:1",) for each in three[:2]}

    there = reread(tmp_path, sent(found, choice, CONTAINERD))

    assert [image.key for image in there.images] == list(choice)
    (index,) = there.indexes
    assert all(image.manifest.index == index.manifest.digest for image in there.images)
    assert all(image.tags == ("docker.io/library/new:1",) for image in there.images)


def test_a_platform_for_a_graph_driver(tmp_path, platforms):
    found, _, here, _, _ = platforms
    there = reread(tmp_path, sent(found, {here: ("new:1",)}))
    assert there.form is Form.DOCKER
    assert there.images[0].id == ONE.id


@pytest.mark.parametrize("source", ["docker archive", "layout", "folder"])
def test_an_archive_that_changed_since_it_was_read_is_not_sent(tmp_path, source):
    path = SOURCES[source](tmp_path)
    found = contents(path)
    image = next(image for image in found.images if image.id == TWO.id)
    target = path / image.layers[0].part.name if path.is_dir() else path
    target.write_bytes(target.read_bytes() + b"more")

    with pytest.raises(ArchiveFailure) as caught:
        sent(found, {image.key: ("new:1",)})

    assert caught.value.fault is ArchiveFault.CHANGED


def test_sending_ends_when_cancelled(tmp_path):
    token = Token()
    found = contents(write_archive(tmp_path / "a.tar", SKETCHES.values()))
    chunks = rewrite(found, {ONE.id: ("x:1",)}, GRAPH_DRIVER, token).chunks
    next(chunks)
    token.cancel()
    with pytest.raises(Cancelled):
        list(chunks)


def test_memory_does_not_grow_with_the_archive(tmp_path):
    large = Layer("large", {"large": os.urandom(1 << 20) * 64})
    path = write_archive(tmp_path / "a.tar", [Sketch((large,), ("a:1",))])
    tracemalloc.start()
    found = contents(path)
    for _ in rewrite(found, {found.images[0].key: ("b:1",)}, GRAPH_DRIVER, Token()).chunks:
        pass
    verify(path, Token(), lambda _: None)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 << 20
