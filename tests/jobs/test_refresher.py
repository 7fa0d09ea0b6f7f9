import pytest

from layerhold.domain.cancel import Token
from layerhold.engine.about import Endpoint
from layerhold.engine.connect import reach
from layerhold.jobs.refresher import Refresher
from layerhold.jobs.usage import UsageReader

LISTED = "/images/json"


@pytest.fixture
def engine(small_engine, endpoint):
    small_engine.images = {f"sha256:{number:064x}": [] for number in range(3)}
    engine = reach(endpoint, Token())
    yield engine
    engine.close()


@pytest.fixture
def refresher(runner):
    refresher = Refresher(runner)
    yield refresher
    refresher.attend(None)


def test_it_lists_as_soon_as_it_has_an_engine(qtbot, refresher, engine):
    with qtbot.waitSignal(refresher.taken) as told:
        refresher.attend(engine)

    assert len(told.args[0].images) == 3


def test_what_has_not_changed_is_the_same_object(qtbot, refresher, engine, small_engine):
    with qtbot.waitSignal(refresher.taken) as first:
        refresher.attend(engine)
    small_engine.images["sha256:" + "f" * 64] = []
    with qtbot.waitSignal(refresher.taken) as second:
        refresher.refresh()

    before, after = first.args[0].images, second.args[0].images
    assert len(after) == 4
    assert all(after[image_id] is image for image_id, image in before.items())


def test_many_wishes_while_it_lists_make_one_more_listing(qtbot, refresher, engine, small_engine):
    small_engine.may_answer.clear()
    refresher.attend(engine)
    for _ in range(20):
        refresher.refresh()
    taken = []
    refresher.taken.connect(taken.append)
    small_engine.may_answer.set()
    qtbot.waitUntil(lambda: len(taken) == 2)
    qtbot.wait(100)

    assert len(taken) == 2
    assert small_engine.asked[LISTED] == 2


def test_a_listing_of_the_engine_before_never_arrives(
    qtbot, refresher, engine, small_engine, folder
):
    other = type(small_engine)(folder / "other.sock")
    other.images = {"sha256:" + "e" * 64: []}
    other.start()
    taken = []
    refresher.taken.connect(taken.append)
    small_engine.may_answer.clear()
    refresher.attend(engine)
    qtbot.waitUntil(lambda: small_engine.asked[LISTED] == 1)

    refresher.attend(reach(Endpoint("other", other.url, "socket"), Token()))
    small_engine.may_answer.set()
    qtbot.waitUntil(lambda: bool(taken))
    qtbot.wait(200)

    assert [list(snapshot.images) for snapshot in taken] == [["sha256:" + "e" * 64]]
    other.stop()


def test_an_engine_that_does_not_answer_is_lost(qtbot, refresher, engine, small_engine):
    small_engine.stop()

    with qtbot.waitSignal(refresher.lost):
        refresher.attend(engine)


def test_without_an_engine_nothing_happens(refresher, runner):
    refresher.refresh()

    assert not runner.running


def test_disk_usage_is_asked_once_for_many_changes(qtbot, runner, engine, small_engine):
    small_engine.images = {"sha256:" + "a" * 64: ["sha256:1", "sha256:2"]}
    reader = UsageReader(runner, rest_ms=50)
    with qtbot.waitSignal(reader.read) as told:
        reader.attend(engine)
        for _ in range(20):
            reader.refresh()

    assert told.args[0].images == 200
    assert small_engine.asked["/system/df"] == 1
