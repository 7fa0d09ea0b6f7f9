"""Images built for real: by Docker's classic builder, by Podman's, and by BuildKit."""

import json
import shutil
import socket
import tarfile
from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layerhold.archives.context.summary import summarize, walk_of
from layerhold.domain.build_errors import (
    BuildFailed,
    DockerfileFault,
    DockerfileProblem,
)
from layerhold.domain.builders import Builder, Reason
from layerhold.domain.building import BuildWish, Secret, StepState
from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled
from layerhold.engine.about import Endpoint
from layerhold.engine.docker.engine import connect
from live import processes
from needs import need

pytestmark = pytest.mark.live

HEAD = "FROM scratch AS base\nCOPY busybox /bin/sh\n"
STAGES = f"""{HEAD}
FROM base AS build
ARG MODE=slow
RUN echo mode $MODE; \\
    echo made > /made

FROM base AS final
LABEL kept=yes
COPY --from=build /made /made
"""
SLEEP = "424242"


class Workshop:
    """An engine with one of its builders, and a context to build from."""

    def __init__(self, daemon, builder, context):
        self.daemon, self.builder, self.context = daemon, builder, context
        self.engine = connect(Endpoint("live", daemon.url, "--host"))
        self.reports, self.notes = [], []

    def wish(self, dockerfile, **more):
        place = more.pop("place", self.context / "Dockerfile")
        place.write_text(dockerfile)
        more.setdefault("network", "none")
        return BuildWish(self.context, self.builder, place, **more)

    def build(self, wish, token=None, report=None):
        self.reports.clear()
        report = report or self.reports.append
        return self.engine.build(wish, {}, report, self.notes.append, token or Token())

    @property
    def steps(self):
        return self.reports[-1].steps

    def files_of(self, image_id, folder):
        """What is in an image's last layer, read by nobody of ours."""
        archive = folder / "saved.tar"
        self.daemon.cli("save", "--output", archive, image_id)
        with tarfile.open(archive) as saved:
            manifest = json.load(saved.extractfile("manifest.json"))
            layer = saved.extractfile(manifest[0]["Layers"][-1])
            with tarfile.open(fileobj=layer) as files:
                return {member.name.strip("/"): member for member in files}


@pytest.fixture(params=["classic", pytest.param("buildkit", marks=pytest.mark.thorough)])
def workshop(request, tmp_path, monkeypatch):
    context = tmp_path / "context"
    context.mkdir()
    shutil.copy(need("/bin/busybox", "busybox"), context / "busybox")
    if request.param == "classic":
        daemon, builder = request.getfixturevalue("dockerd"), Builder.CLASSIC
    else:
        daemon, builder = request.getfixturevalue("running_buildkit"), Builder.BUILDX
        monkeypatch.setenv("PATH", str(daemon.folder / "bin"), prepend=":")
        monkeypatch.setenv("DOCKER_CONFIG", str(daemon.folder))
    workshop = Workshop(daemon, builder, context)
    yield workshop
    workshop.engine.close()
    daemon.remove_everything()


def test_an_image_with_tags_labels_and_arguments(workshop):
    tags = ("shop/app:1", "shop/app:2")
    wish = workshop.wish(
        STAGES, tags=tags, arguments={"MODE": "fast"}, labels={"made by": "a test"}
    )

    built = workshop.build(wish)

    image = workshop.engine.image(built.image_id)
    assert set(image.tags) == set(tags)
    assert dict(image.labels) == {"made by": "a test", "kept": "yes"}
    step = next(step for step in workshop.steps if step.name.startswith("RUN echo"))
    assert (step.output, step.line, step.state) == (("mode fast",), 6, StepState.DONE)
    assert "mode fast" in workshop.notes
    assert workshop.reports[-1].summed().done == len(workshop.steps)


def test_a_target_ends_where_it_is(workshop):
    workshop.build(workshop.wish(STAGES, target="build", tags=("it:1",)))
    assert not any("COPY --from" in step.name for step in workshop.steps)
    with pytest.raises(DockerfileProblem) as caught:
        workshop.build(workshop.wish(STAGES, target="other"))
    assert (caught.value.fault, caught.value.detail) == (DockerfileFault.NO_TARGET, "other")


def test_what_was_built_comes_from_the_cache_unless_it_is_not_wanted(workshop):
    wish = workshop.wish(STAGES, tags=("it:1",))
    first = workshop.build(wish)
    again = workshop.build(wish)
    cached = [step for step in workshop.steps if step.state is StepState.CACHED]
    assert any(step.name.startswith("RUN echo") for step in cached)
    assert first.image_id == again.image_id

    workshop.build(workshop.wish(STAGES, tags=("it:1",), no_cache=True))
    run = next(step for step in workshop.steps if step.name.startswith("RUN echo"))
    assert run.state is StepState.DONE


