from hashlib import sha256

from layerhold.domain.digests import chain_ids, short


def test_an_id_is_shortened_as_docker_prints_it():
    assert short("sha256:0123456789abcdef") == "0123456789ab"
    assert short("0123456789abcdef") == "0123456789ab"


def test_the_lowest_layer_is_its_own_chain_and_each_next_one_hashes_both():
    first, second = chain_ids(["sha256:aa", "sha256:bb"])
    assert first == "sha256:aa"
    assert second == "sha256:" + sha256(b"sha256:aa sha256:bb").hexdigest()


def test_no_layers_have_no_chain():
    assert list(chain_ids([])) == []
