"""The sidebar list `Logins`, by mouse and by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow

from layerhold.registry.places import Keeper, KnownLogin, Place
from layerhold.views.login_list import LoginList

LOGIN = KnownLogin("registry.example:5000", "ada", Place(Keeper.CONFIG, "config.json"))


@pytest.fixture
def logins(qtbot):
    window = QMainWindow()
    made = LoginList()
    window.setCentralWidget(made)
    window.removal = QAction("Remove…", window)
    window.removal.setShortcut(QKeySequence.StandardKey.Delete)
    window.addAction(window.removal)
    qtbot.addWidget(window)
    window.show()
    made.show_logins((LOGIN,))
    made.setCurrentRow(0)
    made.setFocus()
    yield made
    window.hide()


def test_delete_means_the_login_and_not_what_the_window_would_remove(qtbot, logins):
    removals = []
    logins.window().removal.triggered.connect(removals.append)
    with qtbot.waitSignal(logins.logout_wanted) as wished:
        QTest.keyClick(logins, Qt.Key.Key_Delete)
    assert wished.args == [LOGIN]
    assert not removals


def test_return_logs_in_again(qtbot, logins):
    with qtbot.waitSignal(logins.renewal_wanted) as wished:
        QTest.keyClick(logins, Qt.Key.Key_Return)
    assert wished.args == [LOGIN.registry]


def test_the_menu_names_the_keys(logins):
    again, out = logins.menu(LOGIN).actions()
    assert again.shortcut() == QKeySequence("Return")
    assert out.shortcut() == QKeySequence(QKeySequence.StandardKey.Delete)
