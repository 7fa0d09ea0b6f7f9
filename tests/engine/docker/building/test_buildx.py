import json
import os
import time
from pathlib import Path

import pytest

from layerhold.domain.build_errors import (
    BuildFailed,
    BuildxGone,
    DockerfileFault,
    DockerfileProblem,
)
from layerhold.domain.builders import Builder
from layerhold.domain.building import BuildWish, Secret, StepState
from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled, EngineGone
from layerhold.domain.login import Login
from layerhold.engine.docker.building import buildx
from layerhold.engine.docker.building.failing import failure_of
from layerhold.engine.docker.building.ledger import Ledger

URL = "unix:///run/engine.sock"
REPLAY = """\
import json, os, sys
options = dict(each.partition("=")[::2] for each in sys.argv[1:])
with open("{folder}/asked.json", "w") as file:
    json.dump([sys.argv[1:], dict(os.environ)], file)
with open("{recording}", "rb") as recording:
    sys.stderr.buffer.write(recording.read())
if {status} == 0:
    with open(options["--iidfile"], "w") as file:
        file.write("sha256:1234\\n")
sys.exit({status})
"""
STUBBORN = """\
import os, signal, subprocess, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
child = subprocess.Popen(["sleep", "600"])
with open("{folder}/pids", "w") as file:
    file.write(f"{{os.getpid()}} {{child.pid}}")
started = '"started": "2026-01-01T00:00:00Z"'
print('{{"vertexes": [{{"digest": "v", "name": "[1/1] RUN it",', started, "}}]}}", file=sys.stderr)
sys.stderr.flush()
child.wait()
"""


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Makes `docker` a program that does what it is told to."""
    folder = tmp_path / "bin"
    folder.mkdir()

    def make(text, **facts):
        script, python = folder / "script.py", Path(os.sys.executable)
        script.write_text(text.format(folder=folder, **facts))
        docker = folder / "docker"
        docker.write_text(f'#!/bin/sh\nexec {python} {script} "$@"\n')
        docker.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
        return folder

    return make


@pytest.fixture
def replaying(program, recorded):
    def make(name, status):
        return program(REPLAY, recording=recorded / f"{name}.rawjson", status=status)

    return make


def build(wish, watched, token=None, logins=None):
    return buildx.build(URL, wish, logins or {}, watched.ledger, token or Token())


def asked(folder):
    return json.loads((folder / "asked.json").read_text())


def test_a_build_that_works(replaying, wish, watched):
    replaying("stages", 0)
    built = build(wish, watched)
    assert (built.image_id, built.tags) == ("sha256:1234", ("app:1",))
    assert all(step.over for step in watched.reports[-1].steps)


def test_the_whole_wish_is_told(replaying, tmp_path, watched):
    (tmp_path / "Other file").write_text("FROM a\n")
    folder = replaying("stages", 0)
    everything = BuildWish(
        tmp_path,
        Builder.BUILDX,
        tmp_path / "Other file",
        ("app:1", "app:2"),
        "final",
        {"A": "b c", "E": ""},
        (),
        {"label": "one=two"},
        no_cache=True,
        cache_from=("app:0",),
        always_pull=True,
        network="none",
        platform="linux/arm64",
    )
    build(everything, watched)

    arguments, environment = asked(folder)
    assert arguments[:5] == ["buildx", "build", "--builder=default", "--progress=rawjson", "--load"]
    assert set(arguments[6:-2]) == {
        f"--file={tmp_path / 'Other file'}",
        *("--tag=app:1", "--tag=app:2", "--target=final", "--build-arg=A=b c", "--build-arg=E="),
        *("--label=label=one=two", "--no-cache", "--cache-from=app:0", "--pull"),
        *("--network=none", "--platform=linux/arm64"),
    }
    assert arguments[-2:] == ["--", str(tmp_path)]
    assert environment["DOCKER_HOST"] == URL


def test_arguments_alone_which_end_the_engine_are_not_built(replaying, wish, watched):
    folder = replaying("stages", 0)
    wish.dockerfile_path.write_text("ARG X=1\n")
    with pytest.raises(DockerfileProblem) as caught:
        build(wish, watched)
    assert caught.value.fault is DockerfileFault.NO_BASE
    assert not (folder / "asked.json").exists()


def test_another_engine_or_builder_cannot_slip_in(replaying, wish, watched, monkeypatch):
    folder = replaying("stages", 0)
    for name in ("DOCKER_CONTEXT", "BUILDX_BUILDER", "DOCKER_TLS_VERIFY", "BUILDKIT_PROGRESS"):
        monkeypatch.setenv(name, "other")
    build(wish, watched)
    assert "other" not in asked(folder)[1].values()


def test_secrets_and_logins_are_in_no_argument_and_no_word(replaying, wish, watched, tmp_path):
    file = tmp_path / "a,file"
    file.write_text("hidden-in-file")
    secrets = (Secret("one", value="hidden-value"), Secret("two", file))
    login = Login("docker.io", "me", "hidden-password")
    wish = BuildWish(wish.context, wish.builder, secrets=secrets)
    folder = replaying("stages", 0)

    build(wish, watched, logins={"docker.io": login})

    arguments, environment = asked(folder)
    assert "hidden" not in f"{arguments} {watched.notes} {watched.reports} {wish!r}"
    assert "--secret=id=one,env=LAYERHOLD_SECRET_0" in arguments
    assert f'--secret=id=two,"src={file}"' in arguments
    assert environment["LAYERHOLD_SECRET_0"] == "hidden-value"
    auths = json.loads(environment["DOCKER_AUTH_CONFIG"])["auths"]
    assert auths == {"https://index.docker.io/v1/": {"auth": "bWU6aGlkZGVuLXBhc3N3b3Jk"}}


def test_a_step_that_fails(replaying, wish, watched, recorded):
    (wish.context / "Dockerfile").write_text((recorded / "failing.Dockerfile").read_text())
    replaying("failing", 1)
    with pytest.raises(BuildFailed) as caught:
        build(wish, watched)
    failure = caught.value
    assert (failure.line, failure.exit_code, failure.subject) == (3, 7, "app:1")
    assert failure.step.name.startswith("RUN echo starting")
    assert set(failure.step.output) == {"starting", "oh dear"}
    assert failure.detail.startswith('process "/bin/sh -c echo starting;')
    assert watched.reports[-1].steps[-1].state is StepState.FAILED


def test_a_dockerfile_with_a_wrong_line(replaying, wish, watched):
    replaying("syntax", 1)
    with pytest.raises(DockerfileProblem) as caught:
        build(wish, watched)
    assert (caught.value.fault, caught.value.line) == (DockerfileFault.SYNTAX, 3)


def test_a_line_that_buildkit_tells_apart_from_its_words_is_shown(wish):
    wish.dockerfile_path.write_text("FROM scratch\nLABEL a\n")
    failure = failure_of("LABEL must have two arguments", wish, line=2)
    assert isinstance(failure, DockerfileProblem)
    assert (failure.fault, failure.line) == (DockerfileFault.SYNTAX, 2)
    assert (failure.written, failure.detail) == ("LABEL a", "LABEL must have two arguments")


@pytest.mark.parametrize(
    "words",
    [
        "ERROR: Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?",
        "ERROR: failed to receive status: rpc error: desc = error reading from server: EOF",
    ],
)
def test_an_engine_that_is_gone(program, wish, watched, words):
    program("import sys; sys.exit({words!r})", words=words)
    with pytest.raises(EngineGone):
        build(wish, watched)


def test_a_failure_without_a_step(program, wish, watched):
    program("import sys; sys.exit('unknown flag: --load')")
    with pytest.raises(BuildFailed) as caught:
        build(wish, watched)
    assert (caught.value.step, caught.value.detail) == (None, "unknown flag: --load")


def test_without_docker_nothing_is_begun(wish, watched, monkeypatch):
    monkeypatch.setattr("layerhold.engine.docker.building.program.ELSEWHERE", ())
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(BuildxGone):
        build(wish, watched)


def test_cancel_ends_even_a_program_that_will_not_and_its_children(program, wish, watched):
    folder, token, moments = program(STUBBORN), Token(), []

    def cancel_when_it_runs(_progress):
        moments.append(time.monotonic())
        token.cancel()

    with pytest.raises(Cancelled):
        buildx.build(URL, wish, {}, Ledger(cancel_when_it_runs, watched.notes.append), token)

    assert time.monotonic() - moments[0] < 1.0
    for pid in (folder / "pids").read_text().split():
        assert not _runs(int(pid))


def _runs(pid):
    """A child of the child that has ended stays until the system has taken note."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_cancelled_before_it_began(program, wish, watched):
    token = Token()
    token.cancel()
    folder = program(STUBBORN)
    with pytest.raises(Cancelled):
        build(wish, watched, token)
    assert not (folder / "pids").exists()
