import pytest

from layerhold.domain.cancel import Token
from layerhold.engine.connect import reach
from layerhold.jobs.figures import FigureReader
from layerhold.jobs.snapshot import take


def name(number: int) -> str:
    return f"sha256:{number:064x}"


BASE = name(0xBA5E)


@pytest.fixture
def engine(small_engine, endpoint):
    small_engine.images = {name(it): [BASE, name(100 + it)] for it in range(20)}
    engine = reach(endpoint, Token())
    yield engine
    engine.close()


class Kept:
    """What a library would know."""

    def __init__(self) -> None:
        self.anatomies = {}
        self.figures = {}

    def add(self, anatomies, figures):
        self.anatomies |= anatomies
        self.figures = figures


@pytest.fixture
def kept():
    return Kept()


@pytest.fixture
def cache(folder):
    return folder / "cache"


@pytest.fixture
def reader(runner, cache, kept, engine):
    reader = FigureReader(runner, cache)
    reader.read.connect(kept.add)
    reader.attend(engine)
    yield reader
    reader.attend(None)


def read_all(qtbot, reader, runner, snapshot):
    reader.want(snapshot)
    qtbot.waitUntil(lambda: not runner.running)


def test_every_image_gets_its_figures(qtbot, reader, runner, engine, kept):
    read_all(qtbot, reader, runner, take(engine))

    assert len(kept.anatomies) == 20
    assert {(it.shared, it.unique) for it in kept.figures.values()} == {(100, 100)}


def test_a_second_start_asks_the_engine_nothing(qtbot, reader, runner, small_engine, cache, kept):
    engine, snapshot = reader._engine, take(reader._engine)
    read_all(qtbot, reader, runner, snapshot)
    asked, known = small_engine.asked.total(), Kept()
    again = FigureReader(runner, cache)
    again.read.connect(known.add)

    again.attend(engine)
    read_all(qtbot, again, runner, snapshot)

    assert small_engine.asked.total() == asked
    assert (known.anatomies, known.figures) == (kept.anatomies, kept.figures)


def test_an_image_that_vanishes_is_left_out(qtbot, reader, runner, engine, small_engine, kept):
    snapshot = take(engine)
    del small_engine.images[name(3)]

    read_all(qtbot, reader, runner, snapshot)

    assert kept.anatomies.keys() == small_engine.images.keys()


def test_a_removed_image_changes_what_others_share(
    qtbot, reader, runner, engine, small_engine, kept
):
    small_engine.images = {name(1): [BASE], name(2): [BASE]}
    read_all(qtbot, reader, runner, take(engine))
    assert kept.figures[name(1)].unique == 0

    del small_engine.images[name(2)]
    read_all(qtbot, reader, runner, take(engine))

    assert list(kept.figures) == [name(1)]
    assert kept.figures[name(1)].unique == 100


def test_what_was_wished_first_is_read_first(qtbot, reader, runner, engine, small_engine):
    small_engine.asked.clear()
    reader.put_first(name(17))
    read_all(qtbot, reader, runner, take(engine))

    inspected = [path for path in small_engine.asked if path.endswith("/json")]
    assert inspected[2] == f"/images/{name(17)}/json"


def test_a_newer_wish_loses_nothing_that_was_read(
    qtbot, reader, runner, engine, small_engine, kept
):
    snapshot = take(engine)
    reader.want(snapshot)
    qtbot.waitUntil(lambda: small_engine.asked.total() > 10)
    small_engine.images[name(99)] = [BASE]
    reader.want(take(engine))
    reader.put_first(name(12))
    qtbot.waitUntil(lambda: not runner.running)

    assert kept.anatomies.keys() == small_engine.images.keys() == kept.figures.keys()
    inspected = [path for path in small_engine.asked if path.endswith("/history")]
    assert all(small_engine.asked[path] == 1 for path in inspected)


def test_nothing_arrives_after_the_engine_was_left(
    qtbot, reader, runner, engine, small_engine, kept
):
    snapshot = take(engine)
    small_engine.may_answer.clear()
    reader.want(snapshot)
    qtbot.waitUntil(lambda: bool(kept.figures) or small_engine.asked.total() > 4)

    reader.attend(None)
    small_engine.may_answer.set()
    qtbot.waitUntil(lambda: not runner.running)

    assert kept.anatomies == {}
