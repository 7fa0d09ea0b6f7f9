"""What the window leaves out, and why, on an engine without containers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from layerhold.engine.about import About, Endpoint, Kind, Store
from layerhold.engine.store.about import CAPS
from layerhold.library import Connection, Library, Phase
from layerhold.models.columns import NUMBERS
from layerhold.models.image_views import View
from layerhold.planning.ordering import Column
from layerhold.views.commands import Commands
from layerhold.views.details.tabs import Tabs
from layerhold.views.image_list import ImageList
from layerhold.views.selection import Selection
from layerhold.views.view_list import ViewList

STORE = About(Kind.STORE, "1", "", Store.LAYOUT, caps=CAPS)
DOCKER = About(Kind.DOCKER, "26.1", "1.45", Store.GRAPH_DRIVER)
USED_BY = NUMBERS[Column.USED_BY]


@pytest.fixture
def commands(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    return Commands(window)


def connect(library, about):
    endpoint = Endpoint("here", "oci:///here", "store")
    library.show_connection(Connection(Phase.LIVE, endpoint, about))


def test_what_needs_something_that_runs_is_off_in_its_own_words(commands):
    commands.allow(Selection(), connected=True, about=STORE)
    for command, words in (
        (commands.run, "The embedded store cannot run images"),
        (commands.build, "The embedded store cannot build images"),
        (commands.import_, "The embedded store cannot import file systems"),
    ):
        assert (command.isEnabled(), command.toolTip(), command.statusTip()) == (
            False,
            words,
            words,
        )
    for command in commands.containers.actions:
        assert (command.isEnabled(), command.toolTip()) == (
            False,
            "The embedded store has no containers",
        )
    assert commands.pull.isEnabled()

    commands.allow(Selection(), connected=True, about=DOCKER)
    assert commands.build.isEnabled()
    assert commands.build.toolTip() == "Build an image from a Dockerfile"
    assert not commands.build.statusTip()


def test_views_of_containers_are_left_for_all_images(qtbot):
    views = ViewList()
    qtbot.addWidget(views)
    views.choose(View.UNUSED)
    with qtbot.waitSignal(views.view_chosen) as chosen:
        views.show_engine(STORE)
    assert chosen.args == [View.ALL]
    unused = views.item(list(View).index(View.UNUSED))
    assert not unused.flags() & Qt.ItemFlag.ItemIsEnabled
    assert unused.toolTip() == "The embedded store has no containers"

    views.setFocus()
    qtbot.keyClick(views, Qt.Key.Key_Down)
    assert views.view is View.DANGLING

    views.show_engine(DOCKER)
    assert unused.flags() & Qt.ItemFlag.ItemIsEnabled
    assert unused.toolTip() == "Images that no container needs"


def test_the_column_of_containers_comes_back_as_the_user_had_it(qtbot):
    library = Library()
    images = ImageList(library)
    qtbot.addWidget(images)
    header = images.tree.columns
    before = images.state()

    connect(library, STORE)
    assert header.isSectionHidden(USED_BY)
    assert images.state() == before
    assert header.isSectionHidden(USED_BY)
    images.restore(before)
    header.lay_out()
    assert header.isSectionHidden(USED_BY)
    assert not header.menu().actions()[USED_BY].isEnabled()

    connect(library, DOCKER)
    assert not header.isSectionHidden(USED_BY)
    header.setSectionHidden(USED_BY, True)
    connect(library, STORE)
    connect(library, DOCKER)
    assert header.isSectionHidden(USED_BY)


def test_headers_say_what_sizes_mean(qtbot):
    library = Library()
    images = ImageList(library)
    qtbot.addWidget(images)

    def told(column):
        role = Qt.ItemDataRole.ToolTipRole
        return images.model.headerData(NUMBERS[column], Qt.Orientation.Horizontal, role)

    connect(library, STORE)
    assert "compressed" in told(Column.SIZE)
    assert "compressed" not in told(Column.CREATED)
    connect(library, DOCKER)
    assert "compressed" not in told(Column.SIZE)


def test_the_tab_of_containers_is_closed_with_the_reason(qtbot):
    tabs = Tabs(Library())
    qtbot.addWidget(tabs)
    tabs.open_tab("Used by")
    tabs.show_engine(STORE)
    last = tabs.count() - 1
    assert not tabs.isTabEnabled(last)
    assert tabs.tabToolTip(last) == "The embedded store has no containers"
    assert tabs.currentIndex() != last
    tabs.show_engine(DOCKER)
    assert tabs.isTabEnabled(last)
