import pytest

from layerhold.engine.docker.versions import common, number


@pytest.mark.parametrize(
    ("oldest", "newest", "agreed"),
    [
        ("1.12", "1.41", "1.41"),
        ("1.24", "1.51", "1.51"),
        ("1.44", "1.52", "1.51"),
        ("1.44", "2.0", "1.51"),
        ("", "1.41", "1.41"),
        ("1.12", "1.40", None),
        ("1.12", "1.24", None),
        ("1.51", "1.99", "1.51"),
        ("1.52", "1.53", None),
        ("1.12", "1.23", None),
        ("1.12", "1.9", None),
    ],
)
def test_the_newest_version_that_both_speak(oldest, newest, agreed):
    assert common(oldest, newest) == agreed


@pytest.mark.parametrize("version", ["", "new", "1.x", "1..2"])
def test_what_is_no_version(version):
    with pytest.raises(ValueError, match="invalid literal"):
        number(version)
