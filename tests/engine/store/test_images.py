import json

import pytest

from engine.store.stores import BASE, CHILD, LONER, SKETCHES, blobs, entries, opened, problems, tags
from layerhold.domain.digests import chain_ids
from layerhold.domain.errors import (
    ContainerNotFound,
    ImageNotFound,
    InvalidReference,
    SeveralTags,
    Unsupported,
)
from layerhold.engine.about import Kind, Store


def test_a_store_that_is_not_there_yet_is_empty_and_stays_away(store, folder):
    assert store.list_images() == ()
    assert store.list_containers() == ()
    assert store.disk_usage().images == 0
    assert not folder.exists()


def test_a_store_says_what_it_is(store, folder):
    about = store.about

    assert (about.kind, about.store, about.root) == (Kind.STORE, Store.LAYOUT, str(folder))
    assert not any((about.caps.runs, about.caps.builds, about.caps.commits))
    assert about.platform.startswith("linux/")


def test_images_are_listed_newest_first_under_dockers_ids(store, load):
    load(SKETCHES)
    images = store.list_images()

    assert {image.id: image.tags for image in images} == {
        sketch.id: sketch.tags for sketch in SKETCHES
    }
    assert dict(store.image(BASE.id).labels) == {"tier": "web"}
    assert store.image("example.com/base:1").created == 1_714_557_600
    assert [image.created for image in images] == sorted(
        (image.created for image in images), reverse=True
    )


def test_an_image_is_found_by_name_and_by_the_beginning_of_its_id(store, load):
    load(SKETCHES)

    for wanted in (BASE.id, BASE.id[7:], BASE.id[7:19], "example.com/base:1"):
        assert store.image(wanted).id == BASE.id
    for wanted in ("example.com/nobody:1", "sha256:", "0" * 12, "", "../../etc"):
        with pytest.raises(ImageNotFound):
            store.image(wanted)


def test_the_same_image_in_two_manifests_is_one(store, load, folder):
    load([BASE])
    [entry] = entries(folder)
    other = (folder / "blobs" / entry["digest"].replace(":", "/")).read_bytes() + b"\n"
    store.load([oci_archive(folder, other)], lambda _: None)

    assert [image.tags for image in store.list_images()] == [
        ("example.com/base:1", "example.com/other:1")
    ]
    assert len({entry["digest"] for entry in entries(folder)}) == 2
    assert problems(folder) == []


def oci_archive(folder, manifest):
    from archives.layouts import REF_NAME, digest, packed, place

    files = {
        f"blobs/sha256/{path.name}": path.read_bytes() for path in folder.glob("blobs/sha256/*")
    }
    entry = {
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "digest": digest(manifest),
        "size": len(manifest),
        "annotations": {REF_NAME: "example.com/other:1"},
    }
    files[place(digest(manifest))] = manifest
    files["oci-layout"] = b'{"imageLayoutVersion":"1.0.0"}'
    files["index.json"] = json.dumps({"schemaVersion": 2, "manifests": [entry]}).encode()
    return packed(files)


def test_history_and_layers_are_told_as_one(store, load):
    load(SKETCHES)
    copy, env, add = store.steps(CHILD.id)
    weights = [layer.size for layer in store.anatomy(CHILD.id).layers]

    assert [step.entry.created_by for step in (copy, env, add)] == [
        layer.command for layer in reversed(CHILD.layers)
    ]
    assert [step.diff_id for step in (copy, env, add)] == [
        CHILD.layers[2].diff_id,
        "",
        CHILD.layers[0].diff_id,
    ]
    assert copy.entry.tags == CHILD.tags
    assert [add.entry.size, copy.entry.size] == weights
    assert all(step.exact for step in (copy, env, add))


def test_an_anatomy_tells_what_layers_take_on_disk(store, load):
    load(SKETCHES)
    anatomy = store.anatomy(CHILD.id)
    filled = [layer for layer in CHILD.layers if layer.files]

    assert [layer.chain_id for layer in anatomy.layers] == list(
        chain_ids([layer.diff_id for layer in filled])
    )
    assert [layer.size for layer in anatomy.layers] == [len(layer.content) for layer in filled]
    assert store.image(CHILD.id).size == sum(len(layer.content) for layer in filled)
    assert (anatomy.platform, anatomy.exact) == ("linux/amd64", True)


