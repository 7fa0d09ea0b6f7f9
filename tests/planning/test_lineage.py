"""Lines of descent, as long and as odd as they come."""

from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.images import Image
from layerhold.planning.lineage import children_first, ends

parents = st.dictionaries(st.integers(0, 9).map(str), st.integers(0, 12).map(str))


@given(parents)
def test_nobody_comes_before_a_child(parent_of):
    images = {key: Image(key, parent=value) for key, value in parent_of.items() if value < key}
    found = children_first(images, images, lambda key: key)
    assert sorted(found) == sorted(images)
    for key, image in images.items():
        assert image.parent not in images or found.index(key) < found.index(image.parent)


@given(parents)
def test_a_ring_ends(parent_of):
    images = {key: Image(key, parent=value) for key, value in parent_of.items()}
    assert sorted(children_first(images, images, lambda key: key)) == sorted(images)

    def children(key):
        return [one for one, image in images.items() if image.parent == key]

    for key in images:
        assert len(ends(key, children, lambda _: False)) <= len(images)


def test_images_of_different_lines_keep_their_order():
    images = {key: Image(key) for key in "cab"}
    assert children_first(images, "cab", lambda key: key) == ["c", "a", "b"]


def test_a_line_of_thousands_of_steps():
    steps = 5_000
    images = {str(n): Image(str(n), parent=str(n - 1)) for n in range(steps)}
    assert children_first(images, ["0", "4999"], lambda key: key) == ["4999", "0"]
    found = ends(
        "0", lambda key: [str(int(key) + 1)] if int(key) < steps - 1 else [], lambda _: False
    )
    assert found == ("4999",)
