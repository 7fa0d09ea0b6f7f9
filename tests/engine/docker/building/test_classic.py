import base64
import io
import json
import tarfile
from urllib.parse import parse_qs, urlsplit

import pytest

from layerhold.domain.build_errors import (
    BuilderLacks,
    BuildFailed,
    DockerfileFault,
    DockerfileProblem,
)
from layerhold.domain.builders import Builder, Limit
from layerhold.domain.building import BuildWish, Secret
from layerhold.domain.cancel import Token
from layerhold.domain.errors import (
    DiskFull,
    EngineGone,
    EngineRefused,
    InvalidReference,
    ReferenceFault,
)
from layerhold.domain.login import Login
from layerhold.domain.registry_errors import RegistryFault


@pytest.fixture
def wish(tmp_path):
    folder = tmp_path / "context"
    folder.mkdir()
    (folder / "Dockerfile").write_text("FROM scratch\nRUN it\n")
    return BuildWish(folder, Builder.CLASSIC, tags=("app:1",), network="none")


@pytest.fixture
def builder(api):
    """Takes contexts, and answers with what it was told; remembers what it was sent."""

    class Engine:
        path, headers, body = "", {}, b""

        def says(self, *lines, status=200):
            content = b"".join(json.dumps(line).encode() + b"\n" for line in lines)

            def speak(handler):
                self.path, self.headers = handler.path, dict(handler.headers)
                self.body = api.sent[-1]
                handler.send_response(status)
                handler.send_header("Content-Length", str(len(content)))
                handler.end_headers()
                handler.wfile.write(content)

            api.speak("POST", "/build", speak)

    return Engine()


STEPS = ({"stream": "Step 1/2 : FROM scratch\n"}, {"stream": "Step 2/2 : RUN it\n"})
BUILT = {"aux": {"ID": "sha256:1234"}}


def build(engine, wish, watched, logins=None):
    report, note = watched.reports.append, watched.notes.append
    return engine.build(wish, logins or {}, report, note, Token())


def test_the_context_and_the_whole_wish_are_sent(engine, builder, wish, watched):
    builder.says(*STEPS, BUILT)
    wish = BuildWish(
        wish.context,
        Builder.CLASSIC,
        tags=("app:1", "app:2"),
        target="final",
        arguments={"A": "b"},
        labels={"c": "d"},
        no_cache=True,
        cache_from=("app:0",),
        always_pull=True,
        network="host",
        platform="linux/arm64",
    )

    built = build(engine, wish, watched)

    assert (built.image_id, built.tags) == ("sha256:1234", ("app:1", "app:2"))
    asked = parse_qs(urlsplit(builder.path).query)
    assert asked == {
        "t": ["app:1", "app:2"],
        "dockerfile": ["Dockerfile"],
        "target": ["final"],
        "buildargs": ['{"A": "b"}'],
        "labels": ['{"c": "d"}'],
        "cachefrom": ['["app:0"]'],
        "networkmode": ["host"],
        "platform": ["linux/arm64"],
        **{name: ["1"] for name in ("nocache", "pull", "rm", "forcerm")},
    }
    assert tarfile.TarFile(fileobj=io.BytesIO(builder.body)).getnames() == ["Dockerfile"]


def test_logins_go_along_by_registry(engine, builder, wish, watched):
    builder.says(BUILT)
    logins = {
        "docker.io": Login("docker.io", "me", "hidden"),
        "r:5000": Login("r:5000", identity_token="token"),
    }
    build(engine, wish, watched, logins)
    header = builder.headers["X-Registry-Config"]
    assert json.loads(base64.urlsafe_b64decode(header)) == {
        "https://index.docker.io/v1/": {"username": "me", "password": "hidden"},
        "r:5000": {"identitytoken": "token"},
    }
    assert "hidden" not in f"{watched.notes} {watched.reports}"


def test_bytes_then_steps(engine, builder, wish, watched):
    (wish.context / "large").write_bytes(b"x" * 300_000)
    builder.says(*STEPS, BUILT)
    build(engine, wish, watched)
    first, last = watched.reports[0].summed(), watched.reports[-1].summed()
    assert (first.unit, first.done > 0) == ("bytes", True)
    assert (last.unit, last.done, last.total) == ("items", 2, 2)


def test_a_step_that_fails(engine, builder, wish, watched):
    error = "The command '/bin/sh -c it' returned a non-zero code: 127"
    output = {"stream": "sh: it: not found\n"}
    builder.says(*STEPS, output, {"errorDetail": {"code": 127, "message": error}})
    with pytest.raises(BuildFailed) as caught:
        build(engine, wish, watched)
    failure = caught.value
    assert (failure.line, failure.exit_code, failure.detail) == (2, 127, error)
    assert (failure.step.name, failure.step.output) == ("RUN it", ("sh: it: not found",))
    assert failure.reason is None


