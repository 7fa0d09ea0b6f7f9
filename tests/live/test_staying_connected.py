"""The watch and the refresher on engines that are killed, started again and replaced."""

from time import monotonic

import pytest

from layerhold.engine.about import Endpoint
from layerhold.jobs.refresher import Refresher
from layerhold.jobs.runner import JobRunner
from layerhold.jobs.watch import Watch
from live.images import Layer, Sketch, write_archive

pytestmark = pytest.mark.live

ONE, TWO = "example.com/it:one", "example.com/it:two"


class Desk:
    """What an application would connect."""

    def __init__(self, qtbot, daemon) -> None:
        self.runner = JobRunner()
        self.watch, self.refresher = Watch(self.runner), Refresher(self.runner)
        self.tags, self.listings, self.losses = set(), 0, []
        self.watch.connected.connect(self.refresher.attend)
        self.watch.invalidated.connect(self.refresher.refresh)
        self.watch.lost.connect(self._lose)
        self.refresher.taken.connect(self._show)
        self._qtbot, self._daemon = qtbot, daemon

    def open(self) -> None:
        with self._qtbot.waitSignal(self.refresher.taken, timeout=10_000):
            self.watch.switch(Endpoint("live", self._daemon.url, "--host"))

    def close(self) -> None:
        self.watch.stop()
        self.refresher.attend(None)
        self._qtbot.waitUntil(lambda: not self.runner.running)

    def wait_for(self, tags: set[str]) -> None:
        self._qtbot.waitUntil(lambda: self.tags == tags, timeout=10_000)

    def _show(self, snapshot) -> None:
        self.listings += 1
        self.tags = {tag for image in snapshot.images.values() for tag in image.tags}

    def _lose(self, why) -> None:
        self.losses.append(why)
        self.refresher.attend(None)


@pytest.fixture
def desk(qtbot, any_engine):
    desk = Desk(qtbot, any_engine)
    yield desk
    desk.close()


@pytest.fixture
def loaded(any_engine, tmp_path):
    """The engine with one image that has one tag."""
    sketch = Sketch((Layer("COPY it /", {"it": b"it"}),), (ONE,))
    any_engine.load(write_archive(tmp_path / "one.tar", [sketch]))
    return any_engine


def test_what_others_change_is_shown_soon(loaded, desk):
    desk.open()
    assert desk.tags == {ONE}

    started = monotonic()
    loaded.cli("tag", ONE, TWO)
    desk.wait_for({ONE, TWO})

    assert monotonic() - started < 2.0


def test_a_change_between_the_list_and_the_first_event_is_not_missed(loaded, desk):
    tagged = []

    def tag_at_once(_snapshot):
        if not tagged:
            tagged.append(loaded.cli("tag", ONE, TWO))

    desk.watch.connected.connect(lambda _engine: tag_at_once(None))
    desk.open()

    desk.wait_for({ONE, TWO})


@pytest.mark.usefixtures("loaded")
def test_nothing_is_asked_while_nothing_happens(qtbot, desk):
    desk.open()
    with qtbot.assertNotEmitted(desk.refresher.taken, wait=2000):
        pass

    assert desk.losses == []


def test_a_killed_engine_is_lost_at_once_and_found_again_with_its_changes(qtbot, loaded, desk):
    desk.open()
    with qtbot.waitSignal(desk.watch.lost, timeout=2000):
        loaded.kill()
    assert desk.tags == {ONE}

    with qtbot.waitSignal(desk.watch.connected, timeout=15_000):
        loaded.start()
        loaded.cli("tag", ONE, TWO)
    desk.wait_for({ONE, TWO})


def test_changes_right_after_a_restart_are_not_missed(qtbot, loaded, desk):
    desk.open()
    for number in range(3):
        with qtbot.waitSignal(desk.watch.lost, timeout=5000):
            loaded.kill()
        with qtbot.waitSignal(desk.watch.connected, timeout=15_000):
            loaded.start()
        loaded.cli("tag", ONE, f"{TWO}-{number}")
        desk.wait_for({ONE, *(f"{TWO}-{each}" for each in range(number + 1))})


def test_a_storm_of_changes_costs_few_listings(loaded, desk):
    desk.open()
    before = desk.listings
    for number in range(40):
        loaded.cli("tag", ONE, f"{TWO}-{number}")
    desk.wait_for({ONE, *(f"{TWO}-{each}" for each in range(40))})

    assert desk.listings - before < 30
