"""Stores that somebody made to do harm, and what other programs leave in them."""

import json
import os

import pytest

from archives.layouts import MANIFEST, REF_NAME, Layout, digest, write_folder
from engine.store.stores import BASE, LONER, opened, tags
from layerhold.archives.limits import LARGEST_DOCUMENT
from layerhold.domain.archive_errors import ArchiveFailure, ImageDamaged
from layerhold.domain.cancel import Token
from layerhold.domain.errors import EngineUnreachable
from layerhold.domain.store_errors import StoreFailure, StoreFault
from layerhold.engine.about import Endpoint
from layerhold.engine.store.engine import connect
from live.images import write_archive

UP = "sha256:../../../../secret"


def with_index(folder, index):
    content = index if isinstance(index, bytes) else json.dumps(index).encode()
    files = {"oci-layout": b'{"imageLayoutVersion":"1.0.0"}', "index.json": content}
    return write_folder(folder, files)


@pytest.mark.parametrize(
    ("index", "fault"),
    [
        (b"", StoreFault.DAMAGED),
        (b"[]", StoreFault.DAMAGED),
        (b"[" * 100_000, StoreFault.DAMAGED),
        (b'{"manifests":' + b"[" * 100_000, StoreFault.DAMAGED),
        (b'{"manifests":5}', StoreFault.DAMAGED),
        (b'{"manifests":[' + b",".join([b"{}"] * 60_000) + b"]}", StoreFault.TOO_LARGE),
        (b'{"manifests":[' + b",".join([b"{}"] * 1_000_000) + b"]}", StoreFault.DAMAGED),
        (b" " * (LARGEST_DOCUMENT + 1), StoreFault.TOO_LARGE),
        (b"\xff\xfe", StoreFault.DAMAGED),
    ],
    ids=lambda each: str(each[:20]) if isinstance(each, bytes) else each.name,
)
def test_an_index_that_cannot_be_read_is_refused(folder, index, fault):
    with pytest.raises(StoreFailure) as refused:
        opened(with_index(folder, index))

    assert refused.value.fault is fault


@pytest.mark.parametrize(
    "entry",
    [
        {},
        None,
        "text",
        [],
        {"digest": UP, "size": 5, "mediaType": MANIFEST},
        {"digest": "sha256:" + 64 * "0", "size": -5, "mediaType": 7},
        {"digest": 5, "annotations": []},
        {"digest": "sha256:" + 64 * "0", "annotations": {REF_NAME: {"a": 1}}},
    ],
    ids=str,
)
def test_an_odd_entry_is_told_and_can_be_removed(folder, entry):
    store = opened(with_index(folder, {"manifests": [entry]}))
    [image] = store.list_images()

    for ask in (store.inspect, store.steps, store.anatomy):
        with pytest.raises(ImageDamaged):
            ask(image.id)
    with pytest.raises(ImageDamaged):
        next(store.save([image.id], Token()))
    with pytest.raises(ImageDamaged):
        store.tag(image.id, "example.com/named:1")
    assert store.remove(image.id).deleted == (image.id,)
    assert store.list_images() == ()


def test_odd_entries_are_removed_one_by_one(folder):
    store = opened(with_index(folder, {"manifests": [5, "text", {"digest": "no"}, 5]}))
    first = store.list_images()[0]

    assert len(store.list_images()) == 3
    store.remove(first.id)
    assert len(store.list_images()) == 2


def layout_with(manifest, config=b"{}"):
    layout = Layout()
    layout.blob(config, "x")
    content = manifest if isinstance(manifest, bytes) else json.dumps(manifest).encode()
    entry = layout.blob(content, MANIFEST)
    layout.entries.append(entry | {"annotations": {REF_NAME: "example.com/bad:1"}})
    layout.add(LONER)
    return layout


CONFIG = {
    "mediaType": "application/vnd.oci.image.config.v1+json",
    "digest": digest(b"{}"),
    "size": 2,
}


@pytest.mark.parametrize(
    "manifest",
    [
        b"{",
        b"[" * 50_000,
        {"config": CONFIG | {"digest": UP}, "layers": []},
        {"config": CONFIG, "layers": [{"digest": UP, "size": 5}]},
        {"config": CONFIG, "layers": [{"digest": digest(b"none"), "size": 1 << 70}]},
        {"config": CONFIG, "layers": [CONFIG] * 5_000},
        {"manifests": [{"digest": UP}]},
        {"manifests": [{"digest": digest(b"none"), "size": 1}]},
        {"config": CONFIG | {"mediaType": "application/vnd.cncf.helm.config.v1+json"}},
        {"layers": "text"},
        {},
    ],
    ids=lambda each: str(each)[:60],
)
def test_a_bad_manifest_hides_no_other_image(folder, manifest):
    store = opened(write_folder(folder, layout_with(manifest).done()))
    [bad] = [image for image in store.list_images() if image.tags == ("example.com/bad:1",)]

    assert tags(store)["example.com/loner:1"] == LONER.id
    with pytest.raises(ImageDamaged):
        store.inspect(bad.id)
    store.remove(bad.id)
    assert tags(store) == {"example.com/loner:1": LONER.id}
    assert store.inspect(LONER.id)


def test_an_index_that_lists_itself_has_an_end(folder):
    layout = Layout()
    inner = layout.blob(b'{"manifests":[]}', MANIFEST)
    layout.add_index("example.com/loop:1", [inner, inner | {"size": 16}])
    store = opened(write_folder(folder, layout.done()))

    assert [image.tags for image in store.list_images()] == [("example.com/loop:1",)]
    assert store.remove("example.com/loop:1").deleted


