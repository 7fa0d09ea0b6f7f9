"""Containers that are made, started, read and committed on real engines."""

import json
import shlex
from itertools import takewhile
from threading import Timer
from time import time_ns

import pytest

from layerhold.domain.cancel import Token
from layerhold.domain.committing import CommitWish
from layerhold.domain.container_errors import (
    ContainerFault,
    ContainerRefused,
    InvalidChange,
    LogUnreadable,
    NotStarted,
)
from layerhold.domain.containers import LogLine, State
from layerhold.domain.errors import (
    Cancelled,
    ContainerNotFound,
    ImageNotFound,
    InvalidReference,
)
from layerhold.domain.networks import publishes
from layerhold.domain.run_command import command_line
from layerhold.domain.run_defaults import run_defaults
from layerhold.domain.running import Mount, Port, Restart, RunWish
from layerhold.engine.about import Endpoint, Kind
from layerhold.engine.docker.engine import connect
from layerhold.engine.running import run
from layerhold.jobs import containers as carry_out
from layerhold.jobs.context import Context
from live.family import ids, tags
from live.images import Layer, Sketch, busybox, write_archive

pytestmark = pytest.mark.live

HOME = Sketch((busybox(), Layer("ENV A=b")), ("example.com/run:1",), cmd=("/bin/sleep", "99"))
SILENT = Sketch((busybox(),), ("example.com/silent:1",))
NEW = "example.com:5000/team/new:1"


@pytest.fixture
def engine(any_engine, tmp_path):
    any_engine.load(write_archive(tmp_path / "run.tar", [HOME, SILENT]))
    engine = connect(Endpoint("live", any_engine.url, "--host"))
    yield engine
    engine.close()


def wish(script="", **options):
    """A container that does what the script says, and then waits."""
    command = ("sh", "-c", script) if script else ()
    return RunWish(HOME.tags[0], **({"command": command, "network": "none"} | options))


def said(engine, wished):
    """What a container writes that ends by itself."""
    return list(engine.container_log(run(engine, wished).id, follow=True))


def states(engine):
    return {container.name: container.state for container in engine.list_containers()}


def inspected(any_engine, container, template):
    return any_engine.cli("inspect", "--format", template, container)


def test_a_container_runs_as_it_was_wished(engine, any_engine, tmp_path):
    (tmp_path / "greeting").write_text("hello from outside\n")
    script = 'read line < /in/greeting; echo "$line; $A; $ODD; $0"; echo gone >&2; echo x > /keep/x'
    lines = said(
        engine,
        RunWish(
            HOME.tags[0],
            name="it",
            entrypoint=("sh", "-c"),
            command=(script, "zero"),
            environment=(("A", 'it\'s "b"'), ("ODD", "")),
            mounts=(
                Mount("/in", str(tmp_path), ("ro",)),
                Mount("/keep", "kept"),
                Mount("/tmp/own"),
            ),
            network="none",
        ),
    )

    assert sorted(lines, key=lambda line: line.error) == [
        LogLine('hello from outside; it\'s "b"; ; zero'),
        LogLine("gone", error=True),
    ]
    assert said(engine, wish("read x < /keep/x; echo $x", mounts=(Mount("/keep", "kept"),))) == [
        LogLine("x")
    ]
    any_engine.cli("rm", "--force", *states(engine))
    any_engine.cli("volume", "rm", "kept")


def test_the_command_line_does_the_same(engine, any_engine):
    wished = wish(
        "echo $A; exec sleep 99",
        name="same",
        environment=(("A", "b c"),),
        restart=Restart.ON_FAILURE,
        retries=4,
        mounts=(Mount("/keep", "kept"),),
    )
    facts = "{{.Config.Cmd}} {{.HostConfig.RestartPolicy}} {{.HostConfig.NetworkMode}}"
    run(engine, wished)
    ours = inspected(any_engine, "same", facts)
    any_engine.cli("rm", "--force", "same")

    _program, *arguments = shlex.split(command_line(wished))
    any_engine.cli(*arguments)

    assert inspected(any_engine, "same", facts) == ours
    assert next(engine.container_log("same")) == LogLine("b c")
    any_engine.cli("rm", "--force", "same")
    any_engine.cli("volume", "rm", "kept")


