from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox

from fakes.desks import when_open
from layerhold.dialogs.about import AboutDialog
from layerhold.dialogs.failure import FailureDialog
from layerhold.dialogs.preferences import PreferencesDialog
from layerhold.dialogs.quit import QuitDialog
from layerhold.dialogs.store_place import StorePlace
from layerhold.engine.about import About, Kind, Store
from layerhold.jobs.runner import JobRunner
from layerhold.jobs.store_place import look_into
from layerhold.settings import Settings


def test_an_unexpected_error_hides_its_traceback_until_asked(qtbot):
    dialog = FailureDialog(None, KeyError("message"), Path("/var/log/layerhold.log"))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.details.isHidden()
    dialog.more.click()
    assert dialog.details.isVisible()
    dialog.copy.click()
    assert "KeyError: 'message'" in QGuiApplication.clipboard().text()


@pytest.fixture
def store(qtbot, tmp_path):
    """The place of a store, as a look shows it."""
    runner = JobRunner()
    place = StorePlace(
        tmp_path / "store",
        tmp_path / "usual",
        lambda path: runner.start("Look", partial(look_into, path), quiet=True),
    )
    qtbot.waitUntil(lambda: not place.is_looking)
    return place


def test_preferences_come_back_as_chosen(qtbot, store):
    dialog = PreferencesDialog(None, Settings(theme="light"), store, None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.settings == Settings(theme="light")
    qtbot.keyClick(dialog.theme, Qt.Key.Key_Down)
    dialog.intermediate.click()
    assert dialog.settings == Settings(theme="dark", show_intermediate=True)


def test_an_unknown_theme_is_the_desktops(qtbot, store):
    dialog = PreferencesDialog(None, Settings(theme="pink"), store, None)
    qtbot.addWidget(dialog)
    assert dialog.settings.theme == "system"


def test_the_store_can_be_elsewhere_and_says_how_much_it_holds(qtbot, store, tmp_path):
    dialog = PreferencesDialog(None, Settings(), store, None)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.is_settled)
    assert store.said.text() == "Holds 0 images, 0 B on disk."

    store.edit.setText(str(tmp_path / "other"))
    ok = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    assert not ok.isEnabled()
    qtbot.waitUntil(ok.isEnabled)
    assert "none is moved" in store.said.text()
    assert store.folder == tmp_path / "other"

    (tmp_path / "file").touch()
    store.edit.setText(str(tmp_path / "file"))
    qtbot.waitUntil(lambda: "is not a folder" in store.said.text())
    assert not ok.isEnabled()

    store.edit.clear()
    qtbot.waitUntil(ok.isEnabled)
    assert store.folder == tmp_path / "usual"


def test_about_names_the_engine(qtbot):
    engine = About(Kind.DOCKER, "26.1.5", "1.45", Store.GRAPH_DRIVER, driver="overlay2")
    dialog = AboutDialog(None, engine)
    qtbot.addWidget(dialog)
    assert "Docker 26.1.5 (overlay2), API 1.45" in dialog.versions.text()


def test_enter_stays_when_jobs_run(qtbot):
    dialog = QuitDialog(None, 2)
    qtbot.addWidget(dialog)
    assert dialog.said.text() == "2 jobs are still running."
    assert not dialog.sign.pixmap().isNull()
    dialog.show()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        dialog.open()
        with qtbot.waitSignal(dialog.rejected):
            qtbot.keyClick(dialog, key)


def test_only_the_button_quits_when_jobs_run(qtbot):
    when_open(lambda dialog: qtbot.mouseClick(dialog.leave, Qt.MouseButton.LeftButton))
    assert QuitDialog.ask(None, 1)
    when_open(lambda dialog: qtbot.mouseClick(dialog.stay, Qt.MouseButton.LeftButton))
    assert not QuitDialog.ask(None, 1)


def test_enter_closes_the_news_of_an_unexpected_error(qtbot):
    dialog = FailureDialog(None, KeyError("message"), None)
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
