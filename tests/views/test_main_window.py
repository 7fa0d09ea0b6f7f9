"""The window by keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit

from fakes.image_hands import image, show
from layerhold.engine.about import About, Endpoint, Kind, Store
from layerhold.jobs.describing import Description
from layerhold.jobs.runner import JobRunner
from layerhold.library import Connection, Phase
from layerhold.views.main_window import MainWindow

ABOUT = About(Kind.DOCKER, "1", "1.41", Store.GRAPH_DRIVER)
LIVE = Connection(Phase.LIVE, Endpoint("it", "unix:///it", "--host"), ABOUT)
MOST = 60
"""Controls that a window may have, and then some."""


@pytest.fixture
def window(qtbot, library):
    made = MainWindow(library)
    for _part in made.furnish(JobRunner(parent=made)):
        QApplication.processEvents()
    qtbot.addWidget(made)
    made.resize(1280, 820)
    made.show()
    qtbot.waitExposed(made)
    library.show_connection(LIVE)
    show(library, image(2, "b:1", "b:2"), image(1, "a:1"))
    made.images.enter()
    made.details.show_image(image(2).id)
    return made


def part_of(window, control):
    """The part of the window in which a control stands."""
    parts = {
        "toolbar": window._toolbar,
        "sidebar": window.sidebar,
        "images": window.images,
        "details": window.details,
        "activity": window.activity,
    }
    (name,) = [name for name, part in parts.items() if part.isAncestorOf(control)]
    return name


def walk(key):
    """Every control that a key leads to, until it is back where it began."""
    first = QApplication.focusWidget()
    found = [first]
    for _step in range(MOST):
        QTest.keyClick(QApplication.focusWidget(), key)
        if QApplication.focusWidget() is first:
            return found
        found.append(QApplication.focusWidget())
    raise AssertionError(f"Tab does not come back to {first}")


def test_tab_goes_through_the_window_part_by_part_from_the_top(window):
    window.filter.setFocus()
    walked = walk(Qt.Key.Key_Tab)
    parts = list(dict.fromkeys(part_of(window, control) for control in walked))

    assert parts == ["toolbar", "sidebar", "images", "details", "activity"]
    changes = sum(
        part_of(window, one) != part_of(window, other)
        for one, other in zip(walked, [*walked[1:], walked[0]], strict=True)
    )
    assert changes == len(parts), "a part is left and entered again"
    assert {window.filter, window.views, window.images.tree, window.activity.line.opener} < set(
        walked
    )


def test_within_a_part_tab_goes_as_one_reads(window):
    walked = [control for control in walk(Qt.Key.Key_Tab) if part_of(window, control) == "details"]
    tops = [control.mapTo(window, control.rect().center()).y() // 20 for control in walked]
    assert tops == sorted(tops)


@pytest.mark.usefixtures("window")
def test_tab_leads_to_controls_with_a_name_only():
    for control in walk(Qt.Key.Key_Tab):
        assert control.accessibleName() or control.text(), control


@pytest.mark.usefixtures("window")
def test_shift_tab_goes_the_same_way_back():
    there = walk(Qt.Key.Key_Tab)
    back = walk(Qt.Key.Key_Backtab)
    assert back == [there[0], *reversed(there[1:])]


def test_f6_goes_from_pane_to_pane_and_back_to_where_one_was(window):
    window.images.tree.setFocus()
    found = []
    for _pane in range(4):
        QTest.keyClick(window, Qt.Key.Key_F6)
        found.append(part_of(window, QApplication.focusWidget()))
    assert found == ["details", "activity", "sidebar", "images"]
    assert QApplication.focusWidget() is window.images.tree

    QTest.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is window.views


def test_enter_on_a_row_goes_on_to_its_details(window):
    window.commands.details.setChecked(False)
    QTest.keyClick(window.images.tree, Qt.Key.Key_Return)
    assert window.details.isVisible()
    assert part_of(window, QApplication.focusWidget()) == "details"


@pytest.mark.parametrize("key", ["F2", "Ctrl+T"])
def test_f2_gives_a_name(window, key):
    assert key in [shortcut.toString() for shortcut in window.commands.tag.shortcuts()]


def test_no_two_commands_have_the_same_key(window):
    keys = [key.toString() for action in window.actions() for key in action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_list_and_details_both_make_room_for_the_activity(window):
    rows, details = window.images.height(), window.details.height()
    window.activity.open()
    QApplication.processEvents()
    assert window.images.height() > rows / 2
    assert window.details.height() < details


def places(window):
    """Where everything is that one may be about to click."""
    tree, details = window.images.tree, window.details
    rows = [tree.visualRect(tree.images.index(row, 0)) for row in range(tree.images.rowCount())]
    parts = (tree, details, details.tabs, window.activity, window.sidebar)
    return [*rows, *((part.mapTo(window, part.rect().topLeft())) for part in parts)]


def test_nothing_moves_when_a_notice_comes_and_goes(window):
    before, room = places(window), window.images.height()
    window.notices.warn("It failed. " * 30, "Try again.", "Details", lambda: None)
    QApplication.processEvents()
    assert window.notices.isVisible()
    assert places(window) == before
    assert window.images.height() == room - window.notices.height()
    window.notices.dismiss()
    QApplication.processEvents()
    assert (places(window), window.images.height()) == (before, room)


def test_what_was_copied_is_confirmed_in_the_status_line(window):
    before = places(window)
    window.notices.confirm("Copied a:1.")
    QApplication.processEvents()
    assert window.status.currentMessage() == "Copied a:1."
    assert window.notices.isHidden()
    assert places(window) == before


def test_a_notice_is_in_sight_with_an_engine_and_without(window, library):
    window.notices.warn("It failed.")
    for connection in (Connection(Phase.NONE), LIVE, Connection(Phase.NONE), LIVE):
        library.show_connection(connection)
        QApplication.processEvents()
        assert window.notices.isVisible(), connection
        assert window.notices.height() < 60


def test_tab_and_f6_lead_through_a_notice(window):
    window.notices.warn("It failed.", "", "Details", lambda: None)
    window.images.tree.setFocus()
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is window.notices.action
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert part_of(window, QApplication.focusWidget()) == "details"
    window.images.tree.setFocus()
    walked = walk(Qt.Key.Key_Tab)
    assert {window.notices.action, window.notices.closer} < set(walked)


def texts_to_copy_from(window):
    """Every text in sight that can be selected and not changed."""
    by_mouse = Qt.TextInteractionFlag.TextSelectableByMouse
    labels = window.findChildren(QLabel)
    found = [label for label in labels if label.textInteractionFlags() & by_mouse]
    return [text for text in [*window.findChildren(QPlainTextEdit), *found] if text.isVisible()]


def selected_and_copied(text):
    """What Ctrl+C copies of a text, pressed in a window with images to copy."""
    text.window().commands.copy_reference.setEnabled(True)
    QGuiApplication.clipboard().setText("nothing")
    text.setFocus()
    text.selectAll() if isinstance(text, QPlainTextEdit) else text.setSelection(0, 9)
    QTest.keyClick(text.window().windowHandle(), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    return QGuiApplication.clipboard().text()


def test_ctrl_c_means_the_text_in_which_something_is_selected(qtbot, window):
    window.activity.open()
    window.notices.warn("It failed for this reason.", "Try again.")
    window.details.show_description(Description(image(2).id, b'"It is so"', ()))
    window.details.open_tab("Inspect")
    inspect = window.details.tabs.parts.inspect
    inspect.bar.text.click()
    qtbot.waitUntil(lambda: bool(inspect.text.text.toPlainText()))
    window.activity.details.text.setPlainText("What became of it")

    copied = [selected_and_copied(text) for text in texts_to_copy_from(window)]
    assert sorted(copied) == ['"It is so"', "It failed", "Try again", "What became of it"]


def test_ctrl_c_means_the_advice_where_no_engine_answers(window, library):
    library.show_connection(Connection(Phase.NONE))
    (advice,) = [text for text in texts_to_copy_from(window) if isinstance(text, QLabel)]
    advice.setText("Start the engine.")
    assert selected_and_copied(advice) == "Start the"
