import pytest

from layerhold.domain.moments import is_moment, seconds


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("1970-01-01T00:00:05Z", 5),
        ("1970-01-01T02:00:00+02:00", 0),
        ("0001-01-01T00:00:00Z", -62135596800),
        ("", 0),
        (None, 0),
        ("yesterday", 0),
        ("2024-05-01T10:00:00.123456789Z", 1714557600),
        ("9999-12-31T23:59:59-23:00", 253402383599),
    ],
)
def test_times(text, when):
    assert seconds(text) == when


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("2024-05-01T10:00:00Z", True),
        ("0001-01-01T00:00:00Z", True),
        ("2024-05-01T10:00:00.123456789+02:00", True),
        ("2024-05-01 10:00:00", False),
        ("2024-05-01T10:00:00", False),
        ("yesterday", False),
        ("", False),
    ],
)
def test_engines_insist_on_one_way_to_write_it(text, is_one):
    assert is_moment(text) is is_one
