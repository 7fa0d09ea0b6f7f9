import pytest

from layerhold.domain.descriptors import ATTESTATION, Descriptor
from layerhold.domain.platforms import best


def entries(*platforms):
    return [Descriptor("", str(number), 0, each) for number, each in enumerate(platforms)]


@pytest.mark.parametrize(
    ("platform", "listed", "chosen"),
    [
        ("linux/amd64", ["linux/arm64", "linux/amd64"], "linux/amd64"),
        ("linux/amd64", ["linux/amd64/v3", "linux/amd64/v1"], "linux/amd64/v1"),
        ("linux/amd64/v3", ["linux/amd64", "linux/amd64/v2"], "linux/amd64/v2"),
        ("linux/arm64", ["linux/arm/v7", "linux/arm64/v8"], "linux/arm64/v8"),
        ("linux/arm64/v8", ["linux/arm64"], "linux/arm64"),
        ("linux/arm", ["linux/arm/v5", "linux/arm/v6"], "linux/arm/v6"),
        ("linux/arm/v6", ["linux/arm/v7", "linux/arm/v5"], "linux/arm/v5"),
        ("linux/s390x", ["linux/s390x", "linux/s390x"], "linux/s390x"),
        ("windows/amd64", ["linux/amd64", "windows/amd64"], "windows/amd64"),
        ("linux/amd64", ["linux/arm64", ""], None),
        ("linux/arm/v6", ["linux/arm/v7"], None),
        ("", ["linux/amd64"], None),
        ("linux", ["linux/amd64"], None),
    ],
)
def test_the_best_of_several(platform, listed, chosen):
    found = best(entries(*listed), platform)

    assert (found.platform if found else None) == chosen
    if listed[0] == chosen:
        assert found.digest == "0"


def test_what_only_says_something_of_an_image_is_none():
    said = Descriptor("", "a", 0, "linux/amd64", annotations={ATTESTATION: "x"})

    assert best([said], "linux/amd64") is None
