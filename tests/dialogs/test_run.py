import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from fakes.desks import desk_over
from layerhold.dialogs.commit import CommitDialog
from layerhold.dialogs.run import RunDialog
from layerhold.domain.containers import Container, State
from layerhold.domain.networks import Network
from layerhold.domain.run_defaults import RunDefaults
from layerhold.domain.running import Mount, Port, Restart, RunWish
from layerhold.engine.api import Kind
from planning.model_engine import GraphDriver

A, B = (f"sha256:{letter * 64}" for letter in "ab")
DEFAULTS = RunDefaults(
    ("serve", "--all days"), environment=(("PATH", "/bin"),), ports=("80/tcp",), volumes=("/data",)
)
BRIDGE, HOST = Network("bridge", "bridge"), Network("host", "host")


@pytest.fixture
def opened(qtbot):
    def show(networks=(BRIDGE, HOST), kind=Kind.DOCKER):
        dialog = RunDialog(None, "nginx:1.27", DEFAULTS, networks, kind)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return show


def test_without_a_word_the_image_runs_as_it_does_by_itself(opened, qtbot):
    dialog = opened()
    assert dialog.form.wish == RunWish("nginx:1.27")
    assert dialog.form.command.edit.placeholderText() == "serve '--all days'"
    assert dialog.equal.text() == "docker run --detach nginx:1.27"
    qtbot.keyClick(dialog.form.name.edit, Qt.Key.Key_Return)
    assert dialog.result() == RunDialog.DialogCode.Accepted


def test_what_is_typed_becomes_the_wish_and_its_command_line(opened, qtbot):
    dialog = opened(kind=Kind.PODMAN)
    form = dialog.form
    qtbot.keyClicks(form.name.edit, "web")
    qtbot.keyClicks(form.command.edit, "sh -c 'echo hi'")
    qtbot.keyClicks(form.environment.edit, "A=b c")
    qtbot.keyClicks(form.ports.edit, "8080:80/udp")
    qtbot.keyClicks(form.volumes.edit, "/srv:/data:ro")
    form.restart.setCurrentIndex(1)
    form.retries.setValue(3)
    assert form.wish == RunWish(
        "nginx:1.27",
        "web",
        ("sh", "-c", "echo hi"),
        environment=(("A", "b c"),),
        ports=(Port(80, "8080", protocol="udp"),),
        mounts=(Mount("/data", "/srv", ("ro",)),),
        restart=Restart.ON_FAILURE,
        retries=3,
    )
    qtbot.mouseClick(dialog.copier, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == (
        "podman run --detach --name web --restart on-failure:3 --publish 8080:80/udp "
        "--volume /srv:/data:ro --env 'A=b c' nginx:1.27 sh -c 'echo hi'"
    )


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("name", "-web"),
        ("command", "echo 'open"),
        ("environment", "=x"),
        ("ports", "8080:70000"),
        ("volumes", "here:there"),
    ],
)
def test_what_cannot_be_is_said_and_not_run(opened, field, text):
    dialog = opened()
    part = getattr(dialog.form, field)
    (part.edit.setText if field in {"name", "command"} else part.edit.setPlainText)(text)
    assert part.said.isVisible()
    assert part.said.text()
    assert not dialog.verb.isEnabled()
    assert dialog.form.wish is None


def test_ports_that_the_engine_would_drop_are_warned_of(opened, qtbot):
    dialog = opened(networks=(HOST,))
    assert not dialog.form.warning.isVisible()
    qtbot.keyClicks(dialog.form.ports.edit, "8080:80")
    assert "publishes no port" in dialog.form.warning.text()
    assert dialog.form.warning.isVisible()


def test_it_cannot_be_both_restarted_and_removed(opened):
    dialog = opened()
    form = dialog.form
    form.auto_remove.click()
    assert not form.restart.isEnabled()
    form.auto_remove.click()
    form.restart.setCurrentIndex(3)
    assert not form.auto_remove.isEnabled()


def test_committing_asks_for_a_name_and_changes(qtbot):
    desk = desk_over(GraphDriver().add(A, ["a:1"]).add(B, ["b:1"]))
    dialog = CommitDialog(None, desk.library, Container("c", "web", A, state=State.RUNNING))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.pause.isChecked()
    qtbot.keyClicks(dialog.name.edit, "b:1")
    assert dialog.cancel.isDefault()
    dialog.name.edit.setText("new:1")
    dialog.changes.edit.setPlainText("RUN rm")
    assert not dialog.verb.isEnabled()
    dialog.changes.edit.setPlainText('CMD ["sh"]\nENV A=b')
    assert dialog.wish.reference == "new:1"
    assert dialog.wish.changes == ('CMD ["sh"]', "ENV A=b")
