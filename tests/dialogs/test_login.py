"""The login dialog over places and answers of the test's own."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from layerhold.dialogs.login import LoginDialog
from layerhold.domain.registry_errors import LoginRefused
from layerhold.jobs.runner import JobRunner
from layerhold.registry.places import Keeper, Place


class Attempts:
    """Keeps what it was shown, and refuses all of it."""

    def __init__(self):
        self.runner, self.shown = JobRunner(), []

    def places(self, registry):
        place = Place(Keeper.CONFIG, f"/home/{registry}/config.json")
        return self.runner.start("Look", lambda _: (place,), quiet=True)

    def log_in(self, login, place):
        def refuse(_):
            raise LoginRefused(registry=login.registry)

        self.shown.append((login, place.keeper))
        return self.runner.start("Log in", refuse)


@pytest.fixture
def attempts(qtbot):
    made = Attempts()
    yield made
    qtbot.waitUntil(lambda: not made.runner.running)


@pytest.fixture
def dialog(qtbot, attempts):
    dialog = LoginDialog(None, attempts, "reg.example:5000")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.user, "me")
    qtbot.waitUntil(lambda: dialog.keeper.place is not None or dialog.keeper.asks)
    for option in list(dialog.keeper.options)[:1]:
        qtbot.mouseClick(option, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    return dialog


@pytest.mark.parametrize(
    ("pasted", "sent"),
    [("dckr_pat_1\n", "dckr_pat_1"), ("dckr_pat_1\r\n", "dckr_pat_1"), (" a \n\n", " a \n")],
)
def test_the_line_end_of_a_pasted_secret_is_not_sent(qtbot, dialog, attempts, pasted, sent):
    QGuiApplication.clipboard().setText(pasted)
    dialog.secret.paste()

    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(dialog.failure.isVisible)
    assert [(it.secret, keeper) for it, keeper in attempts.shown] == [(sent, Keeper.CONFIG)]
