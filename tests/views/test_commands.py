import pytest
from PySide6.QtWidgets import QWidget

from fakes.desks import desk_over
from layerhold.planning.targets import OneTag, WholeImage
from layerhold.views.commands import Commands
from layerhold.views.selection import weigh
from planning.model_engine import GraphDriver, Podman

A, B, C = (f"sha256:{letter * 64}" for letter in "abc")
DIGEST = f"a@sha256:{'d' * 64}"


@pytest.fixture
def commands(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    return Commands(window)


def model(kind):
    return desk_over(kind().add(A, ["a:1", DIGEST]).add(B, ["localhost/b:1"]).add(C)).library


@pytest.mark.parametrize(
    ("kind", "selected", "digest", "pull"),
    [
        (GraphDriver, [WholeImage(A)], True, True),
        (GraphDriver, [WholeImage(B)], False, True),
        (GraphDriver, [WholeImage(C)], False, False),
        (GraphDriver, [WholeImage(C), WholeImage(A)], True, True),
        (GraphDriver, [OneTag(A, "a:1")], True, True),
        (Podman, [OneTag(B, "localhost/b:1")], True, False),
    ],
)
def test_only_what_there_is_can_be_copied_and_the_tooltip_says_why(
    commands, kind, selected, digest, pull
):
    commands.allow(weigh(model(kind), tuple(selected)), connected=True)

    assert commands.copy_digest.isEnabled() is digest
    assert ("No registry" in commands.copy_digest.toolTip()) is not digest
    assert commands.copy_pull_command.isEnabled() is pull
    assert ("no name" in commands.copy_pull_command.toolTip()) is not pull
    assert commands.copy_reference.isEnabled()


def test_nothing_selected_is_no_reason_to_complain(commands):
    commands.allow(weigh(model(GraphDriver), ()), connected=True)
    assert not commands.copy_digest.isEnabled()
    assert "No registry" not in commands.copy_digest.toolTip()
