"""An image built on another one, used by containers, and what an engine tells about it."""

import json

import pytest

from layerhold.domain.containers import Container, State
from layerhold.domain.images import Image
from layerhold.domain.layers import Anatomy, HistoryEntry, LayerSize, Step
from layerhold.jobs.describing import Description
from layerhold.jobs.snapshot import Snapshot
from layerhold.library import Library
from layerhold.views.details.pane import ImageDetails

APP = "sha256:" + "a" * 64
BASE = "sha256:" + "b" * 64

IMAGES = (
    Image(APP, ("app:1", "app:latest"), ("app@sha256:" + "d" * 64,), 1_700_000_300, 4_000_000),
    Image(BASE, ("base:1",), (), 1_700_000_100, 1_000_000),
)
CONTAINERS = (
    Container("c1" * 32, "web", APP, "app:1", State.RUNNING, "Up 2 hours"),
    Container("c2" * 32, "old", APP, "app:0", State.EXITED, "Exited (0) 3 days ago"),
)
STEPS = (
    Step(HistoryEntry('/bin/sh -c #(nop)  CMD ["run"]', created=1_700_000_300)),
    Step(HistoryEntry("|1 A=b /bin/sh -c make", 1_700_000_200, 3_000_000), "d2", "c2"),
    Step(HistoryEntry("/bin/sh -c #(nop) ADD x in / ", 1_700_000_000, 1_000_000), "d1", "c1"),
)
INSPECT = {
    "Id": APP,
    "RepoTags": ["app:1", "app:latest"],
    "Config": {
        "Env": ["PATH=/bin"],
        "User": "",
        "Labels": {"a.b": "x", "html": "<b>bold</b>", "src": "https://example.org/src"},
    },
}


@pytest.fixture
def library():
    known = Library()
    known.show(Snapshot({image.id: image for image in IMAGES}, CONTAINERS))
    c1, c2 = LayerSize("c1", 1_000_000), LayerSize("c2", 3_000_000)
    known.add_figures(
        {APP: Anatomy("linux/amd64", (c1, c2)), BASE: Anatomy("linux/amd64", (c1,))}, {}
    )
    return known


@pytest.fixture
def description():
    return Description(APP, json.dumps(INSPECT).encode(), STEPS)


@pytest.fixture
def pane(qtbot, library, description):
    shown = ImageDetails(library)
    qtbot.addWidget(shown)
    shown.resize(1100, 420)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.show_image(APP)
    shown.show_description(description)
    return shown
