import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from layerhold.models.image_views import Counts, View
from layerhold.views.sidebar_item import ASIDE
from layerhold.views.view_list import ViewList


@pytest.fixture
def views(qtbot):
    shown = ViewList()
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def test_it_is_called_views_and_begins_with_all(views):
    assert views.accessibleName() == "Views"
    assert views.view is View.ALL
    assert [views.item(row).text() for row in range(views.count())] == [
        "All",
        "In use",
        "Unused",
        "Dangling",
    ]


def test_a_click_and_a_key_choose_a_view(views, qtbot):
    place = views.visualItemRect(views.item(1)).center()
    with qtbot.waitSignal(views.view_chosen) as chosen:
        QTest.mouseClick(views.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [View.IN_USE]
    with qtbot.waitSignal(views.view_chosen) as chosen:
        QTest.keyClick(views, Qt.Key.Key_Down)
    assert chosen.args == [View.UNUSED]
    with qtbot.waitSignal(views.view_chosen) as chosen:
        views.choose(View.ALL)
    assert chosen.args == [View.ALL]


def test_a_long_text_at_the_right_leaves_the_word_its_room(views):
    """As a user name beside the name of a registry."""
    item = views.item(0)
    item.setData(ASIDE, "nobody")
    short = views.grab(views.visualItemRect(item)).toImage()
    item.setData(ASIDE, "somebody-with-a-very-long-name-indeed")
    long = views.grab(views.visualItemRect(item)).toImage()
    word = short.rect().adjusted(0, 0, -short.width() * 2 // 3, 0)

    assert long.copy(word) == short.copy(word)


def test_counts_are_spoken_and_painted(views):
    before = views.grab().toImage()
    views.show_counts(Counts(214, 30, 7))

    spoken = [views.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(4)]
    assert spoken[:2] == ["All, 214 images", "In use, 30 images"]
    assert spoken[2:] == ["Unused, 184 images", "Dangling, 7 images"]
    assert views.grab().toImage() != before


def test_one_sees_where_the_keyboard_is(views, qtbot):
    other = QPushButton()
    qtbot.addWidget(other)
    with qtbot.waitExposed(other):
        other.show()
    views.activateWindow()
    views.setFocus()
    qtbot.waitUntil(views.hasFocus)
    place = views.visualItemRect(views.item(0))
    with_keyboard = views.viewport().grab(place).toImage()
    views.clearFocus()
    assert views.viewport().grab(place).toImage() != with_keyboard
