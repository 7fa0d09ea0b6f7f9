import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from layerhold.domain.errors import EngineUnreachable
from layerhold.engine.about import About, Endpoint, Kind, Store
from layerhold.library import Connection, Phase
from layerhold.views.store_banner import StoreBanner

OWN = Endpoint("Embedded store", "oci:///home/store", "store")
STORE = About(Kind.STORE, "0.1", "", Store.LAYOUT)
DOCKER = About(Kind.DOCKER, "26.1", "1.45", Store.GRAPH_DRIVER)
AWAY, HERE = (Endpoint(name, f"unix:///{name}", "socket") for name in ("away", "R&D"))


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def pull(window):
    return QAction("P&ull…", window)


@pytest.fixture
def banner(window, pull):
    made = StoreBanner([pull], window)
    made.show_connection(Connection(Phase.LIVE, OWN, STORE, stands_in=True))
    return made


def test_it_is_there_only_while_the_store_stands_in(banner):
    assert banner.isVisible()
    assert banner.text.startswith("No container engine answers.")
    banner.show_connection(Connection(Phase.LIVE, OWN, STORE))
    assert not banner.isVisible()


def test_a_way_on_is_a_command_of_the_window(banner, pull, qtbot):
    (way,) = banner.ways
    assert way.text() == "Pull…"
    with qtbot.waitSignal(pull.triggered):
        qtbot.mouseClick(way, Qt.MouseButton.LeftButton)
    pull.setEnabled(False)
    assert not way.isEnabled()
    pull.setVisible(False)
    assert not way.isVisible()


def test_an_engine_that_answers_by_now_can_be_shown(banner, qtbot):
    banner.show_engines([(AWAY, EngineUnreachable(AWAY.url)), (HERE, DOCKER), (OWN, STORE)])
    assert banner.text.startswith("R&D answers by now.")
    assert banner.show_other.accessibleName() == "Show R&D"
    with qtbot.waitSignal(banner.chosen) as chosen:
        qtbot.mouseClick(banner.show_other, Qt.MouseButton.LeftButton)
    assert chosen.args == [HERE]

    banner.show_engines([(OWN, STORE)])
    assert not banner.show_other.isVisible()


def test_once_closed_it_stays_away(banner, qtbot):
    qtbot.mouseClick(banner.closer, Qt.MouseButton.LeftButton)
    banner.show_connection(Connection(Phase.LIVE, OWN, STORE, stands_in=True))
    assert not banner.isVisible()
