import random
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from shiboken6 import Shiboken

from fakes import many_images
from layerhold.domain.containers import Container, State
from layerhold.domain.errors import FilterFault
from layerhold.domain.images import Image
from layerhold.jobs.snapshot import Snapshot, settle
from layerhold.library import Library
from layerhold.models import arrangement, matches
from layerhold.models.columns import IMAGE_COLUMNS, NUMBERS
from layerhold.models.image_tree import ImageTree
from layerhold.models.image_views import View
from layerhold.planning.ordering import Column
from layerhold.planning.targets import OneTag, WholeImage

SIGNALS = (
    "dataChanged",
    "layoutChanged",
    "rowsInserted",
    "rowsRemoved",
    "modelReset",
    "rearranging",
    "counts_changed",
    "problem_changed",
)


@pytest.fixture
def library(qtbot):
    del qtbot
    return Library()


@pytest.fixture
def images(library):
    return ImageTree(library)


def show(library, *images, containers=()):
    library.show(settle(tuple(images), tuple(containers), library.snapshot))


def image(number, *tags, **facts):
    return Image(f"sha256:{number:064x}", tags, created=number, **facts)


def rows(images, column=Column.TAG, parent=None):
    parent = parent or QModelIndex()
    return [
        images.index(row, NUMBERS[column], parent).data() for row in range(images.rowCount(parent))
    ]


def opened(images, row):
    return images.branch(row)


def test_one_row_for_each_image_and_one_below_for_each_tag_of_several(library, images):
    show(library, image(2, "nginx:1.27", "nginx:latest", "proxy:1"), image(1, "redis:7"))

    assert rows(images, Column.REPOSITORY) == ["nginx", "redis"]
    assert rows(images) == ["1.27 +2", "7"]
    parent = opened(images, 0)
    assert images.rowCount(opened(images, 1)) == 0
    assert rows(images, Column.REPOSITORY, parent) == ["nginx", "nginx", "proxy"]
    assert rows(images, Column.TAG, parent) == ["1.27", "latest", "1"]


def test_no_item_of_a_branch_is_held(library, images):
    show(library, image(1, "a:1", "a:2"))
    opened(images, 0)

    assert not any(isinstance(it, QStandardItem) for it in Shiboken.getAllValidWrappers())


def test_no_size_stands_twice(library, images):
    show(library, image(1, "a:1", "a:2", size=5_000_000))
    parent = opened(images, 0)

    assert rows(images, Column.SIZE) == ["5 MB"]
    assert rows(images, Column.SIZE, parent) == ["", ""]


def test_an_act_on_an_image_means_it_whole_and_on_a_tag_only_that(library, images):
    show(library, image(1, "a:1", "a:2"))
    parent = opened(images, 0)

    assert images.target(parent) == WholeImage(image(1).id)
    assert images.target(images.index(1, 3, parent)) == OneTag(image(1).id, "a:2")


def test_the_newest_come_first_and_dangling_ones_say_so(library, images):
    show(library, image(3, "c:1"), image(2), image(1, "a:1"))

    assert rows(images, Column.REPOSITORY) == ["c", "<none>", "a"]
    spoken = images.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "<none>, dangling"


def test_sorting_by_tag_reads_numbers_as_numbers(library, images):
    show(library, image(3, "a:1.10"), image(2, "a:1.9"), image(1))

    images.sort(NUMBERS[Column.TAG], Qt.SortOrder.AscendingOrder)
    assert rows(images) == ["1.9", "1.10", "<none>"]
    images.sort(NUMBERS[Column.TAG], Qt.SortOrder.DescendingOrder)
    assert rows(images) == ["1.10", "1.9", "<none>"]


def test_a_filter_hides_what_does_not_match(library, images):
    show(library, image(3, "nginx:1"), image(2, "redis:7"), image(1))

    images.set_filter("dangling=true")
    assert rows(images) == ["<none>"]
    images.set_filter("red")
    assert rows(images) == ["7"]
    images.set_filter("")
    assert rows(images) == ["1", "7", "<none>"]