@pytest.mark.parametrize("line", range(3, 7))
def test_a_failure_is_where_the_dockerfile_has_it(workshop, line):
    lines = [f"RUN echo line {number}" for number in range(3, 7)]
    lines[line - 3] = "RUN echo before; echo why >&2; exit 42"
    with pytest.raises(BuildFailed) as caught:
        workshop.build(workshop.wish(HEAD + "\n".join(lines)))
    failure = caught.value
    assert (failure.line, failure.exit_code, failure.step.line) == (line, 42, line)
    assert set(failure.step.output) == {"before", "why"}
    assert failure.step.state is StepState.FAILED


@pytest.mark.parametrize("line", range(1, 4))
def test_a_line_that_is_none_is_named(workshop, line):
    lines = [*HEAD.splitlines(), "RUN true"]
    lines[line - 1] = "FORM scratch"
    with pytest.raises(DockerfileProblem) as caught:
        workshop.build(workshop.wish("\n".join(lines)))
    assert (caught.value.fault, caught.value.line) == (DockerfileFault.SYNTAX, line)


def test_a_file_that_is_not_there_fails_its_step(workshop):
    with pytest.raises(BuildFailed) as caught:
        workshop.build(workshop.wish(f"{HEAD}COPY missing /"))
    assert (caught.value.line, caught.value.step.name) == (3, "COPY missing /")


def test_a_base_image_that_cannot_be_had_fails_its_line(workshop):
    with pytest.raises(BuildFailed) as caught:
        workshop.build(workshop.wish(f"{HEAD}FROM localhost:1/missing:1\n"))
    assert caught.value.line == 3
    assert caught.value.reason is not None


def test_everything_arrives(workshop, tmp_path):
    source = workshop.context / "source"
    (source / "empty").mkdir(parents=True)
    (source / "program").write_text("#!/bin/sh\n")
    (source / "program").chmod(0o751)
    (source / "ä" / ("deep" * 30)).mkdir(parents=True)
    (source / "ä" / ("deep" * 30) / "file").write_text("here")
    (source / "link").symlink_to("program")
    (source / "loop").symlink_to(".")
    (source / "second").hardlink_to(source / "program")

    built = workshop.build(workshop.wish("FROM scratch\nCOPY source /there/\n"))

    files = workshop.files_of(built.image_id, tmp_path)
    expected = {f"there/{each.relative_to(source)}" for each in source.rglob("*")}
    assert files.keys() - {"there"} == expected
    assert files["there/program"].mode & 0o777 == 0o751
    assert files["there/link"].linkname == "program"
    assert files["there/loop"].issym()


def test_a_socket_is_passed_over_or_becomes_an_empty_file(workshop, tmp_path, monkeypatch):
    monkeypatch.chdir(workshop.context)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("sock")
        built = workshop.build(workshop.wish("FROM scratch\nCOPY . /\n"))
    files = workshop.files_of(built.image_id, tmp_path)
    if workshop.builder is Builder.CLASSIC:
        assert "sock" not in files
    else:
        assert (files["sock"].isreg(), files["sock"].size) == (True, 0)


def test_a_dockerfile_from_elsewhere_and_its_ignore_file(workshop, tmp_path):
    (workshop.context / "kept").touch()
    (workshop.context / "left").touch()
    elsewhere = tmp_path / "other.Dockerfile"
    elsewhere.with_name("other.Dockerfile.dockerignore").write_text("left\n")
    wish = workshop.wish("FROM scratch\nCOPY . /\n", place=elsewhere)
    files = workshop.files_of(workshop.build(wish).image_id, tmp_path)
    assert files.keys() == {"busybox", "kept"}


PARTS = st.sampled_from(("a", "b", "deep", "er", "*", "**", "?", "*.md", "[ab]", "d*p"))
PATTERNS = st.builds(
    lambda keeps, parts: ("!" if keeps else "") + "/".join(parts),
    st.booleans(),
    st.lists(PARTS, min_size=1, max_size=3),
)
TREE = ("a", "ab", "c.md", "b/a/c.md", "b/b", "deep/a", "deep/b.md", "deep/er/a", "deep/er/er/a")


def _compare(workshop, tmp_path, patterns):
    ignore = workshop.context / "Dockerfile.dockerignore"
    for name in TREE:
        (workshop.context / name).parent.mkdir(parents=True, exist_ok=True)
        (workshop.context / name).touch()
    # Never nothing: COPY would fail.
    ignore.write_text("\n".join([*patterns, "!busybox", "Dockerfile*"]))
    wish = workshop.wish("FROM scratch\nCOPY . /\n")

    files = workshop.files_of(workshop.build(wish).image_id, tmp_path)

    walk = walk_of(wish, lambda: None)
    ours = {each.path for each in walk.entries() if not each.is_folder}
    assert {name for name, member in files.items() if not member.isdir()} == ours


