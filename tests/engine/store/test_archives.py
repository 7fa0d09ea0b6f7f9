import json

import pytest

from archives.layouts import (
    Layout,
    as_docker_25,
    gzipped,
    packed,
    plain,
    unpacked,
    with_attestation,
    zstd,
)
from engine.store.stores import BASE, CHILD, LONER, SKETCHES, blobs, entries, opened, problems, tags
from layerhold.archives.contents import Form
from layerhold.archives.verifying import verify
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault, ImageDamaged
from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled, ImageNotFound
from layerhold.domain.progress import Phase
from live.images import Layer, Sketch, write_archive

NAMES = {tag: sketch.id for sketch in SKETCHES for tag in sketch.tags}
ARM = Sketch(LONER.layers, ("example.com/loner:1",), architecture="arm64")


def silent(_progress):
    """Nobody looks."""


def pieces(content, size=1000):
    return (content[at : at + size] for at in range(0, len(content), size))


def oci(*sketches, pack=gzipped):
    layout = Layout()
    for sketch in sketches:
        layout.add(sketch, pack)
    return layout


def read_back(store, path, names, platform=""):
    path.write_bytes(b"".join(store.save(names, Token(), platform)))
    return verify(path, Token(), silent)


@pytest.fixture
def old(tmp_path):
    return write_archive(tmp_path / "old.tar", SKETCHES).read_bytes()


def test_a_docker_archive_comes_in(store, old, folder):
    loaded = store.load(pieces(old), silent)

    assert {image.reference: image.id for image in loaded.images} == NAMES
    assert tags(store) == NAMES
    assert problems(folder) == []


@pytest.mark.parametrize("pack", [plain, gzipped, zstd])
def test_what_docker_25_writes_comes_in_with_its_manifests(store, folder, pack):
    files = as_docker_25(Sketch(LONER.layers, ("loner:1",)), pack=pack)
    store.load(pieces(packed(files)), silent)
    told = json.loads(files["index.json"])["manifests"][0]["digest"]

    assert [entry["digest"] for entry in entries(folder)] == [told]
    assert f"blobs/{told.replace(':', '/')}" in files
    assert problems(folder) == []


@pytest.mark.parametrize("pack", [plain, gzipped, zstd])
def test_a_layout_comes_in_byte_for_byte(store, folder, pack):
    files = oci(*SKETCHES, pack=pack).done()
    store.load(pieces(packed(files)), silent)

    assert blobs(folder) == {
        name.removeprefix("blobs/").replace("/", ":") for name in files if name.startswith("blobs/")
    }
    assert tags(store) == NAMES


@pytest.mark.parametrize("pack", [gzipped, zstd])
def test_a_compressed_archive_is_unpacked_on_the_way(store, old, pack):
    store.load(pieces(pack(old)), silent)

    assert tags(store) == NAMES


def test_layers_of_a_docker_archive_may_be_packed(store, old, folder, tmp_path):
    import bz2

    files = unpacked(old)
    packs = (gzipped, bz2.compress, zstd)
    layers = sorted(name for name in files if name.endswith("layer.tar"))
    for name, pack in zip(layers, packs, strict=True):
        files[name] = pack(files[name])
    store.load(pieces(packed(files)), silent)

    assert tags(store) == NAMES
    assert problems(folder) == []
    assert read_back(store, tmp_path / "again.tar", list(NAMES)).images


def test_several_platforms_stay_under_one_name(store, folder, tmp_path):
    layout = Layout()
    manifests = [
        layout.manifest(LONER) | {"platform": {"os": "linux", "architecture": "amd64"}},
        layout.manifest(ARM) | {"platform": {"os": "linux", "architecture": "arm64"}},
    ]
    layout.add_index(
        "docker.io/library/app:1", [*manifests, with_attestation(layout, manifests[0])]
    )
    store.load([packed(layout.done())], silent)
    [image] = store.list_images()

    assert image.tags == ("app:1",)
    assert problems(folder) == []
    whole = read_back(store, tmp_path / "whole.tar", ["app:1"])
    assert {each.platform for each in whole.images} == {"linux/amd64", "linux/arm64"}
    one = read_back(store, tmp_path / "one.tar", ["app:1"], "linux/arm64")
    assert [(each.platform, each.tags) for each in one.images] == [("linux/arm64", ("app:1",))]
    with pytest.raises(ImageNotFound):
        next(store.save(["app:1"], Token(), "linux/s390x"))
    store.remove("app:1")
    assert blobs(folder) == set()


