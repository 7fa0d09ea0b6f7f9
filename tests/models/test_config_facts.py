"""The set-up of an image, told from the engine's JSON."""

import json

import pytest

from layerhold.domain.document import Unreadable
from layerhold.models.config_facts import MOST, config_facts
from layerhold.models.facts import FactTree, web_address
from layerhold.models.lazy_tree import COPY_ROLE

IMAGE = {
    "Created": "2026-11-21T06:50:27.981555192Z",
    "DockerVersion": "20.10.24+dfsg1",
    "Os": "linux",
    "Architecture": "arm64",
    "Variant": "v8",
    "Author": "",
    "Config": {
        "User": "",
        "Cmd": ["httpd", "-f"],
        "Entrypoint": None,
        "WorkingDir": "",
        "Env": ["PATH=/bin", "EMPTY="],
        "ExposedPorts": {"443/udp": {}, "80/tcp": {}},
        "Volumes": None,
        "Healthcheck": {
            "Test": ["CMD-SHELL", "true || exit 1"],
            "Interval": 30_000_000_000,
            "Retries": 3,
        },
        "OnBuild": ["RUN echo built"],
        "Shell": ["/bin/sh", "-ec"],
        "StopSignal": "SIGTERM",
        "Labels": {"z": "1", "a.b": "https://example.org/src"},
    },
}


def facts(image):
    return {fact.name: fact for fact in config_facts(json.dumps(image).encode())}


def test_the_set_up_is_told_in_the_order_in_which_people_ask():
    found = facts(IMAGE)

    told = {name: fact.value for name, fact in found.items() if name != "Created"}
    assert told == {
        "Entrypoint": "none",
        "Command": '["httpd", "-f"]',
        "Working directory": "/",
        "User": "root",
        "Environment": "2",
        "Exposed ports": "443/udp, 80/tcp",
        "Labels": "2",
        "Health check": "true || exit 1",
        "Stop signal": "SIGTERM",
        "Shell": '["/bin/sh", "-ec"]',
        "On build": "1",
        "Platform": "linux/arm64/v8",
        "Docker version": "20.10.24+dfsg1",
    }
    assert found["Created"].value.startswith("2026-11-2")
    assert [(each.name, each.value) for each in found["Environment"].below] == [
        ("PATH", "/bin"),
        ("EMPTY", ""),
    ]
    assert [each.name for each in found["Labels"].below] == ["a.b", "z"]
    assert [(each.name, each.value) for each in found["Health check"].below] == [
        ("Interval", "30 s"),
        ("Retries", "3"),
    ]


@pytest.mark.parametrize("config", [None, [], "x", 3, {}, {"Env": {}, "Labels": [1], "Cmd": "run"}])
def test_whatever_the_engine_puts_there_the_essentials_are_told(config):
    found = facts({"Config": config, "Created": "0001-01-01T00:00:00Z"})

    assert list(found) == ["Entrypoint", "Command", "Working directory", "User"]


def test_what_is_no_json_is_not_told():
    with pytest.raises(Unreadable):
        config_facts(b"<html>")


def test_many_labels_are_cut_with_a_sentence():
    labels = facts({"Config": {"Labels": {f"{n:05}": "x" for n in range(MOST + 7)}}})["Labels"]

    assert labels.value == str(MOST + 7)
    assert len(labels.below) == MOST + 1
    assert labels.below[-1].value == "7 more are in Inspect"


@pytest.mark.usefixtures("qapp")
def test_a_long_value_is_cut_in_the_row_and_copied_whole():
    model = FactTree()
    model.plant(config_facts(json.dumps({"Config": {"Env": ["A=" + "é" * 100_000]}}).encode()))
    variables = next(top for top in model.tops() if top.data() == "Environment")
    model.fetchMore(variables)
    value = model.index(0, 1, variables)

    assert len(value.data()) < 600
    assert value.data(COPY_ROLE) == "é" * 100_000


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("https://example.org/src?a=b", True),
        ("http://localhost:8080", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://[::1", False),
        ("https://example.org/\u202egpj", False),
        ("https://exаmple.org", False),
        ("https://example.org and more", False),
        ("https://example.org/" + "a" * 3000, False),
        ("", False),
    ],
)
def test_only_plain_web_addresses_can_be_opened(text, safe):
    assert web_address(text) == (text if safe else "")
