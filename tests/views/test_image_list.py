from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from fakes import many_images
from layerhold.domain.containers import Container, State
from layerhold.domain.images import Image
from layerhold.jobs.snapshot import Snapshot, settle
from layerhold.library import Connection, Library, Phase
from layerhold.models.columns import NUMBERS
from layerhold.models.image_views import View
from layerhold.planning.ordering import Column
from layerhold.planning.targets import OneTag, WholeImage
from layerhold.views.image_list import ImageList

ROWS = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


@pytest.fixture
def library(qtbot):
    del qtbot
    return Library()


@pytest.fixture
def images(library, qtbot):
    shown = ImageList(library)
    qtbot.addWidget(shown)
    shown.resize(1200, 600)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def image(number, *tags, **facts):
    return Image(f"sha256:{number:064x}", tags, created=number, **facts)


def show(library, *images, containers=()):
    library.show(settle(tuple(images), tuple(containers), library.snapshot))


def stock(library, count=400):
    library.show(many_images.snapshot(count))


def click(images, index, modifier=Qt.KeyboardModifier.NoModifier):
    place = images.tree.visualRect(index).center()
    QTest.mouseClick(images.tree.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def click_sign(images, row):
    """The place before a name, where a branch is opened."""
    name = images.tree.visualRect(images.model.index(row, 0))
    place = QPoint(name.x() - 8, name.center().y())
    QTest.mouseClick(images.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)


def press(images, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(images.tree, key, modifier)


def names(images):
    return [entry.image.tags for entry in images.model.shown]


def test_it_is_called_images(images):
    assert images.tree.accessibleName() == "Images"


def test_a_click_on_an_image_means_it_whole_and_on_a_tag_only_that(library, images, qtbot):
    show(library, image(2, "a:1", "a:2"), image(1, "b:1"))
    click_sign(images, 0)
    parent = images.model.index(0, 0)
    assert images.tree.isExpanded(parent)

    with qtbot.waitSignal(images.selection_changed) as told:
        click(images, images.model.index(1, 1, parent))
    assert told.args == [(OneTag(image(2).id, "a:2"),)]
    click(images, parent)
    assert images.selected_targets() == (WholeImage(image(2).id),)


def test_an_image_that_is_selected_stands_for_its_tags(library, images):
    show(library, image(2, "a:1", "a:2"), image(1, "b:1"))
    click_sign(images, 0)
    parent = images.model.index(0, 0)

    click(images, images.model.index(0, 0, parent))
    click(images, images.model.index(1, 0), Qt.KeyboardModifier.ControlModifier)
    assert images.selected_targets() == (OneTag(image(2).id, "a:1"), WholeImage(image(1).id))
    press(images, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert images.selected_targets() == (WholeImage(image(2).id), WholeImage(image(1).id))


def test_keys_open_and_close_branches_and_go_through_rows(library, images):
    show(library, image(2, "a:1", "a:2"), image(1, "b:1"))
    images.enter()

    press(images, Qt.Key.Key_Right)
    assert images.tree.isExpanded(images.model.index(0, 0))
    press(images, Qt.Key.Key_Down)
    assert images.selected_targets() == (OneTag(image(2).id, "a:1"),)
    press(images, Qt.Key.Key_Left)
    press(images, Qt.Key.Key_Left)
    assert not images.tree.isExpanded(images.model.index(0, 0))
    press(images, Qt.Key.Key_End)
    assert images.selected_targets() == (WholeImage(image(1).id),)


def test_typing_goes_to_a_repository_whatever_column_was_clicked(library, images):
    show(library, image(3, "alpine:1"), image(2, "busybox:1"), image(1, "caddy:1"))
    click(images, images.model.index(0, NUMBERS[Column.SIZE]))

    QTest.keyClicks(images.tree, "ca")

    assert images.selected_targets() == (WholeImage(image(1).id),)


def test_delete_asks_for_removal(library, images, qtbot):
    show(library, image(1, "a:1"))
    images.enter()
    with qtbot.waitSignal(images.removal_wanted):
        press(images, Qt.Key.Key_Delete)


def test_copy_takes_the_references_of_what_is_selected(library, images):
    show(library, image(3, "a:1", "a:2"), image(2, "b:1"), image(1))
    images.enter()
    press(images, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)

    press(images, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied == ["a:1", "a:2", "b:1", image(1).id]


def test_a_refresh_keeps_selection_branches_and_the_current_row(library, images):
    show(library, image(4, "d:1"), image(2, "b:1", "b:2"), image(1, "a:1"))
    click_sign(images, 1)
    click(images, images.model.index(1, 0, images.model.index(1, 0)))
    told = []
    images.selection_changed.connect(told.append)

    show(library, image(5, "e:1"), image(3, "c:1"), image(2, "b:1", "b:2"), image(1, "a:1"))
    QApplication.processEvents()

    assert names(images)[2] == ("b:1", "b:2")
    assert images.tree.isExpanded(images.model.index(2, 0))
    assert images.selected_targets() == (OneTag(image(2).id, "b:2"),)
    assert images.model.tag(images.tree.currentIndex()) == "b:2"
    assert told == []


def test_a_tag_that_goes_away_is_not_selected_any_more(library, images):
    show(library, image(2, "b:1", "b:2", "b:3"), image(1, "a:1"))
    click_sign(images, 0)
    click(images, images.model.index(1, 0, images.model.index(0, 0)))

    show(library, image(2, "b:1", "b:3"), image(1, "a:1"))

    assert images.selected_targets() == ()
    assert images.tree.isExpanded(images.model.index(0, 0))
    show(library, image(2, "b:1"), image(1, "a:1"))
    QApplication.processEvents()
    assert images.model.rowCount(images.model.index(0, 0)) == 0


def test_branches_open_again_when_the_filter_lets_them(library, images):
    show(library, image(2, "b:1", "b:2"), image(1, "a:1"))
    click_sign(images, 0)

    images.set_filter("a:1")
    assert names(images) == [("a:1",)]
    images.set_filter("")
    QApplication.processEvents()

    assert images.tree.isExpanded(images.model.index(0, 0))
    assert images.model.rowCount(images.model.index(0, 0)) == 2


def test_what_a_filter_hides_is_neither_selected_nor_current(library, images):
    show(library, image(2, "b:1"), image(1, "a:1"))
    click(images, images.model.index(0, 0))
    current = []
    images.current_changed.connect(current.append)

    images.set_filter("a:1")

    assert images.selected_targets() == ()
    assert current == [None]


def test_when_the_current_image_goes_the_keys_stay_at_its_place(library, images):
    show(library, image(3, "c:1"), image(2, "b:1"), image(1, "a:1"))
    click(images, images.model.index(1, 0))

    show(library, image(3, "c:1"), image(1, "a:1"))

    assert images.tree.currentIndex().row() == 1
    assert images.selected_targets() == ()


def test_the_row_at_the_top_stays_there_when_others_come_above_it(library, images):
    stock(library)
    bar = images.tree.verticalScrollBar()
    bar.setValue(40 * images.tree.row_height + 7)
    top = images.model.entry(images.tree.indexAt(QPoint(0, 0)))

    fresh = {new.id: new for new in (image(many_images.NOW + n, f"new:{n}") for n in range(9))}
    library.show(Snapshot(fresh | dict(library.images), ()))
    QApplication.processEvents()

    assert names(images)[0] == ("new:8",)
    assert images.model.entry(images.tree.indexAt(QPoint(0, 0))) is top
    assert bar.value() == 49 * images.tree.row_height + 7


def test_at_the_very_top_new_images_come_into_sight(library, images):
    stock(library)
    fresh = image(many_images.NOW, "new:1")

    library.show(Snapshot({fresh.id: fresh} | dict(library.images), ()))
    QApplication.processEvents()

    assert images.model.entry(images.tree.indexAt(QPoint(0, 0))).image is fresh


def test_every_row_in_sight_has_its_branch_and_few_others(library, images):
    stock(library, 3_000)
    bar = images.tree.verticalScrollBar()
    for value in range(0, bar.maximum(), 400):
        bar.setValue(value)
        index = images.tree.indexAt(QPoint(0, 5))
        while index.isValid() and images.tree.visualRect(index).y() < images.tree.height():
            several = len(images.model.entry(index).image.tags) > 1
            assert images.model.hasChildren(index.siblingAtColumn(0)) is several
            index = images.tree.indexBelow(index)
    assert len(images.model.branches) < 400


def test_a_click_on_a_header_sorts_and_sizes_begin_with_the_largest(library, images):
    show(library, image(2, "b:1", size=1), image(1, "a:1", size=2))
    header = images.tree.columns
    place = QPoint(header.sectionViewportPosition(NUMBERS[Column.SIZE]) + 20, header.height() // 2)

    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert names(images) == [("a:1",), ("b:1",)]
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert names(images) == [("b:1",), ("a:1",)]


def test_columns_are_hidden_shown_and_reset_from_the_header(images):
    header = images.tree.columns
    hidden = {number for number in range(header.count()) if header.isSectionHidden(number)}
    assert hidden == {NUMBERS[Column.DIGEST], NUMBERS[Column.LABELS]}
    choices = {action.text(): action for action in header.menu().actions()}

    choices["Digest"].trigger()
    choices["Size"].trigger()
    assert not header.isSectionHidden(NUMBERS[Column.DIGEST])
    assert header.isSectionHidden(NUMBERS[Column.SIZE])
    assert not choices["Repository"].isEnabled()
    choices["Reset columns"].trigger()
    assert header.isSectionHidden(NUMBERS[Column.DIGEST])
    assert not header.isSectionHidden(NUMBERS[Column.SIZE])


def test_columns_are_remembered(library, images, qtbot):
    header = images.tree.columns
    header.moveSection(header.visualIndex(NUMBERS[Column.TAG]), 0)
    header.setSectionHidden(NUMBERS[Column.PLATFORM], True)
    images.tree.sortByColumn(NUMBERS[Column.SIZE], Qt.SortOrder.DescendingOrder)
    state = images.state()

    again = ImageList(library)
    qtbot.addWidget(again)
    again.restore(state)
    show(library, image(2, "b:1", size=1), image(1, "a:1", size=2))

    assert again.tree.columns.visualIndex(NUMBERS[Column.TAG]) == 0
    assert again.tree.columns.isSectionHidden(NUMBERS[Column.PLATFORM])
    assert names(again) == [("a:1",), ("b:1",)]


def test_a_state_that_cannot_be_read_leaves_the_columns_as_at_first(images):
    images.restore(images.state().left(9))
    assert images.tree.columns.isSectionHidden(NUMBERS[Column.LABELS])
    assert not images.tree.columns.isSectionHidden(NUMBERS[Column.SIZE])


@pytest.mark.parametrize("width", [800, 1024, 1400])
def test_columns_fit_the_window_until_the_user_resizes_one(images, width):
    images.resize(width, 400)
    QApplication.processEvents()
    header = images.tree.columns
    assert header.length() <= images.tree.viewport().width() or width < 856
    edge = header.sectionViewportPosition(NUMBERS[Column.TAG]) + header.sectionSize(1) - 1
    start, end = QPoint(edge, 8), QPoint(edge + 60, 8)
    before = header.sectionSize(1)

    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(header.viewport(), end)
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert header.sectionSize(1) == before + 60
    images.resize(width + 100, 400)
    QApplication.processEvents()
    assert header.sectionSize(1) == before + 60


def test_select_goes_to_a_reference_or_the_beginning_of_an_id(library, images):
    one, two = image(0xAB << 240, "nginx:1.27"), image(0xCD << 240, "redis:7")
    show(library, two, one)

    assert images.select("nginx:1.27")
    assert images.selected_targets() == (WholeImage(one.id),)
    assert images.select(two.id[7:19])
    assert images.selected_targets() == (WholeImage(two.id),)
    assert not images.select("nothing:1")
    images.set_filter("redis")
    assert not images.select("nginx:1.27")


def test_the_context_menu_opens_by_mouse_and_by_key(library, images):
    show(library, image(1, "a:1"))
    action = QAction("Remove…", images)
    images.set_menu([action])
    images.enter()
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        place = images.tree.visualRect(images.model.index(0, 0)).center()
        everywhere = images.tree.viewport().mapToGlobal(place)
        event = QContextMenuEvent(reason, place, everywhere)
        QApplication.sendEvent(images.tree.viewport(), event)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert menu.actions() == [action]
        menu.close()


def test_empty_states_say_why_and_what_to_do(library, images, qtbot):
    def said():
        return [label.text() for label in images.empty.findChildren(type(images.empty.title))][1:]

    def buttons():
        found = images.empty.findChildren(QPushButton)
        return {button.text(): button for button in found if button.isVisible()}

    assert images.empty.isVisible()
    assert said()[0] == "Reading images…"
    library.show_connection(Connection(Phase.LIVE))
    library.show(Snapshot({}, ()))
    assert said()[0] == "No images yet"
    assert not buttons()

    show(library, image(1, "a:1"))
    assert not images.empty.isVisible()
    images.set_filter("zzz")
    assert said()[0] == "No image matches the filter"
    with qtbot.waitSignal(images.filter_removal_wanted):
        QTest.mouseClick(buttons()["Clear the filter"], Qt.MouseButton.LeftButton)
    images.set_filter("")
    images.set_view(View.DANGLING)
    assert said()[0] == "No dangling images"
    with qtbot.waitSignal(images.view_wanted) as wanted:
        QTest.mouseClick(buttons()["Show all images"], Qt.MouseButton.LeftButton)
    assert wanted.args == [View.ALL]


def test_counts_and_what_is_shown_are_told(library, images):
    counts, shown = [], []
    images.counts_changed.connect(counts.append)
    images.shown_changed.connect(shown.append)
    web = Container("c" * 64, "web", image(1).id, state=State.RUNNING)

    show(library, image(2), image(1, "a:1"), containers=[web])
    images.set_view(View.DANGLING)

    assert [counts[-1].of(view) for view in View] == [2, 1, 1, 1]
    assert shown[-1] == images.shown == 1
    assert images.total == 2


def test_rows_of_every_kind_are_painted(library, images):
    used = image(4, "a:1", "a:2", size=10**9)
    long = image(3, "x" * 3_000 + ":" + "y" * 100, labels={"\x1b": "<b>" * 1_000})
    step = image(2, intermediate=True)
    users = [
        Container(str(n) * 64, f"job_{n}" * n, used.id, state=state)
        for n, state in enumerate(State)
    ]
    show(library, used, long, step, image(0), containers=users)
    library.add_figures(*many_images.measured(list(library.images.values())))
    images.show_intermediate(True)
    for number in range(images.tree.columns.count()):
        images.tree.columns.setSectionHidden(number, False)
    plain = images.tree.grab().toImage()

    images.tree.expand(images.model.index(0, 0))
    images.tree.selectAll()
    assert images.tree.grab().toImage() != plain
    images.resize(300, 300)
    assert not images.tree.grab().isNull()


def test_a_thousand_changes_leave_the_selected_image_selected(library, images):
    stock(library, 2_000)
    click(images, images.model.index(5, 0))
    chosen = images.selected_targets()

    changed = {
        key: replace(old, tags=(*old.tags[:2], f"changed:{number}"))
        for number, (key, old) in enumerate(library.images.items())
        if number % 2
    }
    library.show(Snapshot(dict(library.images) | changed, ()))

    assert images.selected_targets() == chosen