def test_rows_in_sight_are_filtered_first_and_the_others_follow(
    library, images, qtbot, monkeypatch
):
    monkeypatch.setattr(matches, "AT_ONCE", 20)
    monkeypatch.setattr(arrangement, "ENOUGH", 5)
    QAbstractItemModelTester(images)
    show(library, *(many_images.make(number, dangling_every=6) for number in range(200)))
    wanted = [entry for entry in images.shown if entry.image.dangling]
    last = QPersistentModelIndex(images.index(images.shown.index(wanted[-1]), 0))
    settled = QSignalSpy(images.settled)

    images.set_filter("dangling=true")

    assert images.shown[:5] == wanted[:5]
    assert len(wanted) < len(images.shown) < 200
    assert settled.count() == 0
    qtbot.waitUntil(lambda: settled.count() == 1)
    assert images.shown == wanted
    assert last.row() == len(wanted) - 1


@pytest.mark.parametrize("change", ["", "used=no", "siz"])
def test_a_filter_that_changes_meanwhile_is_the_one_that_counts(
    library, images, qtbot, monkeypatch, change
):
    monkeypatch.setattr(matches, "AT_ONCE", 20)
    monkeypatch.setattr(arrangement, "ENOUGH", 5)
    show(library, *(many_images.make(number, dangling_every=6) for number in range(200)))
    everything = list(images.shown)

    images.set_filter("dangling=true")
    images.sort(NUMBERS[Column.SIZE])
    images.set_filter(change)

    qtbot.waitUntil(lambda: len(images.shown) == len(everything))
    assert set(images.shown) == set(everything)


def test_a_filter_that_cannot_be_understood_hides_nothing_and_is_told(library, images):
    show(library, image(2, "nginx:1"), image(1, "redis:7"))
    problems = QSignalSpy(images.problem_changed)

    images.set_filter("nginx")
    images.set_filter("nginx colour=red")

    assert rows(images) == ["1", "7"]
    assert problems.at(0)[0].fault is FilterFault.UNKNOWN_KEY
    images.set_filter("nginx")
    assert problems.at(1)[0] is None
    assert rows(images) == ["1"]


def test_a_half_typed_filter_hides_nothing_and_is_told(library, images):
    show(library, image(2, "nginx:1"), image(1, "label-studio:7"))
    problems = QSignalSpy(images.problem_changed)

    images.set_filter("nginx dang")
    assert rows(images) == ["1", "7"]
    assert problems.at(0)[0].fault is FilterFault.MISSING_VALUE
    assert problems.at(0)[0].expected == ("dangling=true", "dangling=false")

    images.set_filter("label")
    assert rows(images) == ["7"]
    assert problems.at(1)[0] is None


def test_a_filter_whose_image_goes_away_hides_nothing_any_more(library, images):
    one, two, three = image(1, "a:1"), image(2, "b:1"), image(3, "c:1")
    show(library, three, two, one)
    images.set_filter("since=b:1")
    assert rows(images, Column.REPOSITORY) == ["c"]
    problems = QSignalSpy(images.problem_changed)

    show(library, three, one)

    assert rows(images, Column.REPOSITORY) == ["c", "a"]
    assert problems.at(0)[0].fault is FilterFault.NO_SUCH_IMAGE


def test_views_and_their_counts(library, images):
    used, idle, dangling = image(3, "a:1"), image(2, "b:1"), image(1)
    step = image(4, intermediate=True)
    web = Container("c" * 64, "web", used.id, state=State.RUNNING)
    show(library, step, used, idle, dangling, containers=[web])

    assert [images.counts.of(view) for view in View] == [3, 1, 2, 1]
    shown = {}
    for view in View:
        images.set_view(view)
        shown[view] = rows(images, Column.REPOSITORY)
    assert shown[View.ALL] == ["a", "b", "<none>"]
    assert shown[View.IN_USE] == ["a"]
    assert shown[View.UNUSED] == ["b", "<none>"]
    assert shown[View.DANGLING] == ["<none>"]
    images.set_view(View.ALL)
    images.show_intermediate(True)
    assert rows(images, Column.REPOSITORY) == ["<none>", "a", "b", "<none>"]
    assert images.counts.of(View.ALL) == 4
    assert images.counts.of(View.DANGLING) == 1


def test_containers_are_named_and_their_state_is_spoken(library, images):
    show(library, image(1, "a:1"))
    web = Container("c" * 64, "web", image(1).id, state=State.RUNNING)
    show(library, image(1, "a:1"), containers=[web])
    index = images.index(0, NUMBERS[Column.USED_BY])

    assert index.data() == "web"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "web (running)"

    show(library, image(1, "a:1"))
    assert not index.data()
    assert images.counts.of(View.IN_USE) == 0