def test_disk_usage_is_that_of_the_files(store, load, folder):
    load(SKETCHES)

    assert store.disk_usage().images == sum(
        path.stat().st_size for path in folder.glob("blobs/*/*")
    )


def test_an_image_is_inspected_as_docker_shows_it(store, load):
    load(SKETCHES)
    told = json.loads(store.inspect("example.com/child:1"))

    assert told["Id"] == CHILD.id
    assert told["RepoTags"] == list(CHILD.tags)
    assert told["Config"]["Env"] == ["A=b"]
    assert told["Config"]["Tty"] is False
    assert told["RootFS"]["Layers"] == [layer.diff_id for layer in CHILD.layers if layer.files]
    assert told["Descriptor"]["digest"].startswith("sha256:")


def test_a_tag_is_taken_from_whoever_has_it(store, load):
    load(SKETCHES)
    store.tag(LONER.id, "new")
    assert tags(store)["new:latest"] == LONER.id

    store.tag("example.com/base:1", "new")
    assert tags(store)["new:latest"] == BASE.id
    assert store.image(LONER.id).tags == LONER.tags


def test_an_image_that_loses_its_last_tag_stays_without_one(store, load, folder):
    load(SKETCHES)
    before = blobs(folder)
    store.tag(BASE.id, "example.com/loner:1")

    assert store.image(LONER.id).dangling
    assert blobs(folder) == before
    store.tag(LONER.id, "again")
    assert [each.tags for each in store.list_images() if each.id == LONER.id] == [("again:latest",)]


def test_a_name_that_a_layout_does_not_allow_is_kept_all_the_same(store, load, folder):
    load([LONER])
    store.tag(LONER.id, "a__b:1-")

    assert tags(opened(folder))["a__b:1-"] == LONER.id


def test_tagging_again_changes_nothing(store, load, folder):
    load([LONER])
    written = (folder / "index.json").stat().st_mtime_ns
    store.tag(LONER.id, LONER.tags[0])

    assert (folder / "index.json").stat().st_mtime_ns == written


@pytest.mark.parametrize("text", ["example.com/New:1", "a@sha256:" + 64 * "0", ""])
def test_a_text_that_is_no_tag_is_refused(store, load, text):
    load([LONER])
    with pytest.raises(InvalidReference):
        store.tag(LONER.id, text)


def test_untagging_takes_the_image_along_with_its_last_name_only(store, load, folder):
    load(SKETCHES)

    first, last = store.remove("example.com/child:1"), store.remove("example.com/child:2")

    assert (first.untagged, first.deleted) == (("example.com/child:1",), ())
    assert (last.untagged, last.deleted) == (("example.com/child:2",), (CHILD.id,))
    assert CHILD.layers[2].diff_id not in blobs(folder)
    assert BASE.layers[0].diff_id in blobs(folder)
    assert problems(folder) == []


def test_an_id_goes_with_its_tags_unless_they_are_of_several_repositories(store, load):
    load(SKETCHES)
    store.tag(LONER.id, "elsewhere:1")

    assert store.remove(CHILD.id).deleted == (CHILD.id,)
    with pytest.raises(SeveralTags):
        store.remove(LONER.id)
    assert set(store.remove(LONER.id, force=True).untagged) == {*LONER.tags, "elsewhere:1"}


def test_when_everything_is_removed_nothing_is_left(store, load, folder):
    load(SKETCHES)
    for sketch in SKETCHES:
        store.remove(sketch.id)

    assert store.list_images() == ()
    assert blobs(folder) == set()
    assert entries(folder) == []


def test_what_is_not_there_cannot_be_changed(store):
    for ask in (store.image, store.inspect, store.steps, store.anatomy, store.remove):
        with pytest.raises(ImageNotFound):
            ask("example.com/nobody:1")
    with pytest.raises(ImageNotFound):
        store.tag("example.com/nobody:1", "a")


def test_what_needs_a_running_engine_is_refused(store):
    with pytest.raises(ContainerNotFound):
        store.stop_container("nobody")
    with pytest.raises(Unsupported):
        store.builder()
    with pytest.raises(Unsupported):
        store.prune_build_cache()