def test_the_platform_of_this_machine_is_the_one_shown(store):
    layout = Layout()
    here = store.about.platform.removeprefix("linux/")
    there = "arm64" if here == "amd64" else "amd64"
    for_here = Sketch(LONER.layers, architecture=here)
    for_there = Sketch(LONER.layers, architecture=there)
    manifests = [
        layout.manifest(each) | {"platform": {"os": "linux", "architecture": each.architecture}}
        for each in (for_there, for_here)
    ]
    layout.add_index("app:1", manifests)
    store.load([packed(layout.done())], silent)

    assert [image.id for image in store.list_images()] == [for_here.id]


def test_what_is_saved_is_a_docker_archive_and_a_layout_in_one(store, old, tmp_path):
    store.load([old], silent)
    contents = read_back(store, tmp_path / "saved.tar", list(NAMES))

    assert contents.form is Form.DOCKER_AND_OCI
    assert not contents.is_ambiguous
    assert {tag: image.id for image in contents.images for tag in image.tags} == NAMES


def test_an_image_without_a_name_is_saved_by_its_id(store, old, tmp_path):
    store.load([old], silent)
    [image] = read_back(store, tmp_path / "saved.tar", [BASE.id]).images

    assert (image.id, image.tags) == (BASE.id, ())


def test_what_was_saved_can_be_loaded_into_another_store(store, old, tmp_path):
    store.load([old], silent)
    other = opened(tmp_path / "other")
    other.load(store.save(list(NAMES), Token()), silent)

    assert tags(other) == NAMES
    assert blobs(tmp_path / "other") == blobs(tmp_path / "images")


def test_a_tag_that_comes_with_an_archive_leaves_whoever_had_it(store, old):
    store.load([old], silent)
    store.tag(BASE.id, LONER.tags[0])
    store.load([old], silent)

    assert tags(store) == NAMES


def test_loading_again_adds_nothing(store, old, folder):
    store.load([old], silent)
    before = blobs(folder), entries(folder)
    store.load([old], silent)

    assert (blobs(folder), sorted(map(str, entries(folder)))) == (
        before[0],
        sorted(map(str, before[1])),
    )


def test_images_without_names_come_in_too(store):
    nameless = Sketch(LONER.layers)
    loaded = store.load([packed(oci(nameless).done())], silent)

    assert [(image.id, image.reference) for image in loaded.images] == [(nameless.id, "")]
    assert [image.dangling for image in store.list_images()] == [True]


def test_progress_is_told_until_everything_is_in(store, old):
    told = []
    store.load(pieces(old), told.append)

    assert {each.phase for each in told} == {Phase.IMPORTING}
    amounts = [each.done for each in told]
    assert amounts == sorted(amounts)
    assert amounts[-1] > 0


def damaged(content, what, by):
    assert what in content
    return content.replace(what, by, 1)


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda old: old[: len(old) // 2], ArchiveFault.TRUNCATED),
        (lambda _old: b"", ArchiveFault.EMPTY),
        (lambda _old: b"no archive at all" * 100, ArchiveFault.NOT_AN_ARCHIVE),
        (lambda old: damaged(old, b"x" * 100, b"y" * 100), ArchiveFault.WRONG_DIGEST),
        (lambda old: b"PK\x03\x04" + old, ArchiveFault.UNSUPPORTED_COMPRESSION),
    ],
)
def test_a_bad_archive_leaves_nothing(store, old, folder, spoil, fault):
    with pytest.raises(ArchiveFailure) as refused:
        store.load(pieces(spoil(old)), silent)

    assert refused.value.fault is fault
    assert refused.value.path == ""
    assert store.list_images() == ()
    assert list(folder.glob(".layerhold/partial/*")) == []
    assert list(folder.glob(".layerhold/leases/*")) == []


def test_a_cancelled_load_leaves_no_image(store, old, folder):
    token = Token()

    def cut():
        yield old[:20_000]
        token.cancel()
        yield old[20_000:]

    with pytest.raises(Cancelled):
        store.load(cut(), silent, token)

    assert store.list_images() == ()
    assert list(folder.glob(".layerhold/partial/*")) == []


def test_a_part_that_has_gone_missing_is_told_before_a_save(store, old, folder):
    store.load([old], silent)
    (folder / "blobs" / LONER.layers[0].diff_id.replace(":", "/")).unlink()

    with pytest.raises(ImageDamaged) as refused:
        next(store.save([LONER.tags[0]], Token()))
    assert refused.value.subject == LONER.tags[0]


def test_one_layer_of_many_images_is_stored_once(store, folder, tmp_path):
    shared = Layer("ADD shared /", {"shared": b"shared" * 1000})
    sketches = [Sketch((shared, Layer(f"ENV N={number}")), (f"n:{number}",)) for number in range(9)]
    store.load([write_archive(tmp_path / "n.tar", sketches).read_bytes()], silent)

    layers = [name for name in blobs(folder) if name == shared.diff_id]
    assert len(layers) == 1
    assert len(store.list_images()) == 9
    assert CHILD.id not in tags(store).values()