def test_shared_and_unique_are_filled_in_when_they_are_known(library, images):
    one = image(1, "a:1", size=3_000_000)
    show(library, one)
    assert rows(images, Column.UNIQUE) == [""]
    changed = QSignalSpy(images.dataChanged)

    anatomies, figures = many_images.measured([one])
    library.add_figures(anatomies, figures)

    assert rows(images, Column.PLATFORM) == ["amd64"]
    assert rows(images, Column.UNIQUE) != [""]
    assert changed.count() == 1


def test_a_refresh_without_a_difference_emits_nothing(library, images):
    show(library, *(many_images.make(number) for number in range(50)))
    spies = {name: QSignalSpy(getattr(images, name)) for name in SIGNALS}

    show(library, *(many_images.make(number) for number in range(50)))

    assert {name: spy.count() for name, spy in spies.items()} == dict.fromkeys(SIGNALS, 0)


def test_only_changed_rows_are_painted_again(library, images):
    show(library, image(3, "a:1"), image(2, "b:1"), image(1, "c:1"))
    changed = QSignalSpy(images.dataChanged)

    show(library, image(3, "a:1"), image(2, "b:2"), image(1, "c:1"))

    assert changed.count() == 1
    assert changed.at(0)[0].row() == changed.at(0)[1].row() == 1
    assert rows(images) == ["1", "2", "1"]


def test_what_comes_from_outside_is_shown_letter_by_letter(library, images):
    evil = image(1, "a:1", labels={"x": "<b>\x1b[31m" + "y" * 3_000_000})
    show(library, evil)
    index = images.index(0, NUMBERS[Column.LABELS])

    assert len(index.data()) < 400
    assert "\x1b" not in index.data()
    tooltip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;" in tooltip
    assert len(tooltip) < 1_000


def test_every_cell_has_a_text_and_a_tooltip(library, images):
    stock = many_images.snapshot(30, 10)
    library.show(stock)
    library.add_figures(*many_images.measured(list(stock.images.values())))

    for row in range(images.rowCount()):
        parent = opened(images, row)
        for column in range(len(IMAGE_COLUMNS)):
            assert isinstance(images.index(row, column).data(), str)
            assert images.index(row, column).data(Qt.ItemDataRole.ToolTipRole) is not None
            if images.rowCount(parent):
                child = images.index(0, column, parent)
                assert isinstance(child.data(), str)
                assert child.data(Qt.ItemDataRole.ToolTipRole) is not None


@pytest.mark.parametrize("seed", range(6))
def test_rows_follow_random_changes(library, images, seed):
    dice = random.Random(seed)
    tester = QAbstractItemModelTester(
        images, QAbstractItemModelTester.FailureReportingMode.Fatal, images
    )
    stock = [many_images.make(number) for number in range(60)]
    for _ in range(60):
        _change(dice, library, images, stock)
        assert tester.model() is images
        assert len({entry.image.id for entry in images.shown}) == images.rowCount()
        for row in dice.sample(range(images.rowCount()), min(5, images.rowCount())):
            parent = opened(images, row)
            tags = images.shown[row].image.tags
            assert images.rowCount(parent) == (len(tags) if len(tags) > 1 else 0)


def _change(dice, library, images, stock):
    match dice.randrange(6):
        case 0:
            images.set_filter(dice.choice(["", "nginx", "1", "dangling=true", "size>", "zzz"]))
        case 1:
            images.sort(dice.randrange(len(IMAGE_COLUMNS)), dice.choice(list(Qt.SortOrder)))
        case 2:
            images.set_view(dice.choice(list(View)))
        case _:
            here = dice.sample(stock, dice.randrange(len(stock)))
            for number in dice.sample(range(len(here)), len(here) // 5):
                tags = here[number].tags[: dice.randrange(3)]
                here[number] = replace(here[number], tags=tags)
            used = tuple(many_images.containers(here, dice.randrange(9))) if here else ()
            known = library.snapshot if dice.random() < 0.9 else Snapshot({}, ())
            library.show(settle(tuple(here), used, known))