def test_a_blob_that_is_something_else_is_not_believed(folder):
    layout = Layout()
    entry = layout.add(LONER)
    files = layout.done()
    store = opened(write_folder(folder, files))
    (folder / "blobs" / entry["digest"].replace(":", "/")).write_bytes(b"{}")

    [image] = store.list_images()
    with pytest.raises(ImageDamaged):
        store.inspect(image.id)


@pytest.mark.parametrize("kind", ["link", "folder", "pipe", "device"])
def test_only_files_are_read(folder, tmp_path, kind):
    layout = Layout()
    entry = layout.add(LONER)
    store = opened(write_folder(folder, layout.done()))
    path = folder / "blobs" / entry["digest"].replace(":", "/")
    secret = tmp_path / "secret"
    path.rename(secret)
    match kind:
        case "link":
            path.symlink_to(secret)
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")

    [image] = store.list_images()
    with pytest.raises(ImageDamaged):
        store.inspect(image.id)
    assert secret.exists()


@pytest.mark.parametrize("name", [".layerhold", "blobs", "blobs/sha256"])
def test_a_folder_that_leads_out_is_refused_before_anything_is_written(folder, tmp_path, name):
    outside = tmp_path / "outside"
    outside.mkdir()
    with_index(folder, {"manifests": []})
    link = folder / name
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(outside)
    archive = write_archive(tmp_path / "a.tar", [LONER]).read_bytes()

    with pytest.raises(StoreFailure) as refused:
        opened(folder).load([archive], lambda _: None)
    assert refused.value.fault is StoreFault.HOSTILE
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("name", ["index.json", "oci-layout"])
def test_a_document_that_is_a_link_is_refused(folder, tmp_path, name):
    with_index(folder, {"manifests": []})
    (folder / name).rename(tmp_path / name)
    (folder / name).symlink_to(tmp_path / name)

    with pytest.raises(StoreFailure) as refused:
        opened(folder)
    assert refused.value.fault is StoreFault.HOSTILE


def test_nothing_is_mixed_with_what_is_no_store(folder):
    folder.mkdir()
    (folder / "letters.txt").write_text("dear")

    with pytest.raises(StoreFailure) as refused:
        opened(folder)
    assert refused.value.fault is StoreFault.NOT_A_STORE


def test_a_file_is_no_store(folder):
    folder.write_text("dear")

    with pytest.raises(StoreFailure) as refused:
        opened(folder)
    assert refused.value.fault is StoreFault.NOT_A_FOLDER


@pytest.mark.parametrize(
    ("mark", "fault"),
    [
        (b'{"imageLayoutVersion":"2.0.0"}', StoreFault.NEWER),
        (b"{", StoreFault.DAMAGED),
        (b"{}", StoreFault.NEWER),
        (b" " * 5000, StoreFault.TOO_LARGE),
    ],
)
def test_a_version_that_is_not_known_is_left_alone(folder, mark, fault):
    write_folder(folder, {"oci-layout": mark, "index.json": b'{"manifests":[]}'})

    with pytest.raises(StoreFailure) as refused:
        opened(folder)
    assert refused.value.fault is fault


@pytest.mark.parametrize("url", ["oci://relative/path", "tcp://host:1", "oci://"])
def test_an_address_that_is_no_folder_is_refused(url):
    with pytest.raises(EngineUnreachable):
        connect(Endpoint("store", url, "--store"))


def test_what_others_wrote_into_the_index_stays(folder, tmp_path):
    layout = Layout()
    entry = layout.add(BASE) | {"annotations": {REF_NAME: "v1", "mine": "yes"}, "extra": [1]}
    layout.entries = [entry]
    files = layout.done()
    index = json.loads(files["index.json"]) | {"annotations": {"whole": "kept"}, "other": 5}
    store = opened(write_folder(folder, files | {"index.json": json.dumps(index).encode()}))
    store.load([write_archive(tmp_path / "a.tar", [LONER]).read_bytes()], lambda _: None)
    told = json.loads((folder / "index.json").read_bytes())

    assert (told["annotations"], told["other"]) == ({"whole": "kept"}, 5)
    assert entry in told["manifests"]
    assert tags(store)["localhost/images:v1"] == BASE.id


def test_a_hostile_archive_writes_nothing_outside(folder, tmp_path):
    from archives.layouts import packed

    layout = Layout()
    content = json.dumps({"config": CONFIG | {"digest": UP}, "layers": []}).encode()
    layout.entries = [layout.blob(content, MANIFEST)]
    tar = packed(layout.done() | {"../../escaped": b"x", "/absolute": b"x"})

    with pytest.raises(ArchiveFailure):
        opened(folder).load([tar], lambda _: None)
    inside = {path.relative_to(folder).parts[0] for path in folder.rglob("*")}
    assert inside <= {".layerhold", "blobs", "oci-layout", "index.json"}
    assert {path.name for path in tmp_path.iterdir()} == {"images"}


def test_a_store_that_takes_no_changes_can_still_be_read(folder, tmp_path):
    store = opened(folder)
    store.load([write_archive(tmp_path / "a.tar", [LONER]).read_bytes()], lambda _: None)
    (folder / ".layerhold").rename(tmp_path / "elsewhere")
    (folder / ".layerhold").write_text("in the way")

    assert b"".join(store.save([LONER.tags[0]], Token()))
    with pytest.raises(StoreFailure):
        store.remove(LONER.id)
    assert tags(store) == {LONER.tags[0]: LONER.id}