def test_a_known_reason_is_told(engine, builder, wish, watched):
    message = "write /data: no space left on device"
    builder.says(*STEPS, {"errorDetail": {"message": message}})
    with pytest.raises(BuildFailed) as caught:
        build(engine, wish, watched)
    assert isinstance(caught.value.reason, DiskFull)
    assert caught.value.step.number == 2


def test_a_base_image_that_cannot_be_is_the_dockerfiles_fault_and_not_the_tags(
    engine, builder, wish, watched
):
    (wish.context / "Dockerfile").write_text("FROM UPPER/Case:1\n")
    message = "invalid reference format: repository name must be lowercase"
    builder.says(
        {"stream": "Step 1/1 : FROM UPPER/Case:1\n"}, {"errorDetail": {"message": message}}
    )
    with pytest.raises(BuildFailed) as caught:
        build(engine, wish, watched)
    assert (caught.value.line, caught.value.detail) == (1, message)
    reason = caught.value.reason
    assert (reason.fault, reason.text) == (ReferenceFault.UPPERCASE, "UPPER/Case:1")


NO_HOST = (
    'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host'
)


def test_a_registry_that_cannot_be_reached_is_named(engine, builder, wish, watched):
    (wish.context / "Dockerfile").write_text("FROM base:99\n")
    builder.says({"stream": "Step 1/1 : FROM base:99\n"}, {"errorDetail": {"message": NO_HOST}})
    with pytest.raises(BuildFailed) as caught:
        build(engine, wish, watched)
    reason = caught.value.reason
    assert (reason.subject, reason.registry) == ("base:99", "docker.io")
    assert reason.why is RegistryFault.UNKNOWN_HOST


@pytest.mark.parametrize(
    "words",
    [
        f"invalid from flag value zz: {NO_HOST}",
        "invalid from flag value zz: pull access denied for zz, repository does not exist or may "
        "require 'docker login': denied: requested access to the resource is denied",
        "COPY --from=zz: no stage or image found with that name",
    ],
)
def test_a_stage_that_is_not_there_is_named(engine, builder, wish, watched, words):
    (wish.context / "Dockerfile").write_text("FROM scratch AS z\nCOPY --from=zz /a /\n")
    steps = (
        {"stream": "Step 1/2 : FROM scratch AS z\n"},
        {"stream": "Step 2/2 : COPY --from=zz /a /\n"},
    )
    builder.says(*steps, {"errorDetail": {"message": words}})
    with pytest.raises(BuildFailed) as caught:
        build(engine, wish, watched)
    reason = caught.value.reason
    assert (reason.fault, reason.line, reason.detail) == (DockerfileFault.NO_STAGE, 2, "zz")


def test_what_else_goes_wrong_with_a_copy_is_no_missing_stage(engine, builder, wish, watched):
    (wish.context / "Dockerfile").write_text("FROM scratch AS z\nCOPY --from=z /a /\n")
    steps = (
        {"stream": "Step 1/2 : FROM scratch AS z\n"},
        {"stream": "Step 2/2 : COPY --from=z /a /\n"},
    )
    for words, reason in (
        ("COPY failed: stat a: file does not exist", type(None)),
        ("write /a: no space left on device", DiskFull),
    ):
        builder.says(*steps, {"errorDetail": {"message": words}})
        with pytest.raises(BuildFailed) as caught:
            build(engine, wish, watched)
        assert isinstance(caught.value.reason, reason)


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("dockerfile parse error line 2: unknown instruction: FOO", (DockerfileFault.SYNTAX, 2)),
        ("dockerfile parse error on line 2: unknown instruction: F", (DockerfileFault.SYNTAX, 2)),
        ("the Dockerfile (Dockerfile) cannot be empty", (DockerfileFault.EMPTY, 0)),
        ("failed to reach build target nix in Dockerfile", (DockerfileFault.NO_TARGET, 0)),
        ('target stage "nix" could not be found', (DockerfileFault.NO_TARGET, 0)),
    ],
)
def test_a_dockerfile_that_is_wrong(engine, builder, wish, watched, message, told):
    builder.says({"message": message}, status=400)
    with pytest.raises(DockerfileProblem) as caught:
        build(engine, wish, watched)
    assert (caught.value.fault, caught.value.line) == told


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("ENV", "dockerfile parse error line 3", "ENV requires at least one argument"),
        ("LABEL a", "failed to parse Dockerfile", "LABEL must have two arguments"),
        (
            "ENV a",
            "parsing main Dockerfile: /var/tmp/b1/build/Dockerfile",
            "ENV must have two arguments",
        ),
        (
            "ENV a=${b",
            "resolving step {Value:env Next:0xc0 Original:ENV a=${b StartLine:3 EndLine:3}",
            "Missing ':' in substitution: ${b",
        ),
    ],
)
def test_a_wrong_line_is_shown_with_the_reason(engine, builder, wish, text, place, reason):
    (wish.context / "Dockerfile").write_text(f"FROM scratch\nLABEL b=c\n{text}\n")
    builder.says({"message": f"{place}: {reason}"}, status=400)
    with pytest.raises(DockerfileProblem) as caught:
        engine.build(wish, {}, lambda _: None, lambda _: None, Token())
    problem = caught.value
    assert (problem.fault, problem.line) == (DockerfileFault.SYNTAX, 3)
    assert (problem.written, problem.detail) == (text, reason)


