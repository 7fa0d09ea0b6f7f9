"""What every engine tells and tags: the same for Docker, for Podman and for the embedded store."""

import json

import pytest

from layerhold.archives.verifying import verify
from layerhold.domain.cancel import Token
from layerhold.domain.digests import chain_ids
from layerhold.domain.errors import ContainerNotFound, ImageNotFound, InvalidReference
from layerhold.engine.about import Endpoint, Kind
from layerhold.engine.docker import engine as docker
from layerhold.engine.store import engine as store
from live.family import BASE, CHILD, LONER, NEW, SKETCHES, is_podman, tags
from live.images import busybox, write_archive

pytestmark = pytest.mark.live


@pytest.fixture(params=["dockerd", "podman_service", "store"])
def engine(request, tmp_path):
    archive = write_archive(tmp_path / "family.tar", SKETCHES)
    if request.param == "store":
        engine = store.connect(Endpoint("store", f"oci://{tmp_path}/images", "--store"))
        engine.load([archive.read_bytes()], lambda _progress: None)
    else:
        daemon = request.getfixturevalue(request.param)
        daemon.load(archive)
        engine = docker.connect(Endpoint("live", daemon.url, "--host"))
    yield engine
    engine.close()


def is_store(engine):
    return engine.about.kind is Kind.STORE


def test_images_are_listed_as_they_are(engine):
    images = {image.id: image for image in engine.list_images()}

    assert {each: set(images[each].tags) for each in images} == {
        sketch.id: set(sketch.tags) for sketch in (BASE, CHILD, LONER)
    }
    assert images[CHILD.id].parent == ("" if is_store(engine) else BASE.id)
    assert dict(images[BASE.id].labels) == {"tier": "web"}
    assert images[BASE.id].created == 1_714_557_600
    assert not any(image.intermediate for image in images.values())


def test_one_image_is_told_as_in_the_list(engine):
    for listed in engine.list_images():
        image = engine.image(listed.id)
        assert set(image.tags) == set(listed.tags)
        assert (image.id, image.parent, dict(image.labels)) == (
            listed.id,
            listed.parent,
            dict(listed.labels),
        )


def test_an_image_is_inspected_in_the_engines_own_words(engine):
    told = json.loads(engine.inspect(CHILD.id))

    assert told["Id"] == CHILD.id
    assert told["RootFS"]["Layers"] == [busybox().diff_id, CHILD.layers[-1].diff_id]


def test_history_and_layers_are_told_as_one(engine):
    copy, env, add = engine.steps(CHILD.id)

    assert [step.entry.created_by for step in (copy, env, add)] == [
        *("COPY x /", "ENV A=b", busybox().command)
    ]
    assert [step.diff_id for step in (copy, env, add)] == [
        CHILD.layers[-1].diff_id,
        "",
        busybox().diff_id,
    ]


def test_an_anatomy_has_every_layer_with_its_weight(engine):
    anatomy = engine.anatomy(CHILD.id)
    filled = [busybox(), CHILD.layers[-1]]

    assert anatomy.exact
    assert anatomy.platform == "linux/amd64"
    assert [layer.chain_id for layer in anatomy.layers] == list(
        chain_ids([layer.diff_id for layer in filled])
    )
    assert [layer.size for layer in anatomy.layers] == [weight(engine, each) for each in filled]


def weight(engine, layer):
    """Docker weighs the files, the others the archive they came in."""
    files = sum(map(len, layer.files.values()))
    return len(layer.content) if is_podman(engine) or is_store(engine) else files


def test_what_is_not_there_is_not_found(engine):
    for ask in (engine.image, engine.inspect, engine.steps, engine.anatomy, engine.remove):
        with pytest.raises(ImageNotFound):
            ask("example.com/nobody:1")
    for ask in (engine.stop_container, engine.remove_container):
        with pytest.raises(ContainerNotFound):
            ask("nobody")


def test_a_tag_is_taken_from_whoever_has_it(engine):
    engine.tag(LONER.id, NEW)
    assert tags(engine)[NEW] == LONER.id

    engine.tag(BASE.id, NEW)
    assert tags(engine)[NEW] == BASE.id
    assert engine.image(LONER.id).tags == LONER.tags


def test_a_text_that_is_no_tag_is_refused(engine):
    with pytest.raises(InvalidReference) as refused:
        engine.tag(LONER.id, "example.com/New:1")

    assert refused.value.text == "example.com/New:1"


def test_disk_usage_counts_every_layer_once(engine):
    layers = [busybox(), CHILD.layers[-1], LONER.layers[0]]
    usage = engine.disk_usage()

    weights = sum(weight(engine, _) for _ in layers)
    if is_store(engine):
        # It counts configurations and manifests too.
        assert weights < usage.images < weights + 10_000
    else:
        assert usage.images == (None if is_podman(engine) else weights)


def test_untagging_takes_the_image_along_with_its_last_name(engine):
    first, last = (engine.remove(tag) for tag in CHILD.tags)

    assert (set(first.untagged), first.deleted) == ({CHILD.tags[0]}, ())
    assert CHILD.tags[1] in last.untagged
    assert CHILD.id in last.deleted
    assert CHILD.tags[0] not in tags(engine)
    assert tags(engine)[BASE.tags[0]] == BASE.id


def test_what_is_saved_is_what_was_there(engine, tmp_path):
    (tmp_path / "saved.tar").write_bytes(b"".join(engine.save([*CHILD.tags, LONER.tags[0]])))
    contents = verify(tmp_path / "saved.tar", Token(), lambda _: None)

    assert {tag: image.id for image in contents.images for tag in image.tags} == {
        CHILD.tags[0]: CHILD.id,
        CHILD.tags[1]: CHILD.id,
        LONER.tags[0]: LONER.id,
    }


def test_what_was_removed_can_be_loaded_again(engine):
    saved = b"".join(engine.save([LONER.tags[0]]))
    engine.remove(LONER.tags[0])
    loaded = engine.load([saved], lambda _progress: None)

    assert [(image.id, image.reference) for image in loaded.images] == [(LONER.id, LONER.tags[0])]
    assert tags(engine)[LONER.tags[0]] == LONER.id
