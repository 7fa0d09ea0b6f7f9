import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from fakes.desks import desk_over
from layerhold.dialogs.tag import TagDialog
from planning.model_engine import GraphDriver

A, B = (f"sha256:{letter * 64}" for letter in "ab")


@pytest.fixture
def opened(qtbot):
    desk = desk_over(GraphDriver().add(A, ["a:1"]).add(B, ["b:1", "b:2", "c:3"]))
    dialog = TagDialog(None, desk.library, A)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def write(qtbot, dialog, text):
    dialog.name.edit.clear()
    qtbot.keyClicks(dialog.name.edit, text)


def test_one_can_type_at_once_and_tab_comes_to_the_buttons_last(opened):
    assert opened.focusWidget() is opened.name.edit
    walked = []
    for _step in range(2):
        opened.focusNextChild()
        walked.append(opened.focusWidget())
    assert opened.cancel in walked


def test_the_name_is_shown_in_full(opened, qtbot):
    write(qtbot, opened, "team/app")
    assert opened.name.meaning.text() == "In full: docker.io/team/app:latest"
    assert opened.verb.isEnabled()
    assert opened.name.reference.familiar == "team/app:latest"


@pytest.mark.parametrize("pasted", [" team/app:2 ", "team/app:2\n", "\tteam/app:2\r\n"])
def test_space_that_was_pasted_along_means_nothing(opened, pasted):
    QGuiApplication.clipboard().setText(pasted)
    opened.name.edit.clear()
    opened.name.edit.paste()
    assert opened.name.reference.familiar == "team/app:2"
    assert opened.verb.isEnabled()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Team/App", "“Team/App” has capital letters; repositories have none."),
        ("app:bad tag", "“bad tag” is no tag."),
        ("app@sha256:" + "0" * 64, "A digest cannot be given to an image."),
        ("a" * 300, "The reference is too long."),
        ("0" * 64, "would read as an image ID."),
    ],
)
def test_what_is_no_name_is_refused_as_typed(opened, text, said):
    opened.name.edit.setText(text)
    assert said in opened.name.field.said.text()
    assert not opened.verb.isEnabled()
    assert opened.name.edit.accessibleDescription() == opened.name.field.said.text()


def test_ten_thousand_characters_are_no_trouble(opened):
    opened.name.edit.setMaxLength(20_000)
    opened.name.edit.setText("x" * 10_000)
    assert len(opened.name.field.said.text()) < 300


def test_who_loses_the_tag_is_said_and_enter_becomes_safe(opened, qtbot):
    write(qtbot, opened, "b:1")
    loses = "bbbbbbbbbbbb has this tag now and loses it; it keeps b:2, c:3."
    assert opened.name.warning.text() == loses
    assert opened.cancel.isDefault()
    qtbot.keyClick(opened.name.edit, Qt.Key.Key_Return)
    assert opened.result() == TagDialog.DialogCode.Rejected


def test_a_free_name_is_taken_by_enter(opened, qtbot):
    write(qtbot, opened, "new:1")
    qtbot.keyClick(opened.name.edit, Qt.Key.Key_Return)
    assert opened.result() == TagDialog.DialogCode.Accepted


def test_a_tag_that_the_image_has_changes_nothing(opened, qtbot):
    write(qtbot, opened, "a:1")
    assert opened.name.warning.text() == "The image has this tag already."
    assert not opened.verb.isEnabled()


@pytest.mark.parametrize("text", ["foo:" + "x" * 128, "y" * 127 + "/z", "b:1", "foo:" + "X" * 200])
def test_names_of_any_length_leave_the_dialog_as_wide_as_it_was(opened, qtbot, text):
    wide = opened.width()
    opened.name.edit.setText(text)
    qtbot.waitUntil(lambda: opened.height() >= opened.layout().totalHeightForWidth(wide))
    assert opened.minimumSizeHint().width() <= opened.width() == wide
    assert opened.rect().contains(opened.verb.mapTo(opened, opened.verb.rect().bottomRight()))
