import pytest
from PySide6.QtCore import Qt

from layerhold.domain.errors import EngineUnreachable, Unreachability
from layerhold.engine.about import About, Endpoint, Kind, Store
from layerhold.models.sidebar_roles import ASIDE
from layerhold.views.engine_list import EngineList

DOCKER = About(Kind.DOCKER, "26.1", "1.45", Store.GRAPH_DRIVER, "overlay2")
STORE = About(Kind.STORE, "0.1", "", Store.LAYOUT)
ONE, TWO = (Endpoint(name, f"unix:///{name}", "socket") for name in ("one", "two"))
OWN = Endpoint("Embedded store", "oci:///home/store", "store")
CLOSED = EngineUnreachable(TWO.url, why=Unreachability.NO_PERMISSION)
ALL = ((ONE, DOCKER), (TWO, CLOSED), (OWN, STORE))


@pytest.fixture
def engines(qtbot):
    made = EngineList()
    qtbot.addWidget(made)
    made.show_engines(ALL)
    made.mark(ONE)
    made.show()
    return made


def told(engines, role):
    return [engines.item(row).data(role) for row in range(engines.count())]


def go_to(engines, row):
    engines.setFocus()
    engines.setCurrentRow(row)


def test_each_says_what_it_is_and_the_shown_one_not_by_colour_alone(engines):
    assert engines.accessibleName() == "Engines"
    assert told(engines, Qt.ItemDataRole.DisplayRole) == ["one", "two", "Embedded store"]
    assert told(engines, ASIDE) == ["", "No permission", ""]
    spoken = told(engines, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == ["one, shown", "two, No permission", "Embedded store"]
    tips = told(engines, Qt.ItemDataRole.ToolTipRole)
    assert "that you see" in tips[0]
    assert "not allowed to use the engine at unix:///two" in tips[1]

    signs = [engines.item(row).icon().pixmap(16).toImage() for row in range(3)]
    engines.mark(OWN)
    assert engines.item(0).icon().pixmap(16).toImage() != signs[0]
    assert engines.item(2).icon().pixmap(16).toImage() == signs[0]


def test_return_and_double_click_switch(engines, qtbot):
    go_to(engines, 2)
    with qtbot.waitSignal(engines.chosen) as chosen:
        qtbot.keyClick(engines, Qt.Key.Key_Return)
    assert chosen.args == [OWN]
    engines.mark(OWN)
    place = engines.visualItemRect(engines.item(0)).center()
    qtbot.mouseClick(engines.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(engines.chosen) as chosen:
        qtbot.mouseDClick(engines.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [ONE]


def test_one_that_is_of_no_use_says_why_instead(engines, qtbot):
    go_to(engines, 1)
    with qtbot.assertNotEmitted(engines.chosen), qtbot.waitSignal(engines.refused) as refused:
        qtbot.keyClick(engines, Qt.Key.Key_Return)
    assert refused.args == [CLOSED]


def test_one_that_only_takes_long_can_be_waited_for(engines, qtbot):
    late = EngineUnreachable(TWO.url, why=Unreachability.TIMEOUT)
    engines.show_engines([(ONE, DOCKER), (TWO, late)])
    go_to(engines, 1)
    with qtbot.waitSignal(engines.chosen) as chosen:
        qtbot.keyClick(engines, Qt.Key.Key_Return)
    assert chosen.args == [TWO]


def test_the_shown_one_is_not_switched_to(engines, qtbot):
    go_to(engines, 0)
    with qtbot.assertNotEmitted(engines.chosen):
        qtbot.keyClick(engines, Qt.Key.Key_Return)


def test_what_the_shown_one_said_itself_counts_most(engines):
    late = EngineUnreachable(ONE.url, why=Unreachability.TIMEOUT)
    engines.show_engines([(ONE, late), (TWO, CLOSED)])
    engines.mark(ONE, DOCKER)
    assert told(engines, ASIDE) == ["", "No permission"]
    assert "Docker 26.1 (overlay2)" in told(engines, Qt.ItemDataRole.ToolTipRole)[0]


def test_whoever_is_in_the_list_stays_at_their_engine(engines):
    go_to(engines, 2)
    engines.show_engines([(OWN, STORE), (TWO, DOCKER)])
    assert told(engines, Qt.ItemDataRole.DisplayRole) == ["one", "Embedded store", "two"]
    assert engines.currentRow() == 1
