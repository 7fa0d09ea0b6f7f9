import json

import pytest

from fakes.desks import desk_over
from layerhold.actions.listing_logins import LoginLister
from planning.model_engine import GraphDriver

AUTHS = {"auths": {"reg.example": {"auth": "bWU6aHVudGVyMg=="}}}


@pytest.fixture
def config(home):
    file = home / ".docker" / "config.json"
    file.parent.mkdir()
    file.write_text(json.dumps(AUTHS))
    return file


@pytest.fixture
def listed(qtbot, config):
    """What is listed, from the first listing on."""
    assert config.is_file()
    lister = LoginLister(desk_over(GraphDriver(sizes={})))
    found = []
    lister.listed.connect(lambda listing: found.append([each.user for each in listing.logins]))
    lister.look()
    qtbot.waitUntil(lambda: found == [["me"]])
    yield found
    lister.deleteLater()


def test_a_file_that_is_replaced_is_read_again(qtbot, config, listed):
    other = config.with_name("new")
    other.write_text("{}")
    other.replace(config)

    qtbot.waitUntil(lambda: listed[-1] == [])


def test_a_file_that_is_written_into_is_read_again_each_time(qtbot, config, listed):
    config.write_text("")
    qtbot.waitUntil(lambda: listed[-1] == [])

    config.write_text(json.dumps(AUTHS))
    qtbot.waitUntil(lambda: listed[-1] == ["me"])
