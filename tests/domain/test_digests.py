from hashlib import sha256

import pytest

from layerhold.domain.digests import chain_ids, is_digest, short


def test_an_id_is_shortened_as_docker_prints_it():
    assert short("sha256:0123456789abcdef") == "0123456789ab"
    assert short("0123456789abcdef") == "0123456789ab"


def test_the_lowest_layer_is_its_own_chain_and_each_next_one_hashes_both():
    first, second = chain_ids(["sha256:aa", "sha256:bb"])
    assert first == "sha256:aa"
    assert second == "sha256:" + sha256(b"sha256:aa sha256:bb").hexdigest()


def test_no_layers_have_no_chain():
    assert list(chain_ids([])) == []


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("sha256:" + "a" * 64, True),
        ("sha512:" + "0" * 128, True),
        ("sha256:" + "a" * 63, False),
        ("sha256:" + "A" * 64, False),
        ("sha256:" + "a" * 64 + "\n", False),
        ("sha256:../../../../etc/passwd", False),
        ("md5:" + "a" * 32, False),
        ("", False),
    ],
)
def test_what_is_a_digest(text, sound):
    assert is_digest(text) is sound
