import pytest
from PySide6.QtCore import Qt

from fakes.desks import desk_over, when_open
from layerhold.actions import logging_in
from planning.model_engine import GraphDriver


@pytest.fixture
def desk(qtbot, home):
    assert home.is_dir()
    desk = desk_over(GraphDriver())
    qtbot.addWidget(desk.window)
    return desk


def test_a_login_is_told_in_place_of_what_was_said_before(qtbot, desk):
    def fill_in(dialog):
        dialog.registry.edit.setText("r.example")
        dialog.user.setText("me")
        dialog.secret.setText("hunter2")
        qtbot.waitUntil(lambda: dialog.keeper.asks)
        dialog.keeper.options[0].click()
        qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)

    desk.notices.warn("Something else failed.")
    when_open(fill_in)
    logging_in.log_in(desk)
    assert desk.notices.text == "Logged in to r.example."
