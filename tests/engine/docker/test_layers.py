import pytest

from layerhold.domain.digests import chain_ids
from layerhold.domain.errors import HistoryUnavailable, ImageNotFound
from layerhold.domain.layers import LayerSize

DIFFS = ["sha256:d1", "sha256:d2"]
CHAIN = list(chain_ids(DIFFS))
DETAILS = {
    "Id": "sha256:aa",
    "Os": "linux",
    "Architecture": "arm64",
    "Variant": "v8",
    "Size": 30,
    "RootFS": {"Type": "layers", "Layers": DIFFS},
}
HISTORY = [
    {"Id": "sha256:aa", "CreatedBy": "CMD sh", "Size": 0, "Tags": ["a:1"], "Created": 7},
    {"Id": "<missing>", "CreatedBy": "RUN make", "Size": 20, "Tags": None, "Comment": "c"},
    {"Id": "sha256:<missing>", "CreatedBy": "COPY . /", "Size": 10},
]


@pytest.fixture
def layered(api):
    api.answer("GET", "/images/sha256:aa/json", DETAILS)
    api.answer("GET", "/images/sha256:aa/history", HISTORY)
    return api


@pytest.mark.usefixtures("layered")
def test_history_and_layers_in_one(engine):
    command, run, copy = engine.steps("sha256:aa")

    assert (command.made_layer, run.diff_id, copy.diff_id) == (False, DIFFS[1], DIFFS[0])
    assert (run.chain_id, copy.chain_id) == (CHAIN[1], CHAIN[0])
    assert (command.entry.image_id, run.entry.image_id, copy.entry.image_id) == (
        "sha256:aa",
        "",
        "",
    )
    assert (command.entry.tags, run.entry.tags) == (("a:1",), ())
    assert (command.entry.created, run.entry.comment) == (7, "c")


@pytest.mark.usefixtures("layered")
def test_anatomy(engine):
    anatomy = engine.anatomy("sha256:aa")

    assert anatomy.platform == "linux/arm64/v8"
    assert anatomy.layers == (LayerSize(CHAIN[0], 10), LayerSize(CHAIN[1], 20))
    assert anatomy.exact
    assert anatomy.content == 0


def test_where_there_is_a_descriptor_the_size_is_that_of_the_content(layered, engine):
    descriptor = {"mediaType": "application/vnd.oci.image.index.v1+json", "size": 1}
    layered.answer("GET", "/images/sha256:aa/json", DETAILS | {"Descriptor": descriptor})

    assert engine.anatomy("sha256:aa").content == 30


def test_without_history_the_top_layer_stands_for_all(layered, engine):
    gone = {"message": "snapshot sha256:12 does not exist: not found"}
    layered.answer("GET", "/images/sha256:aa/history", gone, 404)

    anatomy = engine.anatomy("sha256:aa")

    assert anatomy.layers == (LayerSize(CHAIN[0], 0), LayerSize(CHAIN[1], 30))
    assert not anatomy.exact
    with pytest.raises(HistoryUnavailable):
        engine.steps("sha256:aa")


def test_empty_layers_in_doubt_leave_the_sizes_certain(layered, engine):
    lines = [
        {"CreatedBy": "/bin/sh -c make", "Size": 20},
        {"CreatedBy": "/bin/sh -c true", "Size": 0},
        {"CreatedBy": "/bin/sh -c #(nop) WORKDIR /w", "Size": 0},
        {"CreatedBy": "/bin/sh -c #(nop) COPY x y", "Size": 10},
    ]
    diffs = ["sha256:d1", "sha256:d2", "sha256:d3"]
    layered.answer("GET", "/images/sha256:aa/history", lines)
    layered.answer("GET", "/images/sha256:aa/json", DETAILS | {"RootFS": {"Layers": diffs}})

    anatomy = engine.anatomy("sha256:aa")

    assert [layer.size for layer in anatomy.layers] == [10, 0, 20]
    assert anatomy.exact
    assert not all(step.exact for step in engine.steps("sha256:aa"))


def test_layers_without_a_line_make_the_sizes_uncertain(layered, engine):
    layered.answer("GET", "/images/sha256:aa/history", HISTORY[:2])

    anatomy = engine.anatomy("sha256:aa")

    assert [layer.size for layer in anatomy.layers] == [0, 20]
    assert not anatomy.exact


def test_an_image_of_another_platform_has_no_layers_here(layered, engine):
    layered.answer("GET", "/images/sha256:aa/json", {"Id": "sha256:aa", "RootFS": None})
    layered.answer("GET", "/images/sha256:aa/history", "null")

    anatomy = engine.anatomy("sha256:aa")

    assert (anatomy.layers, anatomy.platform) == ((), "")


def test_a_missing_image_is_missing(api, engine):
    api.answer("GET", "/images/x/json", {"message": "No such image: x"}, 404)

    with pytest.raises(ImageNotFound):
        engine.anatomy("x")
