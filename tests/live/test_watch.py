"""What a window knows of a real engine, while others change it and while it is gone."""

import pytest

from layerhold.engine.about import Endpoint
from layerhold.jobs.refresher import Refresher
from layerhold.jobs.runner import JobRunner
from layerhold.jobs.watch import Watch
from layerhold.library import Connection, Library, Phase
from live.family import BASE, CHILD, LONER, NEW

pytestmark = pytest.mark.live

KNOWN = {BASE.id, CHILD.id, LONER.id}


class Window:
    """A library that is kept as an application keeps it, with nothing to look at."""

    def __init__(self, endpoint) -> None:
        self.runner = JobRunner()
        self.watch, self.refresher = Watch(self.runner), Refresher(self.runner)
        self.library = Library()
        self.differences = []
        self.watch.connected.connect(self._go_live)
        self.watch.invalidated.connect(self.refresher.refresh)
        self.watch.lost.connect(self._lose)
        self.refresher.taken.connect(self.library.show)
        self.library.images_changed.connect(self.differences.append)
        self.watch.switch(endpoint)

    def _go_live(self, engine) -> None:
        self.library.show_connection(Connection(Phase.LIVE, engine.endpoint, engine.about))
        self.refresher.attend(engine, self.library.snapshot)

    def _lose(self, why) -> None:
        self.library.mark_lost(why)
        self.refresher.attend(None, self.library.snapshot)

    @property
    def phase(self) -> Phase:
        return self.library.connection.phase

    def tags(self, sketch) -> set[str]:
        return set(self.library.images[sketch.id].tags)


@pytest.fixture
def window(qtbot, stocked):
    window = Window(Endpoint("live", stocked.url, "--host"))
    qtbot.waitUntil(lambda: window.library.images.keys() == KNOWN, timeout=10_000)
    yield window
    window.watch.stop()
    window.refresher.attend(None)
    qtbot.waitUntil(lambda: not window.runner.running)


def test_a_tag_made_elsewhere_changes_one_row_and_leaves_the_others(qtbot, window, stocked):
    before = dict(window.library.images)
    window.differences.clear()

    stocked.cli("tag", LONER.id, NEW)
    qtbot.waitUntil(lambda: NEW in window.tags(LONER), timeout=5000)

    (difference,) = window.differences
    assert difference.changed == {LONER.id}
    assert not difference.added | difference.removed
    assert window.library.images[BASE.id] is before[BASE.id]


def test_a_container_made_elsewhere_uses_its_image(qtbot, window, stocked):
    stocked.cli("create", "--network", "none", "--name", "it", CHILD.id)
    qtbot.waitUntil(lambda: bool(window.library.users(CHILD.id)), timeout=5000)
    assert [user.name for user in window.library.users(CHILD.id)] == ["it"]

    stocked.cli("rm", "it")
    qtbot.waitUntil(lambda: not window.library.users(CHILD.id), timeout=5000)


def test_an_image_removed_elsewhere_is_gone(qtbot, window, stocked):
    stocked.cli("rmi", *LONER.tags)
    qtbot.waitUntil(lambda: window.library.images.keys() == KNOWN - {LONER.id}, timeout=5000)


def test_what_was_known_is_kept_while_the_engine_is_gone_and_caught_up_after(
    qtbot, window, stocked
):
    before = dict(window.library.images)
    with qtbot.waitSignal(window.watch.lost, timeout=5000):
        stocked.kill()
    assert window.phase is Phase.LOST
    assert window.library.connection.problem is not None
    assert window.library.images == before

    stocked.start()
    stocked.cli("tag", LONER.id, NEW)
    qtbot.waitUntil(lambda: NEW in window.tags(LONER), timeout=20_000)

    assert window.phase is Phase.LIVE
    assert window.library.connection.problem is None
    assert all(window.library.images[each] is before[each] for each in (BASE.id, CHILD.id))


def test_nothing_is_asked_of_an_engine_while_nothing_happens(qtbot, window):
    qtbot.waitUntil(lambda: len(window.runner.running) == 1)
    started = []
    window.runner.started.connect(started.append)
    window.differences.clear()

    qtbot.wait(3000)

    assert started == []
    assert window.differences == []
    assert [job.title for job in window.runner.running] == ["Listen"]
