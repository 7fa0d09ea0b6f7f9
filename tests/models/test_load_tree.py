"""The rows of a plan to load, under Qt's own eyes."""

import random
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from layerhold.archives.reading import read
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.cancel import Token
from layerhold.domain.images import Image
from layerhold.engine.about import Caps
from layerhold.models.load_tree import EFFECT, WHAT, LoadTree
from layerhold.planning.load_plan import plan_load
from layerhold.planning.load_rows import WHOLE, Spot
from layerhold.planning.load_settling import settled
from layerhold.planning.load_survey import survey
from layerhold.planning.load_wishes import Wishes
from layerhold.planning.world import World
from live.images import Layer, Sketch, write_archive

pytestmark = pytest.mark.usefixtures("qapp")

LAYERS = [Layer(f"COPY {n} /", {f"{n}": b"x"}) for n in range(6)]
FAILURE = ArchiveFailure("/tmp/text.tar", ArchiveFault.NOT_AN_ARCHIVE, "no tar")
WORLD = World({"sha256:e": Image("sha256:e", ("app-0:1",))})


@pytest.fixture
def surveyed(tmp_path):
    """Archives of several images with one, two or no tags."""

    def make(name, count):
        sketches = [
            Sketch((LAYERS[n],), tuple(f"app-{n}:{tag}" for tag in range(n % 3)))
            for n in range(count)
        ]
        return survey(read(write_archive(tmp_path / name, sketches), Token()), Token())

    return make


def walk(tree, parent=None):
    """Every cell below, as a view would ask for it."""
    parent = parent or QModelIndex()
    for row in range(tree.rowCount(parent)):
        index = tree.index(row, WHAT, parent)
        yield index
        yield from walk(tree, index)


def test_rows_stay_true_while_files_and_plans_come(surveyed):
    tree, chance = LoadTree(Caps()), random.Random(5)
    tester = QAbstractItemModelTester(tree, QAbstractItemModelTester.FailureReportingMode.Fatal)
    paths = [Path(f"/tmp/{name}") for name in ("a.tar", "text.tar", "b.tar")]
    found = [None, None, None]
    tree.show_files(paths[:1], found[:1], looking=True)
    tree.show_files(paths, found, looking=True)
    archives = [surveyed("a.tar", 6), FAILURE, surveyed("b.tar", 3)]
    before, ticks = tree.sheet.plan, {}
    for at, archive in enumerate(archives):
        found[at] = archive
        tree.show_files(paths, found, looking=at < 2)
        for _ in range(6):
            ticks[Spot(chance.choice((0, 2)), chance.randrange(3), WHOLE)] = chance.random() < 0.5
            here = [None if isinstance(each, ArchiveFailure) else each for each in found]
            before = settled(plan_load(here, Wishes(dict(ticks)), WORLD), before)
            tree.show_plan(before)
            assert all(index.data() for index in walk(tree))
    assert len(list(walk(tree))) == 3 + 6 + 2 + 3 + sum(
        max(1, n % 3) for n in (*range(6), *range(3))
    )
    tester.deleteLater()


def test_only_what_has_changed_is_told(surveyed):
    tree, archive = LoadTree(Caps()), surveyed("a.tar", 6)
    tree.show_files([Path("/tmp/a.tar")], [archive], looking=False)
    plan = plan_load([archive], Wishes(), WORLD)
    tree.show_plan(plan)
    list(walk(tree))
    told = []
    tree.dataChanged.connect(lambda first, last: told.append((first, last)))

    ticks = {Spot(0, 2): False, Spot(0, 3): False}
    tree.show_plan(settled(plan_load([archive], Wishes(ticks), WORLD), plan))

    below = [(a.row(), b.row()) for a, b in told if a.parent().isValid()]
    assert below[0] == (2, 3)
    assert {a.parent().row() for a, _ in told if a.parent().parent().isValid()} == {2, 3}


def test_what_cells_say_is_never_markup():
    tree = LoadTree(Caps())
    tree.show_files([Path("/tmp/<b>x</b>.tar")], [None], looking=False)

    assert (
        tree.index(0, WHAT).data(Qt.ItemDataRole.ToolTipRole)
        == "<qt>/tmp/&lt;b&gt;x&lt;/b&gt;.tar</qt>"
    )
    assert tree.index(0, EFFECT).data() == "Was not looked into"
