from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from fakes import many_images
from fakes.image_hands import click, click_sign, image, press, show
from layerhold.domain.containers import Container, State
from layerhold.domain.errors import EngineGone
from layerhold.library import Connection, Phase
from layerhold.models.columns import NUMBERS
from layerhold.models.image_views import View
from layerhold.planning.ordering import Column
from layerhold.planning.targets import OneTag, WholeImage


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


def test_select_finds_what_podman_built_by_the_name_it_was_given(library, images):
    built, pulled = image(2, "localhost/leafy:latest"), image(1, "docker.io/library/nginx:latest")
    show(library, built, pulled)

    assert images.select("leafy")
    assert images.selected_targets() == (WholeImage(built.id),)
    assert images.select("nginx")
    assert images.selected_targets() == (WholeImage(pulled.id),)


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


def test_rows_of_a_lost_engine_are_muted_until_it_is_back(library, images):
    show(library, image(1, "a:1"))
    live = images.tree.grab().toImage()

    library.show_connection(Connection(Phase.LIVE))
    library.mark_lost(EngineGone("it"))
    QApplication.processEvents()
    assert images.tree.grab().toImage() != live
    assert images.tree.accessibleDescription()

    library.show_connection(Connection(Phase.LIVE))
    assert images.tree.grab().toImage() == live
    assert not images.tree.accessibleDescription()


def test_a_list_that_gets_smaller_keeps_the_current_row_in_sight(library, images):
    show(library, *(image(number, f"a:{number}") for number in range(1, 40)))
    last = images.model.index(15, 0)
    click(images, last)
    images.resize(1200, 200)
    QApplication.processEvents()
    assert images.tree.viewport().rect().contains(images.tree.visualRect(last).center())

    images.tree.scrollToBottom()
    images.resize(1200, 180)
    QApplication.processEvents()
    assert images.tree.verticalScrollBar().value() > 0


def test_a_row_that_is_half_out_of_sight_looks_like_any_other(library, images):
    """The mouse is elsewhere."""
    show(library, *(image(number, f"a{number}:1") for number in range(60)))
    images.tree.verticalScrollBar().setValue(images.tree.row_height // 2)
    picture = images.tree.viewport().grab().toImage()
    in_the_margin = picture.pixelColor(1, 2)

    assert in_the_margin == picture.pixelColor(1, 2 + 2 * images.tree.row_height)


def test_a_double_click_opens_a_branch_or_leads_to_the_details(library, images, qtbot):
    show(library, image(2, "a:1", "a:2"), image(1, "b:1"))
    tree, wishes = images.tree, []
    tree.details_wanted.connect(lambda: wishes.append(True))

    for row in (0, 1):
        place = tree.visualRect(images.model.index(row, 0)).center()
        qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
        if row == 0:
            assert tree.isExpanded(images.model.index(0, 0))
            assert not wishes
            tree.collapse(images.model.index(0, 0))
    assert wishes == [True]


class Painted(QObject):
    """What of a widget is painted again."""

    def __init__(self, widget):
        super().__init__(widget)
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, _watched, event):
        if event.type() == QEvent.Type.Paint:
            self.region = self.region.united(event.region())
        return False


def test_the_frame_leaves_nothing_behind_on_rows_that_stay_selected(library, images):
    show(library, *(image(number, f"a:{number}") for number in range(1, 9)))
    images.enter()
    viewport = images.tree.viewport()
    click(images, images.model.index(2, NUMBERS[Column.CREATED]))
    QApplication.processEvents()
    painted = Painted(viewport)
    for row in (2, 3, 4):
        painted.region = QRegion()
        press(images, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        QApplication.processEvents()
        place = images.tree.visualRect(images.model.index(row, 0))
        left = QRect(0, place.y(), viewport.width(), place.height())
        assert QRegion(left).subtracted(painted.region).isEmpty(), row
