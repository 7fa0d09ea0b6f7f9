"""One image below the list."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QTreeView

from layerhold.domain.errors import HistoryUnavailable
from layerhold.domain.images import Image
from layerhold.jobs.snapshot import Snapshot
from layerhold.library import Library
from layerhold.views.details.pane import ImageDetails

APP = "sha256:" + "a" * 64
BASE = "sha256:" + "b" * 64
TABS = ("Layers", "Inspect", "Config", "Tags", "Used by")
LEFT = Qt.MouseButton.LeftButton


def rows(tree):
    model = tree.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_names_that_assistive_technology_reads(pane):
    tabs = pane.tabs
    assert tabs.tabBar().accessibleName() == "Image details"
    assert tuple(tabs.tabText(at) for at in range(tabs.count())) == TABS
    trees = (
        tabs.parts.layers,
        tabs.parts.inspect,
        tabs.parts.config,
        tabs.parts.tags,
        tabs.parts.used_by,
    )
    assert tuple(part.tree.accessibleName() for part in trees) == TABS


def test_every_control_has_a_name_and_a_tooltip_and_is_reached_by_keys(pane):
    for name in TABS:
        pane.open_tab(name)
    controls = [*pane.findChildren(QAbstractButton), *pane.findChildren(QLineEdit)]
    ours = [each for each in controls if not each.objectName().startswith(("qt_", "_q_"))]
    ours = [each for each in ours if each.metaObject().className() != "QLineEditIconButton"]
    ours = [each for each in ours if each.parent() is not pane.tabs.tabBar()]

    assert len(ours) > 15
    for control in ours:
        assert control.accessibleName(), control
        assert control.toolTip() or not control.isVisible(), control.accessibleName()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, control.accessibleName()


def test_an_image_shows_what_is_known_at_once_and_wishes_for_the_rest(qtbot, library):
    pane = ImageDetails(library)
    qtbot.addWidget(pane)

    with qtbot.waitSignal(pane.description_wanted) as wish:
        pane.show_image(APP)

    assert wish.args == [APP]
    assert pane.header.name.text() == "app"
    assert [chip.reference for chip in pane.header.chips.chips] == ["app:1", "app:latest"]
    assert pane.header.glances.weight.value.text() == "4 MB"
    assert pane.header.glances.platform.value.text() == "linux/amd64"
    assert pane.header.glances.leader.text() == "2 containers"
    assert [row[0] for row in rows(pane.tabs.parts.tags.tree)][:2] == ["app:1", "app:latest"]


def test_a_description_of_another_image_is_ignored(pane, description):
    pane.show_image(BASE)
    pane.show_description(description)
    pane.show_failure(APP, "no", "")

    assert rows(pane.tabs.parts.layers.tree) == []
    assert not pane.failure.isVisible()


def test_the_same_image_again_is_not_read_again(qtbot, pane):
    with qtbot.assertNotEmitted(pane.description_wanted):
        pane.show_image(APP)
    assert len(rows(pane.tabs.parts.layers.tree)) == 4


def test_an_answer_that_takes_long_is_awaited_in_words(qtbot, pane, description):
    parts = pane.tabs.parts
    pane.open_tab("Inspect")
    pane.show_image(BASE)
    assert parts.inspect.sentence == ""
    qtbot.waitUntil(lambda: parts.inspect.sentence == "Waiting for the engine…")
    assert parts.layers.sentence == parts.inspect.sentence

    pane.show_description(replace(description, image_id=BASE))
    assert parts.inspect.sentence == ""
    assert rows(parts.inspect.tree)


def test_a_failure_is_told_in_the_pane_and_can_be_tried_again(qtbot, pane, description):
    pane.show_image(BASE)
    pane.show_failure(BASE, "The engine <b>does not</b> answer.", "Start it.")
    assert pane.failure.text.text() == "The engine <b>does not</b> answer."
    assert pane.failure.text.textFormat() == Qt.TextFormat.PlainText
    assert pane.tabs.parts.layers.sentence == "The details could not be read."
    assert pane.tabs.parts.inspect.sentence == "The details could not be read."

    with qtbot.waitSignal(pane.description_wanted) as wish:
        qtbot.mouseClick(pane.failure.retry, LEFT)
    pane.show_description(replace(description, image_id=BASE))

    assert wish.args == [BASE]
    assert not pane.failure.isVisible()
    assert pane.tabs.parts.layers.sentence == ""


def test_a_history_that_is_unavailable_is_told_in_a_sentence(pane, description):
    problem = HistoryUnavailable(APP, "snapshot does not exist")
    pane.show_image(BASE)
    pane.show_description(replace(description, image_id=BASE, steps=(), problem=problem))

    assert "history" in pane.tabs.parts.layers.sentence.casefold()


def test_several_images_are_summed_up_in_a_sentence(pane):
    pane.show_selection("3 images selected: 540 MB listed, 212 MB would be freed")

    assert pane.summary.isVisible()
    assert pane.summary.sentence.startswith("3 images")
    assert pane.image_id == ""


def test_an_image_that_is_removed_leaves_the_pane(pane, library):
    library.show(Snapshot({BASE: library.images[BASE]}, ()))

    assert pane.summary.sentence == "This image has been removed."


def test_new_tags_are_shown_and_the_json_is_read_again(qtbot, pane, library):
    tagged = replace(library.images[APP], tags=("app:1", "app:latest", "other:2"))
    with qtbot.waitSignal(pane.description_wanted):
        library.show(Snapshot({**library.images, APP: tagged}, library.containers))

    assert [chip.reference for chip in pane.header.chips.chips][-1] == "other:2"
    assert len(rows(pane.tabs.parts.layers.tree)) == 4


def test_a_chip_pushes_copies_and_untags(qtbot, pane):
    chip = pane.header.chips.chips[1]
    with qtbot.waitSignal(pane.pushing_wanted) as pushed:
        qtbot.mouseClick(chip.pusher, LEFT)
    assert pushed.args == [pane.image_id, chip.reference]
    with qtbot.waitSignal(pane.copied) as copied:
        qtbot.mouseClick(chip.copier, LEFT)
    assert (QGuiApplication.clipboard().text(), copied.args) == ("app:latest", ["Reference"])

    with qtbot.waitSignal(pane.untagging_wanted) as wish:
        qtbot.keyClick(chip.untagger, Qt.Key.Key_Space)
    assert wish.args == [APP, "app:latest"]


def test_chips_without_room_are_counted_and_lead_to_the_tags(qtbot, pane, library):
    tags = tuple(f"registry.example.com/team/app-number-{n}:1" for n in range(40))
    many = replace(library.images[APP], tags=tags)
    library.show(Snapshot({**library.images, APP: many}, library.containers))
    chips = pane.header.chips

    shown = [chip for chip in chips.chips if chip.isVisible()]
    assert shown
    assert chips.more.text() == f"+{40 - len(shown)}"
    assert chips.more.geometry().right() <= chips.width()
    qtbot.mouseClick(chips.more, LEFT)
    assert pane.tabs.currentWidget().isAncestorOf(pane.tabs.parts.tags)


def test_the_number_of_users_leads_to_them(qtbot, pane):
    qtbot.mouseClick(pane.header.glances.leader, LEFT)

    assert rows(pane.tabs.parts.used_by.tree) == [
        ["web", "Running", "Up 2 hours", "", "Made from it"],
        ["old", "Exited", "Exited (0) 3 days ago", "", "Made from it when it was called app:0"],
    ]


def test_an_image_that_nobody_uses_says_so(pane):
    pane.show_image(BASE)

    assert pane.tabs.parts.used_by.sentence == "No container uses this image."


@pytest.mark.parametrize("name", [*TABS, "used BY"])
def test_a_tab_opens_by_its_name(pane, name):
    assert pane.open_tab(name)
    assert pane.tabs.tabText(pane.tabs.currentIndex()).casefold() == name.casefold()


def test_there_is_no_tab_of_another_name(pane):
    assert not pane.open_tab("Vulnerabilities")


def test_tab_and_columns_are_remembered(qtbot, pane, library):
    pane.open_tab("Config")
    pane.tabs.parts.config.tree.header().resizeSection(0, 321)
    again = ImageDetails(library)
    qtbot.addWidget(again)

    again.restore(pane.state())

    assert again.tabs.currentWidget().isAncestorOf(again.tabs.parts.config)
    assert again.tabs.parts.config.tree.header().sectionSize(0) == 321


def test_a_tab_is_made_when_it_is_first_opened(pane):
    trees = {tree.accessibleName() for tree in pane.findChildren(QTreeView)}
    assert trees == {"Layers"}

    pane.open_tab("Config")

    config = pane.tabs.currentWidget().findChild(QTreeView)
    assert config.accessibleName() == "Config"
    assert config.isVisible()
    assert rows(config)[0]


def test_a_tab_that_is_opened_before_its_image_waits_for_it(qtbot, library, description):
    pane = ImageDetails(library)
    qtbot.addWidget(pane)
    pane.open_tab("Config")
    assert rows(pane.tabs.parts.config.tree) == []

    pane.show_image(APP)
    pane.show_description(description)

    assert rows(pane.tabs.parts.config.tree)


def test_a_tab_that_is_opened_after_a_failure_says_so(qtbot, library):
    pane = ImageDetails(library)
    qtbot.addWidget(pane)
    pane.show_image(APP)
    pane.show_failure(APP, "No.")

    pane.open_tab("Config")

    assert pane.tabs.parts.config.sentence == "The details could not be read."


def test_columns_of_a_tab_that_was_not_opened_are_remembered(qtbot, pane, library):
    pane.open_tab("Config")
    pane.tabs.parts.config.tree.header().resizeSection(0, 321)
    pane.open_tab("Layers")
    between, after = ImageDetails(library), ImageDetails(library)
    for each in (between, after):
        qtbot.addWidget(each)

    between.restore(pane.state())
    after.restore(between.state())
    after.open_tab("Config")

    assert after.tabs.parts.config.tree.header().sectionSize(0) == 321


@pytest.mark.parametrize("state", [b"", b"nonsense", b"{}", b'{"tab": 3}', b"\xff\x00"])
def test_a_state_that_cannot_be_read_changes_nothing(pane, state):
    pane.restore(QByteArray(state))

    assert pane.tabs.currentIndex() == 0


def test_the_pane_fits_a_small_window(pane):
    pane.resize(640, 260)

    assert pane.minimumSizeHint().width() <= 640
    assert pane.header.glances.leader.isVisible()
    assert not pane.header.glances.platform.isVisible()


def test_nothing_is_asked_for_where_there_is_nothing_to_select(qtbot):
    library = Library()
    pane = ImageDetails(library)
    qtbot.addWidget(pane)
    assert not pane.summary.sentence.strip()

    image = Image(APP, ("app:1",))
    library.show(Snapshot({APP: image}, ()))
    pane.show_image(None)
    assert pane.summary.sentence == "Select an image to see what it is made of."
