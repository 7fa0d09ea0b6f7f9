from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from fakes.desks import when_open
from layerhold.dialogs.about import AboutDialog
from layerhold.dialogs.failure import FailureDialog
from layerhold.dialogs.preferences import PreferencesDialog
from layerhold.dialogs.quit import QuitDialog
from layerhold.engine.api import About, Kind, Store
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


def test_preferences_come_back_as_chosen(qtbot):
    dialog = PreferencesDialog(None, Settings(theme="light"), None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.settings == Settings(theme="light")
    qtbot.keyClick(dialog.theme, Qt.Key.Key_Down)
    dialog.intermediate.click()
    assert dialog.settings == Settings(theme="dark", show_intermediate=True)


def test_an_unknown_theme_is_the_desktops(qtbot):
    dialog = PreferencesDialog(None, Settings(theme="pink"), None)
    qtbot.addWidget(dialog)
    assert dialog.settings.theme == "system"


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
