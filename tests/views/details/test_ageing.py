import time
from dataclasses import replace

import pytest

from layerhold.jobs.snapshot import Snapshot
from layerhold.models.user_list import STATUS
from layerhold.views.ageing import TreeAgeing, until_change

SECONDS = 30


@pytest.fixture
def later(monkeypatch):
    """Moves the clock of the whole program on."""
    real, moved = time.time, [0.0]
    for place in ("views.details.header", "models.layer_tree", "models.user_list"):
        monkeypatch.setattr(f"layerhold.{place}.time", lambda: real() + moved[0])

    def move(seconds):
        moved[0] += seconds

    return move


@pytest.fixture
def young(pane, library, description):
    image = library.images[description.image_id]
    image = replace(image, created=int(time.time()) - SECONDS)
    library.show(Snapshot({**library.images, image.id: image}, ()))
    pane.show_image(image.id)
    return image


def test_the_age_in_the_header_goes_on(qtbot, pane, young, later):
    header = pane.header
    before = header.glances.created.value.text()
    qtbot.waitUntil(lambda: 0 < header._alarm.seconds_left <= SECONDS + 1)

    later(until_change(young.created, time.time()) + 3_600)
    header._alarm.rang.emit()

    assert header.glances.created.value.text() != before
    qtbot.waitUntil(lambda: header._alarm.seconds_left > 0)


def test_the_layers_wait_for_the_next_change_of_an_age(qtbot, pane, description):
    steps = description.steps
    entry = replace(steps[0].entry, created=int(time.time()) - SECONDS)
    ageing = pane.tabs.parts.layers.tree.viewport().findChild(TreeAgeing)
    qtbot.waitUntil(lambda: ageing.seconds_left > SECONDS + 1)

    pane.tabs.parts.layers.clear()
    young = replace(description, steps=(replace(steps[0], entry=entry), *steps[1:]))
    pane.tabs.parts.layers.show_description(young)

    qtbot.waitUntil(lambda: 0 < ageing.seconds_left <= SECONDS + 1)


def test_how_long_a_container_is_up_goes_on(qtbot, pane, library, later):
    web = replace(library.snapshot.containers[0], status="Up 15 minutes", seen=time.time())
    library.show(Snapshot(library.images, (web,)))
    pane.open_tab("Used by")
    tree = pane.tabs.parts.used_by.tree
    ageing = tree.viewport().findChild(TreeAgeing)
    qtbot.waitUntil(lambda: 0 < ageing.seconds_left <= 61)
    assert tree.users.index(0, STATUS).data() == "Up 15 minutes"

    later(120)
    ageing.rang.emit()
    assert tree.users.index(0, STATUS).data() == "Up 17 minutes"
