"""Where the base image ends."""

from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.images import Image
from layerhold.domain.layers import Anatomy, HistoryEntry, LayerSize, Step
from layerhold.planning.base_image import Base, base_image


def layers(*chain_ids):
    return Anatomy("linux/amd64", tuple(LayerSize(chain_id, 10) for chain_id in chain_ids))


def step(chain_id="", created=0, image_id=""):
    entry = HistoryEntry("RUN true", created=created, image_id=image_id)
    return Step(entry, diff_id=chain_id, chain_id=chain_id)


def by_id(*images):
    return {image.id: image for image in images}


APP = Image("app", ("app:1",), created=9)
DEBIAN = Image("debian", ("debian:12",), created=2)
PYTHON = Image("python", ("python:3",), created=5)
STEPS = (
    step(created=9),
    step("abc", created=8),
    step(created=7),
    step(created=5),
    step("ab", created=4),
    step(created=2),
    step("a", created=1),
)


def test_the_longest_tagged_beginning_is_the_base():
    anatomies = {
        "app": layers("a", "ab", "abc"),
        "debian": layers("a"),
        "python": layers("a", "ab"),
    }

    found = base_image("app", STEPS, by_id(APP, DEBIAN, PYTHON), anatomies)

    assert found == Base(PYTHON, 4)


def test_lines_without_a_layer_belong_to_the_base_when_they_are_as_old():
    anatomies = {"app": layers("a", "ab", "abc"), "debian": layers("a")}

    assert base_image("app", STEPS, by_id(APP, DEBIAN), anatomies) == Base(DEBIAN, 2)


def test_an_untagged_image_is_no_base():
    anatomies = {"app": layers("a", "ab", "abc"), "x": layers("a", "ab")}

    assert base_image("app", STEPS, by_id(APP, Image("x")), anatomies) is None


def test_an_image_with_the_same_layers_is_no_base():
    anatomies = {"app": layers("a", "ab", "abc"), "twin": layers("a", "ab", "abc")}

    assert base_image("app", STEPS, by_id(APP, Image("twin", ("twin:1",))), anatomies) is None


def test_of_equal_beginnings_the_oldest_counts():
    anatomies = {"copy": layers("a"), "debian": layers("a")}
    copy = Image("copy", ("a-copy:1",), created=3)

    found = base_image("app", STEPS, by_id(APP, copy, DEBIAN), anatomies)

    assert found
    assert found.image is DEBIAN


def test_the_classic_builder_tells_the_base_by_its_parents():
    base = Image("base", ("base:1",))
    between = Image("between", parent="base", intermediate=True)
    app = Image("app", ("app:1",), parent="between")
    steps = (step(image_id="app"), step(image_id="between"), step(image_id="base"), step("a"))

    assert base_image("app", steps, by_id(base, between, app), {}) == Base(base, 2)


def test_parents_that_go_round_in_a_circle_end():
    images = by_id(Image("a", parent="b"), Image("b", parent="a"))

    assert base_image("a", STEPS, images, {}) is None


@given(st.lists(st.booleans(), min_size=1, max_size=12), st.data())
def test_the_line_is_never_below_the_last_layer_of_the_base(kinds, data):
    chains = [f"c{row}" if made else "" for row, made in enumerate(kinds)]
    steps = tuple(step(chain, created=row) for row, chain in enumerate(chains))[::-1]
    made = [chain for chain in chains if chain]
    depth = data.draw(st.integers(0, len(made)))
    base = Image("base", ("base:1",), created=data.draw(st.integers(0, 12)))
    anatomies = {"base": layers(*made[:depth])}

    found = base_image("app", steps, by_id(APP, base), anatomies)

    assert bool(found) == (0 < depth < len(made))
    if found:
        below = [each.chain_id for each in steps[len(steps) - found.steps :] if each.made_layer]
        assert len(below) == depth
