"""Layer reference counts, against counting by hand and against what engines really freed."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.layers import Anatomy, LayerSize
from layerhold.planning.sharing import (
    Bytes,
    Certainty,
    Figures,
    figures,
    freed_by_deleting,
    total,
)

MB = 1_000_000
SIZES = {f"l{number}": 7**number for number in range(8)}


def stack(*names, **facts):
    return Anatomy("linux/amd64", tuple(LayerSize(name, SIZES[name]) for name in names), **facts)


collections = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.lists(st.sampled_from(sorted(SIZES)), max_size=6).map(lambda names: stack(*names)),
)


@given(collections, st.sets(st.sampled_from("abcdefgh")), st.sets(st.sampled_from("abcdefgh")))
def test_images_made_of_the_same_may_share_its_object(images, going, held):
    shared = {anatomy: anatomy for anatomy in images.values()}
    same = {image_id: shared[anatomy] for image_id, anatomy in images.items()}

    assert figures(same) == figures(images)
    assert total(same) == total(images)
    assert freed_by_deleting(going, same, held) == freed_by_deleting(going, images, held)


@given(collections)
def test_shared_and_unique_bytes_are_those_of_the_layers(images):
    counts = Counter(
        name for image in images.values() for name in {x.chain_id for x in image.layers}
    )
    for image_id, found in figures(images).items():
        names = {layer.chain_id for layer in images[image_id].layers}
        assert found.shared == sum(SIZES[name] for name in names if counts[name] > 1)
        assert found.unique == sum(SIZES[name] for name in names if counts[name] == 1)


@given(collections, st.sets(st.sampled_from("abcdefgh")), st.sets(st.sampled_from("abcdefgh")))
def test_what_comes_free_is_the_difference_of_the_totals(images, ids, held):
    freed = freed_by_deleting(ids & images.keys(), images, held)
    staying = {key: value for key, value in images.items() if key not in ids or key in held}
    assert freed == Bytes(total(images) - total(staying))


@given(collections)
def test_deleting_everything_frees_the_total(images):
    assert freed_by_deleting(images, images).amount == total(images)


def test_a_layer_counts_once_even_if_the_stack_names_it_twice():
    assert figures({"a": stack("l1", "l1")}) == {"a": Figures(0, SIZES["l1"])}


def test_what_engines_really_freed():
    base = LayerSize("base", 70 * MB)
    plus_10 = LayerSize("base/10", int(11.21 * MB))
    plus_15 = LayerSize("base/10/15", 15 * MB)
    plus_3, plus_4 = LayerSize("base/3", 3 * MB), LayerSize("base/3/4", int(4.34 * MB))
    images = {
        "base": Anatomy("linux/amd64", (base,)),
        "a": Anatomy("linux/amd64", (base, plus_10)),
        "b": Anatomy("linux/amd64", (base, plus_10, plus_15)),
        "c": Anatomy("linux/amd64", (base, plus_10, plus_3, plus_4)),
    }
    assert freed_by_deleting({"c"}, images) == Bytes(int(7.34 * MB))
    del images["c"]
    assert freed_by_deleting({"a", "b"}, images) == Bytes(int(26.21 * MB))


def test_how_sure_the_bytes_are():
    exact, inexact = stack("l1"), stack("l2", exact=False)
    with_content = stack("l3", content=5)
    images = {"exact": exact, "inexact": inexact, "content": with_content}
    assert freed_by_deleting({"exact"}, images).certainty is Certainty.EXACT
    assert freed_by_deleting({"inexact", "content"}, images).certainty is Certainty.ABOUT
    assert freed_by_deleting({"content"}, images).certainty is Certainty.AT_LEAST
    assert freed_by_deleting({"exact", "unread"}, images) == Bytes(SIZES["l1"], Certainty.AT_LEAST)
    assert figures(images)["inexact"].exact is False