@given(patterns=st.lists(PATTERNS, max_size=4))
@settings(max_examples=6, suppress_health_check=list(HealthCheck))
def test_what_is_left_out_does_not_arrive(workshop, tmp_path, patterns):
    _compare(workshop, tmp_path, patterns)


@pytest.mark.thorough
@given(patterns=st.lists(PATTERNS, max_size=4))
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_what_is_left_out_does_not_arrive_whatever_the_patterns(workshop, tmp_path, patterns):
    _compare(workshop, tmp_path, patterns)


def test_cancel_stops_the_step_that_runs(workshop):
    shutil.copy(workshop.context / "busybox", workshop.context / "sleep")
    wish = workshop.wish(f"{HEAD}COPY sleep /bin/sleep\nRUN sleep {SLEEP}\n")
    token, moments = Token(), []

    def cancel_when_it_sleeps(progress):
        if progress.current and "RUN sleep" in progress.current.name:
            moments.append(monotonic())
            token.cancel()

    with pytest.raises(Cancelled):
        workshop.build(wish, token, cancel_when_it_sleeps)

    assert monotonic() - moments[0] < 1.0
    give_up = monotonic() + 10
    while _sleeping() or workshop.engine.list_containers():
        assert monotonic() < give_up, "still running"


def _sleeping():
    return [
        pid
        for pid in processes._processes()
        if processes._read(pid, "cmdline").split(b"\0")[-2:-1] == [SLEEP.encode()]
    ]


@pytest.mark.thorough
def test_cancel_while_a_large_context_is_sent(workshop):
    with (workshop.context / "large").open("wb") as file:
        file.truncate(2_000_000_000)
    token = Token()
    wish = workshop.wish("FROM scratch\nCOPY large /\n")

    def cancel_when_it_moves(progress):
        if progress.sent > 10_000_000 or any(step.done > 10_000_000 for step in progress.steps):
            cancel_when_it_moves.at = monotonic()
            token.cancel()

    with pytest.raises(Cancelled):
        workshop.build(wish, token, cancel_when_it_moves)
    assert monotonic() - cancel_when_it_moves.at < 1.0


@pytest.mark.thorough
def test_secrets_mounts_and_here_documents_with_buildkit(workshop):
    if workshop.builder is Builder.CLASSIC:
        pytest.skip("the classic builder has none of these")
    assert workshop.engine.builder().reason is Reason.INSTALLED
    shutil.copy(workshop.context / "busybox", workshop.context / "wc")
    dockerfile = f"""{HEAD}COPY wc /bin/wc
RUN --mount=type=secret,id=one --mount=type=cache,target=/cache <<EOF
    wc -c < /run/secrets/one
EOF
"""
    secrets = (Secret("one", value="hidden-value"),)
    built = workshop.build(workshop.wish(dockerfile, secrets=secrets))
    step = next(step for step in workshop.steps if step.name.startswith("RUN --mount"))
    assert (step.output, step.line) == (("12",), 4)
    history = workshop.engine.inspect(built.image_id)
    assert b"hidden" not in history
    assert "hidden" not in f"{workshop.notes} {workshop.reports}"


@pytest.mark.thorough
def test_a_hundred_thousand_files_arrive(workshop, tmp_path):
    source = workshop.context / "many"
    for folder in range(100):
        (source / str(folder)).mkdir(parents=True)
        for number in range(1000):
            (source / str(folder) / str(number)).touch()
    wish = workshop.wish("FROM scratch\nCOPY many /many\n")
    assert summarize(wish, lambda _: None, Token()).files == 100_002
    built = workshop.build(wish)
    assert len(workshop.files_of(built.image_id, tmp_path)) >= 100_100


def test_podman_builds_with_buildah(podman_service, tmp_path):
    (tmp_path / "Dockerfile").write_text("FROM scratch\nCOPY Dockerfile /a\nLABEL a=b\nCOPY x /\n")
    engine = connect(Endpoint("live", podman_service.url, "--host"))
    reports = []
    wish = BuildWish(tmp_path, Builder.CLASSIC, tags=("it:1",))
    with pytest.raises(BuildFailed) as caught:
        engine.build(wish, {}, reports.append, lambda _: None, Token())
    assert caught.value.line == 4

    (tmp_path / "x").touch()
    built = engine.build(wish, {}, reports.append, lambda _: None, Token())
    assert [step.line for step in reports[-1].steps] == [1, 2, 3, 4]
    assert engine.image(built.image_id).labels["a"] == "b"
    assert engine.builder().reason is Reason.NO_BUILDKIT
    engine.close()
