"""The menu `Container`: what it offers follows the container that is chosen on the tab."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from layerhold.domain.containers import Container, State
from layerhold.domain.images import Image
from layerhold.jobs.runner import JobRunner
from layerhold.jobs.snapshot import Snapshot
from layerhold.views.details.container_wishes import Wish
from layerhold.views.main_window import MainWindow

IMAGE = Image("sha256:" + "a" * 64, ("app:1",))
WEB = Container("c1" * 32, "web", IMAGE.id, "app:1", State.RUNNING, "Up 2 hours")


@pytest.fixture
def window(qtbot, library):
    made = MainWindow(library)
    for _part in made.furnish(JobRunner(parent=made)):
        QApplication.processEvents()
    qtbot.addWidget(made)
    made.show()
    library.show(Snapshot({IMAGE.id: IMAGE}, (WEB,)))
    made.commands.containers.allow(connected=True)
    made.details.show_image(IMAGE.id)
    return made


def offered(window):
    return {wish for wish, it in window.commands.containers.by_wish.items() if it.isEnabled()}


def test_without_a_chosen_container_the_menu_says_where_to_choose_one(window):
    assert not offered(window)
    for action in window.commands.containers.actions:
        assert "Used by" in action.toolTip()


def test_the_container_that_is_chosen_on_the_open_tab_is_meant(qtbot, window):
    window.details.open_tab("Used by")
    assert offered(window) == {Wish.LOG, Wish.STOP, Wish.COMMIT, Wish.REMOVE}
    commit = window.commands.containers.by_wish[Wish.COMMIT]
    assert "web" in commit.toolTip()
    with qtbot.waitSignal(window.commands.containers.wanted) as wished:
        commit.trigger()
    assert wished.args == [Wish.COMMIT, WEB]

    window.details.open_tab("Layers")
    assert not offered(window)


def test_what_a_container_does_decides_what_can_be_wished(window, library):
    window.details.open_tab("Used by")
    ended = Container(WEB.id, "web", IMAGE.id, "app:1", State.EXITED, "Exited (0)")
    library.show(Snapshot(library.snapshot.images, (ended,)))

    assert offered(window) == {Wish.LOG, Wish.START, Wish.COMMIT, Wish.REMOVE}
    assert "Exited (0)" in window.commands.containers.by_wish[Wish.STOP].toolTip()


def test_without_an_engine_nothing_can_be_wished(window):
    window.details.open_tab("Used by")
    window.commands.containers.allow(connected=False)
    assert not offered(window)


def test_the_menu_holds_every_wish(window):
    (menu,) = [it for it in window.findChildren(QMenu) if it.title() == "&Container"]
    assert [it.text().replace("&", "") for it in menu.actions()] == [
        "Log",
        "Start",
        "Stop",
        "Commit…",
        "Remove container…",
    ]


def test_a_double_click_on_a_container_reads_its_log(qtbot, window):
    window.details.open_tab("Used by")
    tree = window.details.tabs.parts.used_by.tree
    place = tree.visualRect(tree.users.index(0, 0)).center()
    with qtbot.waitSignal(window.details.container_wanted) as wished:
        qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wished.args == [Wish.LOG, WEB]
