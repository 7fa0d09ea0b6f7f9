import json

import msgspec
import pytest

from layerhold.domain.containers import State
from layerhold.engine.docker import wire


def listed(*entries):
    return wire.images_from(json.dumps(entries).encode())


def test_an_entry_as_docker_20_sends_it():
    (image,) = listed(
        {
            "Containers": -1,
            "Created": 1700000000,
            "Id": "sha256:aa",
            "Labels": {"maintainer": "me"},
            "ParentId": "sha256:bb",
            "RepoDigests": ["nginx@sha256:cc"],
            "RepoTags": ["nginx:1", "nginx:latest"],
            "SharedSize": -1,
            "Size": 1234,
            "VirtualSize": 1234,
        }
    )

    assert image.id == "sha256:aa"
    assert image.tags == ("nginx:1", "nginx:latest")
    assert image.digests == ("nginx@sha256:cc",)
    assert (image.created, image.size, image.parent) == (1700000000, 1234, "sha256:bb")
    assert image.labels == {"maintainer": "me"}
    assert not image.dangling


@pytest.mark.parametrize(
    "entry",
    [
        {"RepoTags": ["<none>:<none>"], "RepoDigests": ["<none>@<none>"], "Labels": None},
        {"RepoTags": [], "RepoDigests": []},
        {"RepoTags": None, "RepoDigests": None, "Created": None, "Size": None, "ParentId": None},
        {},
    ],
)
def test_a_dangling_image_in_the_ways_of_every_engine(entry):
    (image,) = listed({"Id": "sha256:aa"} | entry)

    assert image.dangling
    assert (image.tags, image.digests, dict(image.labels)) == ((), (), {})


def test_repeated_tags_count_once():
    (image,) = listed({"Id": "sha256:aa", "RepoTags": ["b:1", "a:1", "b:1"]})

    assert image.tags == ("b:1", "a:1")


def test_podman_leaves_the_algorithm_out():
    child, parent = listed({"Id": "aa", "ParentId": "bb", "Created": 2}, {"Id": "bb", "Created": 1})

    assert (child.id, child.parent, parent.id) == ("sha256:aa", "sha256:bb", "sha256:bb")
    assert parent.intermediate
    assert not child.intermediate


def test_a_parent_with_a_name_of_any_kind_is_no_intermediate_image():
    images = listed(
        {"Id": "1", "ParentId": "2"},
        {"Id": "2", "ParentId": "3", "RepoTags": ["a:1"]},
        {"Id": "3", "RepoDigests": ["a@sha256:00"]},
    )

    assert not any(image.intermediate for image in images)


def test_newest_first_and_the_same_order_whatever_the_engine_says():
    entries = [{"Id": f"sha256:{number}", "Created": number // 2} for number in range(6)]

    images = listed(*entries)

    assert [image.created for image in images] == [2, 2, 1, 1, 0, 0]
    assert listed(*reversed(entries)) == images


def test_labels_that_are_no_text_become_text():
    (image,) = listed({"Id": "aa", "Labels": {"n": 1, "b": True, "z": None, "o": [1], "s": "x"}})

    assert image.labels == {"n": "1", "b": "true", "z": "null", "o": "[1]", "s": "x"}


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b" \n"])
def test_no_images(body):
    assert wire.images_from(body) == ()
    assert wire.containers_from(body) == ()


@pytest.mark.parametrize("body", [b"<html>", b"{}", b'[{"Id": 1}]', b'"x"', b"[1]"])
def test_what_is_no_list_of_images(body):
    with pytest.raises(msgspec.DecodeError):
        wire.images_from(body)


def test_an_inspected_image():
    image = wire.image_from(
        json.dumps(
            {
                "Id": "sha256:aa",
                "RepoTags": ["a:1"],
                "RepoDigests": [],
                "Parent": "",
                "Created": "2023-11-14T22:13:20.123456789Z",
                "Size": 5,
                "Config": {"Labels": {"k": 1}},
            }
        ).encode()
    )

    assert image.created == 1700000000
    assert (image.tags, image.size, image.parent, image.labels) == (("a:1",), 5, "", {"k": "1"})


def test_an_inspected_image_with_empty_fields_left_out_as_from_api_1_52():
    assert wire.image_from(b'{"Id":"sha256:aa","Config":null}').id == "sha256:aa"


def contained(**entry):
    return wire.containers_from(json.dumps([{"Id": "c1"} | entry]).encode())[0]


def test_a_container():
    container = contained(
        Names=["/web"],
        Image="nginx:1",
        ImageID="aa",
        State="running",
        Status="Up 2 hours",
        Mounts=[],
    )

    assert (container.id, container.name) == ("c1", "web")
    assert (container.image_id, container.image_name) == ("sha256:aa", "nginx:1")
    assert (container.state, container.status) == (State.RUNNING, "Up 2 hours")


def test_what_is_published_is_told_once():
    ports = [
        {"IP": "::", "PrivatePort": 443, "PublicPort": 32769, "Type": "tcp"},
        {"IP": "0.0.0.0", "PrivatePort": 443, "PublicPort": 32769, "Type": "tcp"},
        {"PrivatePort": 9000, "Type": "tcp"},
        {"IP": "127.0.0.1", "PrivatePort": 53, "PublicPort": 53, "Type": "udp"},
        {"IP": "::1", "PrivatePort": 80, "PublicPort": 8080, "Type": "tcp"},
        {"IP": "", "PrivatePort": 81, "PublicPort": 8081, "Type": "tcp"},
    ]
    assert contained(Ports=ports).ports == (
        "127.0.0.1:53->53/udp",
        "[::1]:8080->80/tcp",
        "8081->81/tcp",
        "32769->443/tcp",
    )
    assert contained(Ports=None).ports == ()


def test_the_own_name_of_a_linked_container():
    assert contained(Names=["/other/alias", "/web"]).name == "web"


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("created", State.CREATED),
        ("configured", State.CREATED),
        ("Exited", State.EXITED),
        ("stopped", State.EXITED),
        ("paused", State.PAUSED),
        ("asleep", State.UNKNOWN),
        (None, State.UNKNOWN),
    ],
)
def test_states_of_docker_and_podman(word, state):
    assert contained(State=word).state is state


def test_mounted_images_are_those_of_image_mounts():
    container = contained(
        Mounts=[
            {"Type": "bind", "Source": "/etc"},
            {"Type": "volume", "Name": "data", "Source": "/var/lib/x"},
            {"Type": "image", "Name": "tools:1", "Source": "/var/lib/docker/x"},
            {"Type": "image", "Source": "sha256:aa"},
            {"Type": "image", "Source": "/var/lib/docker/y"},
        ]
    )

    assert container.mounted_images == ("tools:1", "sha256:aa")
