import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from fakes.desks import desk_over
from layerhold.dialogs.commit import CommitDialog
from layerhold.dialogs.run import RunDialog
from layerhold.domain.containers import Container, State
from layerhold.domain.errors import ImageNotFound
from layerhold.domain.networks import Network
from layerhold.domain.run_defaults import RunDefaults
from layerhold.domain.running import Mount, Port, Restart, RunWish
from layerhold.engine.about import Kind
from planning.model_engine import GraphDriver

A, B = (f"sha256:{letter * 64}" for letter in "ab")
DEFAULTS = RunDefaults(
    ("serve", "--all days"),
    ("/start",),
    environment=(("PATH", "/bin"), ("LEVEL", "info")),
    ports=("80/tcp", "53/udp"),
    volumes=("/data",),
)
BRIDGE, HOST = Network("bridge", "bridge"), Network("host", "host")


@pytest.fixture
def opened(qtbot):
    def show(networks=(BRIDGE, HOST), kind=Kind.DOCKER):
        dialog = RunDialog(None, "nginx:1.27", kind)
        qtbot.addWidget(dialog)
        dialog.begin(DEFAULTS, networks)
        dialog.show()
        return dialog

    return show


def test_without_a_word_the_image_runs_as_it_does_by_itself(opened, qtbot):
    dialog = opened()
    form = dialog.form
    assert form.entrypoint.edit.text() == "/start"
    assert form.command.edit.text() == "serve '--all days'"
    assert form.environment.edit.toPlainText() == "PATH=/bin\nLEVEL=info"
    assert form.ports.edit.toPlainText() == "80\n53/udp"
    assert form.volumes.edit.toPlainText() == "/data"
    ports = (Port(80), Port(53, protocol="udp"))
    assert dialog.wish == RunWish("nginx:1.27", ports=ports)
    assert dialog.equal.text() == (
        "docker run --detach --publish 80/tcp --publish 53/udp nginx:1.27"
    )
    qtbot.keyClick(form.name.edit, Qt.Key.Key_Return)
    assert dialog.result() == RunDialog.DialogCode.Accepted


def test_what_is_typed_becomes_the_wish_and_its_command_line(opened, qtbot):
    dialog = opened(kind=Kind.PODMAN)
    form = dialog.form
    qtbot.keyClicks(form.name.edit, "web")
    form.command.edit.selectAll()
    qtbot.keyClicks(form.command.edit, "sh -c 'echo hi'")
    for field, text in (
        (form.environment, "LEVEL=debug\nA=b c"),
        (form.ports, "8080:80/udp"),
        (form.volumes, "/srv:/data:ro"),
    ):
        field.edit.setPlainText(text)
    form.restart.setCurrentIndex(1)
    form.retries.setValue(3)
    assert dialog.wish == RunWish(
        "nginx:1.27",
        "web",
        ("sh", "-c", "echo hi"),
        environment=(("LEVEL", "debug"), ("A", "b c")),
        ports=(Port(80, "8080", protocol="udp"),),
        mounts=(Mount("/data", "/srv", ("ro",)),),
        restart=Restart.ON_FAILURE,
        retries=3,
    )
    qtbot.mouseClick(dialog.copier, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == (
        "podman run --detach --name web --restart on-failure:3 --publish 8080:80/udp "
        "--volume /srv:/data:ro --env LEVEL=debug --env 'A=b c' nginx:1.27 sh -c 'echo hi'"
    )


def test_another_entrypoint_gets_the_command_that_is_shown(opened):
    dialog = opened(networks=())
    dialog.form.entrypoint.edit.setText("/bin/sh -x")
    assert dialog.wish == RunWish(
        "nginx:1.27", command=("serve", "--all days"), entrypoint=("/bin/sh", "-x")
    )
    dialog.form.command.edit.clear()
    assert dialog.equal.text() == "docker run --detach --entrypoint /bin/sh nginx:1.27 -x"


def test_a_variable_that_cannot_be_taken_away_is_named(opened):
    dialog = opened()
    assert not dialog.form.kept.isVisible()
    dialog.form.environment.edit.setPlainText("PATH=/sbin")
    assert dialog.form.kept.isVisible()
    assert dialog.form.kept.text().startswith("The image itself sets LEVEL;")


def test_ports_are_not_filled_in_where_the_engine_would_drop_them(opened):
    dialog = opened(networks=(HOST,))
    assert dialog.form.ports.edit.toPlainText() == ""
    assert not dialog.form.warning.isVisible()


def test_while_the_engine_is_asked_nothing_can_be_run_but_given_up(qtbot):
    dialog = RunDialog(None, "nginx:1.27", Kind.DOCKER)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "Asking the engine" in dialog.area.widget().text()
    assert not dialog.verb.isEnabled()
    dialog.fail(ImageNotFound("nginx:1.27"))
    assert "nginx:1.27 is not there any more" in dialog.area.widget().text()
    assert not dialog.verb.isEnabled()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_it_begins_no_higher_than_the_screen(opened):
    dialog = opened()
    room = dialog.screen().availableGeometry()
    assert dialog.frameGeometry().height() <= room.height()
    assert dialog.verb.geometry().bottom() < dialog.height()


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
    assert dialog.wish is None


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