def test_a_container_with_a_terminal_stays_and_writes_lines(engine):
    script = "echo one; test -t 0 && echo two; exec sleep 99"
    container = run(engine, wish(script, name="tty", tty=True, interactive=True))

    log = engine.container_log(container.id, follow=True, token=Token())

    assert [next(log), next(log)] == [LogLine("one"), LogLine("two")]
    log.close()
    assert states(engine) == {"tty": State.RUNNING}


def test_one_that_is_removed_at_its_end_is_gone(engine):
    container = run(engine, wish("read line", interactive=True, auto_remove=True))
    assert len(states(engine)) == 1

    engine.stop_container(container.id)

    with pytest.raises(ContainerNotFound):
        read_again_and_again(engine, container.id)
    assert any(states(engine) == {} for _ in range(1000))


def read_again_and_again(engine, container_id):
    """The engine removes a container when it finds time to."""
    while True:
        list(engine.container_log(container_id, follow=True))


def test_the_last_lines_of_a_log_and_those_to_come(engine):
    container = run(engine, wish("echo 1; echo 2; echo 3; exec sleep 99", name="log"))
    whole = engine.container_log(container.id, follow=True)
    assert [next(whole).text for _ in range(3)] == ["1", "2", "3"]
    whole.close()

    assert [line.text for line in engine.container_log(container.id, 2)] == ["2", "3"]
    assert list(engine.container_log(container.id, 0)) == []


def test_following_a_silent_container_ends_when_cancelled(engine):
    container = run(engine, wish("sleep 99"))
    token = Token()
    Timer(0.2, token.cancel).start()

    with pytest.raises(Cancelled):
        list(engine.container_log(container.id, token=token, follow=True))


def test_a_container_whose_log_goes_nowhere(engine, any_engine):
    any_engine.cli("run", "--detach", "--name=mute", "--log-driver=none", "--network=none", HOME.id)

    with pytest.raises(LogUnreadable):
        list(engine.container_log("mute"))


def test_ports_are_published_where_there_is_a_network_for_it(engine, any_engine):
    networks = engine.networks()
    assert publishes(networks) is (engine.about.kind is Kind.PODMAN)
    assert not publishes(networks, "none")

    port = Port(80, "18080", "127.0.0.1")
    container = engine.create_container(wish("sleep 99", network="", ports=(port,)))
    bound = inspected(any_engine, container.id, "{{json .HostConfig.PortBindings}}")

    assert bound == '{"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"18080"}]}'


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({"image": SILENT.tags[0]}, ContainerFault.NO_COMMAND),
        ({"name": "taken"}, ContainerFault.NAME_TAKEN),
        ({"name": "no name"}, ContainerFault.BAD_NAME),
        ({"network": "nowhere"}, ContainerFault.NO_NETWORK),
        ({"command": ("nothing",)}, ContainerFault.NOT_FOUND),
        ({"command": ("/no/such/thing",)}, ContainerFault.NOT_FOUND),
        ({"command": ("/bin",)}, ContainerFault.NOT_EXECUTABLE),
        ({"mounts": (Mount("relative", "data"),)}, ContainerFault.BAD_MOUNT),
        ({"mounts": (Mount("/x", "one two"),)}, ContainerFault.BAD_MOUNT),
        ({"mounts": (Mount("/x", "/proc/nowhere"),)}, ContainerFault.BAD_MOUNT),
        ({"mounts": (Mount("/bin", "/etc/passwd"),)}, ContainerFault.BAD_MOUNT),
        ({"mounts": (Mount("/x", "/tmp"), Mount("/x", "/etc"))}, ContainerFault.BAD_MOUNT),
        ({"mounts": (Mount("/x", "/tmp", ("odd",)),)}, ContainerFault.BAD_MOUNT),
        ({"ports": (Port(99999),)}, ContainerFault.BAD_PORT),
        ({"restart": Restart.ALWAYS, "auto_remove": True}, ContainerFault.RESTARTS_AND_GOES),
    ],
)
def test_what_cannot_run_says_why_and_leaves_nothing(engine, options, fault):
    engine.create_container(wish(name="taken"))

    with pytest.raises((ContainerRefused, NotStarted)) as caught:
        run(engine, RunWish(**({"image": HOME.tags[0], "network": "none"} | options)))

    cause = getattr(caught.value, "cause", caught.value)
    assert cause.fault is fault
    assert set(states(engine)) == {"taken"}


