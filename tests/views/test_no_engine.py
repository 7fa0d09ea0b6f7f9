import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from layerhold.domain.errors import (
    ConfigProblem,
    EngineUnreachable,
    UnknownContext,
    Unreachability,
    UnusableContext,
)
from layerhold.engine.about import Endpoint
from layerhold.library import Connection, Phase
from layerhold.views.no_engine import NoEngine


def place(name, why):
    url = f"unix:///run/{name}.sock"
    return Endpoint(name, url, "socket"), EngineUnreachable(url, why=why)


ABSENT = place("docker", Unreachability.NO_SOCKET)
CLOSED = place("podman", Unreachability.NO_PERMISSION)


@pytest.fixture
def page(qtbot):
    made = NoEngine()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.show_connection(Connection(Phase.NONE, problem=CLOSED[1], tried=(ABSENT, CLOSED)))
    return made


def click(qtbot, page, row):
    tried = page.tried
    place = tried.visualItemRect(tried.topLevelItem(row)).center()
    qtbot.mouseClick(tried.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_it_begins_with_the_reason_that_tells_most(page):
    assert page.tried.currentIndex().row() == 1
    assert "docker group" in page.advice


def test_every_place_says_what_is_wrong_with_it_when_it_is_clicked(page, qtbot):
    click(qtbot, page, 0)
    assert "no engine at unix:///run/docker.sock" in page.advice
    assert "systemctl" in page.advice


def test_the_command_that_helps_can_be_copied(page, qtbot):
    assert page.command.text.text() == "systemctl --user start podman.socket"
    click(qtbot, page, 0)
    assert page.command.text.text() == "sudo systemctl start docker"
    qtbot.mouseClick(page.command.copier, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "sudo systemctl start docker"


def test_no_command_is_offered_where_none_helps(page):
    far = Endpoint("far", "tcp://far:2375", "--host")
    problem = EngineUnreachable(far.url, why=Unreachability.REFUSED)
    page.show_connection(Connection(Phase.NONE, problem=problem, tried=((far, problem),)))
    assert page.command.isHidden()


def test_a_few_places_need_no_scroll_bar(page):
    places = tuple(place(f"number{n}", Unreachability.NO_SOCKET) for n in range(9))
    page.show_connection(Connection(Phase.NONE, problem=places[0][1], tried=places))
    assert page.tried.verticalScrollBar().maximum() == 0


def test_the_list_stands_still_whatever_the_advice(page, qtbot):
    before = page.tried.geometry()
    click(qtbot, page, 0)
    assert page.tried.geometry() == before


def test_another_look_that_finds_the_same_leaves_the_row_that_was_chosen(page, qtbot):
    click(qtbot, page, 0)
    page.show_connection(Connection(Phase.NONE, problem=CLOSED[1], tried=(ABSENT, CLOSED)))
    assert page.tried.currentIndex().row() == 0
    page.show_connection(Connection(Phase.NONE, problem=CLOSED[1], tried=(CLOSED, ABSENT)))
    assert page.tried.currentIndex().row() == 0
    assert "docker group" in page.advice


def test_what_the_configuration_says_in_vain_is_told_as_well(page):
    ghost = UnusableContext("ghost", UnknownContext("ghost", ("default",)))
    broken = ConfigProblem("/home/me/.docker/config.json", "line 1")
    page.show_connection(Connection(Phase.NONE, tried=(ABSENT,), doubts=(ghost, broken)))
    assert "“ghost” cannot be used" in page.doubts
    assert "/home/me/.docker/config.json" in page.doubts
