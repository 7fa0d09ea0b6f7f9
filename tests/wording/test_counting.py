import pytest

from layerhold.wording import counting


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 images"),
        (1, "1 image"),
        (999, "999 images"),
        (10_060, "10,060 images"),
        (1_234_567, "1,234,567 images"),
    ],
)
def test_a_counted_noun_groups_its_digits_as_the_list_of_views_does(count, said):
    assert counting.images(count) == said


@pytest.mark.parametrize("noun", ["tags", "containers", "layers", "jobs", "items"])
def test_every_noun_groups_its_digits(noun):
    assert getattr(counting, noun)(2_000) == f"2,000 {noun}"


def test_what_is_not_named_is_counted_in_groups_too():
    assert counting.listed(["a"] * 1_501, limit=1) == "a and 1,500 more"
