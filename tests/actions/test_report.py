import pytest

from fakes.desks import desk_over, when_open
from layerhold.actions.report import report
from layerhold.dialogs.failure import FailureDialog
from layerhold.domain.errors import Cancelled, EngineUnreachable, Unreachability
from planning.model_engine import GraphDriver

pytestmark = pytest.mark.usefixtures("qapp")


def test_an_expected_failure_is_a_notice():
    desk = desk_over(GraphDriver())
    report(desk, EngineUnreachable("unix:///s", why=Unreachability.NO_PERMISSION))
    assert desk.notices.text.startswith("You are not allowed to use the engine at unix:///s.")


def test_a_wish_is_no_failure():
    desk = desk_over(GraphDriver())
    report(desk, Cancelled())
    assert desk.notices.text == ""


def test_a_bug_gets_a_dialog():
    desk, seen = desk_over(GraphDriver()), []

    def look(dialog):
        seen.append(type(dialog))
        dialog.accept()

    when_open(look)
    report(desk, KeyError("x"))
    assert seen == [FailureDialog]