def test_one_that_cannot_start_can_be_kept(engine):
    with pytest.raises(NotStarted) as caught:
        run(engine, wish(command=("nothing",), name="kept"), keep=True)

    assert caught.value.left
    assert states(engine) == {"kept": State.CREATED}


def test_an_image_that_is_not_there(engine):
    with pytest.raises(ImageNotFound):
        run(engine, RunWish("example.com/no:1"))


def test_a_container_becomes_an_image(engine):
    container = run(engine, wish("echo kept > /made; exec sleep 99", name="source"))
    changes = ('CMD ["sh", "-c", "read x < /made; echo $x; echo $B"]', "ENV B=c", "LABEL k=v")

    image_id = engine.commit(container.id, CommitWish(NEW, "Me <me@x>", "why", changes=changes))

    assert tags(engine)[NEW] == image_id
    assert engine.image(image_id).labels["k"] == "v"
    assert ("B", "c") in run_defaults(engine.inspect(image_id)).environment
    details = json.loads(engine.inspect(image_id))
    assert (details["Author"], details["Comment"]) == ("Me <me@x>", "why")
    assert states(engine)["source"] is State.RUNNING
    lines = said(engine, RunWish(NEW, network="none"))
    assert [line.text for line in lines] == ["kept", "c"]


@pytest.mark.parametrize("pause", [True, False])
def test_a_container_is_paused_while_it_is_committed_or_is_not(engine, any_engine, pause):
    container = run(engine, wish())
    before = time_ns()

    engine.commit(container.id, CommitWish(NEW, pause=pause))

    assert engine.list_containers()[0].state is State.RUNNING
    if engine.about.kind is Kind.DOCKER:
        # The last event that there is sure to be; Podman tells nothing of this pause.
        any_engine.cli("rename", container.id, "renamed")
        actions = takewhile(lambda it: it != "rename", happened(engine, before))
        assert {"pause", "unpause"} & set(actions) == ({"pause", "unpause"} if pause else set())


def happened(engine, since):
    return (event.action for event in engine.events(Token(), since))


def test_a_commit_without_a_name(engine):
    container = engine.create_container(wish())
    before = ids(engine)

    image_id = engine.commit(container.id, CommitWish())

    assert ids(engine) - before == {image_id}
    assert NEW not in tags(engine)


def test_what_cannot_be_committed_is_named(engine):
    container = engine.create_container(wish())

    with pytest.raises(InvalidChange):
        engine.commit(container.id, CommitWish(NEW, changes=("RUN make",)))
    with pytest.raises(InvalidReference) as caught:
        engine.commit(container.id, CommitWish("Upper/case:1"))
    assert caught.value.text == "Upper/case:1"
    with pytest.raises(ContainerNotFound):
        engine.commit("nothing", CommitWish(NEW))


def begun(engine, **options):
    nobody = Context(lambda _: None, Token())
    return carry_out.run(engine, wish(**options), nobody).container


def test_what_a_container_does_a_moment_after_its_start_is_known(engine):
    failed = begun(engine, script="exit 3")
    assert (failed.state, failed.exit_code) == (State.EXITED, 3)
    assert begun(engine).state is State.RUNNING
    assert begun(engine, script="exit 3", auto_remove=True) is None
