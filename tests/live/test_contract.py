"""What every engine tells and tags, whoever made it: the same for Docker and for Podman."""

import json

import pytest

from layerhold.domain.digests import chain_ids
from layerhold.domain.errors import ContainerNotFound, ImageNotFound, InvalidReference
from live.family import BASE, CHILD, LONER, NEW, is_podman, tags
from live.images import busybox

pytestmark = pytest.mark.live


def test_images_are_listed_as_they_are(engine):
    images = {image.id: image for image in engine.list_images()}

    assert {each: set(images[each].tags) for each in images} == {
        sketch.id: set(sketch.tags) for sketch in (BASE, CHILD, LONER)
    }
    assert images[CHILD.id].parent == BASE.id
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
    """Docker weighs the files, Podman the archive they came in."""
    files = sum(map(len, layer.files.values()))
    return len(layer.content) if is_podman(engine) else files


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

    assert usage.images == (None if is_podman(engine) else sum(weight(engine, _) for _ in layers))
