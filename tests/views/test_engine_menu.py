import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from layerhold.domain.errors import EngineUnreachable, Unreachability
from layerhold.engine.about import About, Endpoint, Kind, Store
from layerhold.views.engine_menu import EngineMenu

ABOUT = About(Kind.DOCKER, "26.1", "1.45", Store.GRAPH_DRIVER)
ONE, TWO = (Endpoint(name, f"unix:///{name}", "socket") for name in ("one", "two"))


@pytest.fixture
def menu(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    menu = EngineMenu(window)
    menu.hold([QAction("Look again", window)])
    menu.tick(ONE)
    menu.popup(QPoint())
    yield menu
    menu.close()


def names(menu):
    return [action.text().partition(" · ")[0] for action in menu.actions() if action.text()]


def active(menu):
    return menu.activeAction().text().partition(" · ")[0]


def test_whoever_goes_through_it_stays_where_they_are_when_engines_answer(menu, qtbot):
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    assert active(menu) == "one"

    menu.show_engines([(ONE, ABOUT), (TWO, ABOUT)])
    assert (names(menu), active(menu)) == (["one", "two", "Look again"], "one")

    qtbot.keyClick(menu, Qt.Key.Key_Down)
    assert active(menu) == "two"
    menu.show_engines([(TWO, ABOUT)])
    assert (names(menu), active(menu)) == (["one", "two", "Look again"], "two")

    qtbot.keyClick(menu, Qt.Key.Key_Down)
    menu.show_engines([(ONE, ABOUT)])
    assert (names(menu), active(menu)) == (["one", "Look again"], "Look again")


def test_who_stood_on_an_engine_that_is_gone_stands_on_the_first(menu, qtbot):
    menu.show_engines([(ONE, ABOUT), (TWO, ABOUT)])
    for _ in range(2):
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    assert active(menu) == "two"

    menu.show_engines([(ONE, ABOUT)])
    assert active(menu) == "one"


def test_nobody_is_put_anywhere_who_uses_the_mouse(menu):
    menu.show_engines([(ONE, ABOUT), (TWO, ABOUT)])
    assert menu.activeAction() is None


def test_engines_of_no_use_are_listed_off_with_the_reason(menu):
    closed = EngineUnreachable(TWO.url, why=Unreachability.NO_PERMISSION)
    late = EngineUnreachable("unix:///three", why=Unreachability.TIMEOUT)
    three = Endpoint("three", late.subject, "socket")
    menu.show_engines([(ONE, ABOUT), (TWO, closed), (three, late)])
    _one, second, third = (action for action in menu.actions() if action.isCheckable())
    assert (second.text(), second.isEnabled()) == ("two · No permission", False)
    assert "not allowed to use the engine at unix:///two" in second.toolTip()
    assert (third.text(), third.isEnabled()) == ("three · No answer in time", True)