def test_what_buildah_says_of_an_unknown_instruction_is_cut_to_its_reason(
    engine, builder, wish, watched
):
    (wish.context / "Dockerfile").write_text("FROM scratch\nFORM b\n")
    words = (
        'building at STEP "FORM ": Build error: Unknown instruction: "FORM" '
        '&imagebuilder.Step{Env:[]string{"PATH=/bin"}, Command:"form", Original:"FORM b"}'
    )
    step = {"stream": "STEP 1/2: FROM scratch\nSTEP 2/2: FORM b\n"}
    builder.says(step, {"errorDetail": {"message": words}})
    with pytest.raises(DockerfileProblem) as caught:
        build(engine, wish, watched)
    assert (caught.value.line, caught.value.written) == (2, "FORM b")
    assert caught.value.detail == 'Unknown instruction: "FORM"'


def test_what_stands_before_the_first_from_is_shown(engine, builder, wish, watched):
    (wish.context / "Dockerfile").write_text("ARG A\n\nRUN it\nFROM scratch\n")
    builder.says({"message": "no build stage in current context"}, status=400)
    with pytest.raises(DockerfileProblem) as caught:
        build(engine, wish, watched)
    assert (caught.value.fault, caught.value.line) == (DockerfileFault.NO_BASE, 3)


def test_what_buildah_says_of_a_step_is_cut_to_its_reason(engine, builder, wish, watched):
    words = 'building at STEP "EXPOSE abc": Invalid containerPort: abc\n'
    builder.says({"stream": "STEP 1/1: FROM a\n"}, {"errorDetail": {"message": words}})
    with pytest.raises(BuildFailed) as caught:
        build(engine, wish, watched)
    assert caught.value.detail == "Invalid containerPort: abc"


def test_with_arguments_alone_nothing_is_sent(engine, api, wish, watched):
    (wish.context / "Dockerfile").write_text("ARG X=1\nARG Y\n")
    with pytest.raises(DockerfileProblem) as caught:
        build(engine, wish, watched)
    assert caught.value.fault is DockerfileFault.NO_BASE
    assert not any("/build" in path for path in api.asked)


def test_here_documents_need_buildkit(engine, builder, wish, watched):
    (wish.context / "Dockerfile").write_text("FROM a\nRUN <<EOF\necho\nEOF\n")
    message = "dockerfile parse error line 3: unknown instruction: ECHO"
    builder.says({"message": message}, status=400)
    with pytest.raises(BuilderLacks) as caught:
        build(engine, wish, watched)
    assert caught.value.lack is Limit.HEREDOCS


def test_secrets_need_buildkit_and_nothing_is_sent(engine, api, wish, watched):
    wish = BuildWish(wish.context, wish.builder, secrets=(Secret("one", value="x"),))
    with pytest.raises(BuilderLacks) as caught:
        build(engine, wish, watched)
    assert caught.value.lack is Limit.SECRETS
    assert not any("/build" in path for path in api.asked)


def test_other_refusals_are_what_they_are(engine, builder, wish, watched):
    builder.says({"message": "invalid reference format: must be lowercase"}, status=400)
    with pytest.raises(InvalidReference):
        build(engine, wish, watched)
    builder.says({"message": "client and server do not like each other"}, status=500)
    with pytest.raises(EngineRefused):
        build(engine, wish, watched)


def test_a_stream_without_an_end_is_no_image(engine, builder, wish, watched):
    builder.says(*STEPS)
    with pytest.raises(EngineGone):
        build(engine, wish, watched)
