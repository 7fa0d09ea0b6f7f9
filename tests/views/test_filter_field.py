import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QToolButton,
    QTreeWidget,
    QVBoxLayout,
    QWidget,
)

from layerhold import theme
from layerhold.colours import LIGHT
from layerhold.domain.errors import FilterFault, InvalidFilter
from layerhold.planning.filters import KEYS, parse
from layerhold.views.filter_field import COMPLETIONS, PAUSE_MILLISECONDS, FilterField

NAME = QAccessible.Text.Name


@pytest.fixture
def field(qtbot):
    window = QWidget()
    column, row = QVBoxLayout(window), QHBoxLayout()
    typed = FilterField()
    typed.furnish()
    row.addStretch()
    row.addWidget(typed)
    column.addLayout(row)
    column.addWidget(QTreeWidget())
    qtbot.addWidget(window)
    window.resize(900, 300)
    window.show()
    qtbot.waitExposed(window)
    typed.setFocus()
    yield typed
    if offered():
        offered().hide()


def offered():
    """The list of completions, while it is open."""
    return QApplication.activePopupWidget()


def test_it_is_called_filter_images(field):
    assert field.accessibleName() == "Filter images"
    assert "size>100MB" in field.placeholderText()


def test_escape_and_the_button_clear_it(field):
    QTest.keyClicks(field, "nginx")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    QTest.keyClicks(field, "nginx")
    shown = [each for each in field.findChildren(QToolButton) if each.isVisible()]
    rightmost = max(shown, key=QToolButton.x)
    QTest.mouseClick(rightmost, Qt.MouseButton.LeftButton)
    assert field.text() == ""


def test_what_can_be_pressed_in_it_has_a_name(field):
    field.setText("nginx")
    buttons = [each for each in field.findChildren(QToolButton) if each.isVisible()]
    spoken = [QAccessible.queryAccessibleInterface(each).text(NAME) for each in buttons]
    assert sorted(spoken) == ["Clear the filter", "Search"]
    assert sorted(each.toolTip() for each in buttons) == sorted(spoken)


def test_the_sign_of_the_search_takes_the_keyboard_there(field):
    field.setText("nginx")
    field.window().findChild(QTreeWidget).setFocus()
    shown = [each for each in field.findChildren(QToolButton) if each.isVisible()]
    QTest.mouseClick(min(shown, key=QToolButton.x), Qt.MouseButton.LeftButton)
    assert field.hasFocus()
    assert field.selectedText() == "nginx"


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Return])
def test_down_and_enter_go_to_the_list(field, qtbot, key):
    with qtbot.waitSignal(field.list_wanted):
        QTest.keyClick(field, key)


def test_what_is_wrong_stands_below_it(field):
    problem = InvalidFilter("colour=red", FilterFault.UNKNOWN_KEY, ("size", "age"))
    field.show_problem(problem)

    assert field.message.text == (
        "There is no filter “colour=red”."
        ' Try size, age, or "colour=red" in quotes for the word itself.'
    )
    assert field.accessibleDescription() == field.message.text
    assert field.message.accessibleDescription() == field.message.text
    assert field.property("wrong") is True
    assert field.message.isVisible()
    assert not field.message.sign.pixmap().isNull()

    field.show_problem(None)
    assert field.message.text == ""
    assert field.property("wrong") is False
    assert not field.message.isVisible()


@pytest.mark.parametrize("width", [360, 500, 900])
def test_a_message_is_whole_whatever_the_window_and_moves_nothing(field, width):
    window = field.window()
    window.resize(width, 300)
    QApplication.processEvents()
    below = window.findChild(QTreeWidget)
    before = below.geometry()
    field.show_problem(InvalidFilter("x" * 20 + "=1", FilterFault.UNKNOWN_KEY, KEYS))
    QApplication.processEvents()

    message = field.message
    assert window.rect().contains(message.geometry())
    assert message.y() >= field.mapTo(window, field.rect().bottomLeft()).y()
    assert message.words.height() >= message.words.heightForWidth(message.words.width())
    assert below.geometry() == before


def test_a_message_follows_the_field_when_the_window_grows(field):
    field.show_problem(InvalidFilter("a=1", FilterFault.UNKNOWN_KEY, KEYS))
    before = field.message.geometry().right()
    field.window().resize(1000, 300)
    QApplication.processEvents()
    assert field.message.geometry().right() == before + 100


def test_who_goes_on_to_the_list_sees_it_and_the_sign_tells_again(field):
    field.show_problem(InvalidFilter("a=1", FilterFault.UNKNOWN_KEY, KEYS))
    field.window().findChild(QTreeWidget).setFocus(Qt.FocusReason.TabFocusReason)
    assert not field.message.isVisible()
    (sign,) = [each for each in field.findChildren(QToolButton) if "a=1" in each.toolTip()]

    QTest.mouseClick(sign, Qt.MouseButton.LeftButton)
    assert field.message.isVisible()
    assert field.hasFocus()


def test_seek_takes_the_keyboard_and_the_whole_text(field):
    field.setText("nginx")
    field.window().setFocus()
    field.seek()
    assert field.hasFocus()
    assert field.selectedText() == "nginx"


def test_who_stops_after_the_beginning_of_a_filter_is_offered_the_rest(field, qtbot):
    QTest.keyClicks(field, "nginx si")
    qtbot.waitUntil(lambda: offered() is not None, timeout=20 * PAUSE_MILLISECONDS)

    QTest.keyClick(offered(), Qt.Key.Key_Down)
    QTest.keyClick(offered(), Qt.Key.Key_Return)

    assert field.text() in {f"nginx {text}" for text in COMPLETIONS if text.startswith("si")}
    assert not offered()


@pytest.fixture
def themed(qapp):
    theme.apply(qapp, "light")
    yield
    theme.apply(qapp, "system")
    qapp.setStyleSheet("")


@pytest.mark.usefixtures("themed")
def test_the_offer_stands_clear_of_a_message_within_a_border(field, qtbot):
    field.show_problem(InvalidFilter("dang", FilterFault.MISSING_VALUE, ("dangling=true",)))
    QTest.keyClicks(field, "dang")
    qtbot.waitUntil(lambda: offered() is not None)
    popup, message = offered(), field.message
    below = message.mapToGlobal(message.rect().bottomLeft()).y()
    assert popup.mapToGlobal(popup.rect().topLeft()).y() > below
    assert popup.grab().toImage().pixelColor(0, 9) == QColor(LIGHT.border)
    assert popup.sizeHintForRow(0) > field.fontMetrics().height() + 4
    assert not popup.verticalScrollBar().isVisible()


def test_escape_takes_the_offer_back_and_leaves_the_text(field, qtbot):
    QTest.keyClicks(field, "used")
    qtbot.waitUntil(lambda: offered() is not None, timeout=20 * PAUSE_MILLISECONDS)

    QTest.keyClick(offered(), Qt.Key.Key_Escape)

    assert not offered()
    assert field.text() == "used"


def test_a_plain_word_is_offered_nothing(field, qtbot):
    QTest.keyClicks(field, "nginx")
    qtbot.wait(2 * PAUSE_MILLISECONDS)
    assert not offered()


def test_every_filter_is_offered_and_each_one_is_understood():
    assert {parse_key(text) for text in COMPLETIONS} == set(KEYS)
    for text in COMPLETIONS:
        parse(text if not text.endswith("=") else text + "nginx")


def parse_key(text):
    return text[: min(text.find(sign) for sign in "!=<>" if sign in text)]
