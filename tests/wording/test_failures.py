from collections.abc import Iterator

import pytest

from layerhold.domain import (
    archive_errors,
    build_errors,
    errors,
    registry_errors,
    store_errors,
    trust_errors,
)
from layerhold.domain.builders import Limit
from layerhold.domain.building import BuildStep
from layerhold.engine.about import Endpoint
from layerhold.wording.configuration import doubts
from layerhold.wording.every_failure import explain


def every_kind(root: type[errors.Failure] = errors.Failure) -> Iterator[type[errors.Failure]]:
    for kind in root.__subclasses__():
        yield kind
        yield from every_kind(kind)


def examples() -> Iterator[errors.Failure]:
    yield errors.Cancelled()
    yield trust_errors.NotACertificate("/home/me/ca.pem", "no start line")
    yield errors.ConfigProblem("/home/me/.docker/config.json", "line 3: expected a comma")
    yield from (errors.UnknownContext("prod", known) for known in ((), ("default",)))
    unknown = errors.UnknownContext("prod")
    yield from (errors.UnusableContext("prod", unknown), errors.UnusableChoice("Docker", unknown))
    yield from (errors.InvalidReference("a", fault, "a") for fault in errors.ReferenceFault)
    yield from (errors.InvalidFilter("a", fault, ("b",)) for fault in errors.FilterFault)
    yield from (errors.EngineUnreachable("u", why=why) for why in errors.Unreachability)
    yield from (kind("nginx:1", "no") for kind in every_kind(errors.EngineFailure))
    yield from (kind() for kind in every_kind(errors.EngineFailure))
    yield from (
        store_errors.StoreFailure("Store/index.json", fault=fault)
        for fault in store_errors.StoreFault
    )
    yield errors.InUse("nginx:1", containers=("web", "db"), firmly=True)
    yield errors.EngineRefused("nginx:1", status=500)
    host = "nexus.example:5000"
    for kind in (registry_errors.RegistryFailure, *every_kind(registry_errors.RegistryFailure)):
        yield kind()
        yield kind("", host)
        yield kind(f"{host}/app:1", host, "no")
    for fault in registry_errors.RegistryFault:
        yield registry_errors.RegistryUnreachable(f"{host}/app:1", host, why=fault)
        yield registry_errors.RegistryUnreachable(why=fault)
    yield registry_errors.PlatformMissing(f"{host}/app:1", host, platform="linux/s390x")
    yield from (
        archive_errors.ArchiveFailure("Images.tar", fault) for fault in archive_errors.ArchiveFault
    )
    yield from building()
    yield archive_errors.NoRoom("Images.tar")
    yield archive_errors.NoRoom("Images.tar", needed=2_000_000, free=1_000)


def building() -> Iterator[errors.Failure]:
    for fault in build_errors.ContextFault:
        yield build_errors.ContextProblem("Sources/app.js", fault, "[a")
    for fault in build_errors.DockerfileFault:
        yield build_errors.DockerfileProblem("Dockerfile", fault, 3, "unknown instruction: FOO")
        yield build_errors.DockerfileProblem("Dockerfile", fault)
    yield from (build_errors.BuilderLacks("app:1", lack=lack) for lack in Limit)
    step = BuildStep("RUN make", output=("cc: not found",))
    yield build_errors.BuildFailed("app:1", "no", step, "Dockerfile", 5, 127)
    yield build_errors.BuildFailed("app:1", "no", step, reason=errors.DiskFull())


@pytest.mark.parametrize("kind", list(every_kind()), ids=lambda kind: kind.__name__)
def test_every_kind_of_failure_has_its_own_words(kind):
    words = explain.dispatch(kind)
    assert all(explain.dispatch(parent) is not words for parent in kind.__mro__[1:])


@pytest.mark.parametrize("error", list(examples()), ids=repr)
def test_a_failure_is_a_sentence_without_traces_of_code(error):
    said = explain(error)
    text = f"{said.what} {said.hint}"
    assert said.what[0].isupper() or said.what[0] in "“nu"
    assert said.what.endswith(".")
    assert not said.hint or said.hint.endswith(".")
    assert not any(trace in text for trace in ("{", "}", "None", "()", "('", "Error", "<"))


def test_no_permission_names_both_ways_on():
    error = errors.EngineUnreachable("unix:///run/s", why=errors.Unreachability.NO_PERMISSION)
    said = explain(error)
    assert said.what == "You are not allowed to use the engine at unix:///run/s."
    assert "docker group" in said.hint
    assert "rootless" in said.hint


@pytest.mark.parametrize("why", errors.Unreachability)
def test_nobody_is_told_to_start_a_service_of_another_machine(why):
    assert "systemctl" not in explain(errors.EngineUnreachable("tcp://far:2375", why=why)).hint


def test_nobody_is_told_to_start_docker_for_a_socket_that_is_not_its_own():
    error = errors.EngineUnreachable("unix:///a.sock", why=errors.Unreachability.NO_SOCKET)
    assert explain(error).hint == "Check the path, or start the engine that is to listen there."


def test_who_gets_no_answer_over_the_network_is_told_where_to_look():
    error = errors.EngineUnreachable("tcp://far:2375", why=errors.Unreachability.REFUSED)
    hint = explain(error).hint
    assert all(word in hint for word in ("host", "port", "TCP", "firewall"))


def test_a_current_context_of_no_use_is_told_with_the_reason_and_what_is_shown_instead():
    context = errors.UnusableContext("ghost", errors.UnknownContext("ghost", ("default",)))
    said = doubts(
        [context, errors.ConfigProblem("/x/meta.json")], Endpoint("Docker", "u", "socket")
    )
    assert said.what == "The current Docker context “ghost” cannot be used."
    assert "There is no Docker context “ghost”." in said.hint
    assert "/x/meta.json" in said.hint
    assert said.hint.endswith("Layerhold shows Docker instead.")


def test_files_that_cannot_be_used_are_told_with_their_reasons_before_the_advice():
    said = doubts([errors.ConfigProblem("/a", "no JSON"), errors.ConfigProblem("/b", "dark")], None)
    assert said.what == "The configuration file /a cannot be used: no JSON."
    assert said.hint == (
        "The configuration file /b cannot be used: dark. "
        "Correct such a file or move it away, then look again."
    )


@pytest.mark.parametrize(
    ("why", "way_on"),
    [
        ("CERTIFICATE", "/etc/docker/certs.d/box.example:5000/ca.crt"),
        ("PLAIN_HTTP", "insecure-registries in daemon.json"),
    ],
)
def test_a_registry_that_is_not_trusted_comes_with_what_to_do(why, way_on):
    fault = registry_errors.RegistryFault[why]
    error = registry_errors.RegistryUnreachable("a", "box.example:5000", why=fault)

    assert way_on in explain(error).hint


@pytest.mark.parametrize("why", registry_errors.RegistryFault)
def test_where_we_asked_ourselves_nothing_is_said_of_an_engine(why):
    error = registry_errors.RegistryUnreachable("a", "box.example:5000", why=why, from_here=True)
    hint = explain(error).hint
    assert hint
    assert "engine's" not in hint
    assert "daemon.json" not in hint
    doubtful = {registry_errors.RegistryFault.CERTIFICATE, registry_errors.RegistryFault.PLAIN_HTTP}
    assert ("Trust a registry…" in hint) is (why in doubtful)


def test_a_registry_says_how_long_to_wait():
    error = registry_errors.RateLimited("nginx", "docker.io", retry_after=90)
    said = explain(error)

    assert said.what == "docker.io was asked too often of late."
    assert said.hint.startswith("Try again in 2 min,")


def test_nobody_who_logs_in_is_told_to_log_in():
    for seconds in (None, 90):
        error = registry_errors.RateLimited("", "docker.io", retry_after=seconds)
        assert "log in" not in explain(error).hint.lower()


def test_an_image_in_use_names_the_containers():
    said = explain(errors.InUse("nginx:1", containers=("web", "db")))
    assert said.what == "The image nginx:1 is used by web, db."


def test_many_containers_are_counted_rather_than_named():
    names = tuple(f"c{number}" for number in range(12))
    assert explain(errors.InUse("n:1", containers=names)).what.endswith("c4 and 7 more.")


def test_text_from_outside_is_visible_and_cut():
    said = explain(errors.ImageNotFound("a\x1b[31m" + "b" * 9999, "<b>no</b>\x00"))
    assert "\x1b" not in said.what
    assert len(said.what) < 200
    assert said.detail == "<b>no</b>␀"


def test_an_id_is_short():
    said = explain(errors.ImageNotFound("sha256:" + "0123456789abcdef" * 4))
    assert said.what == "The image 0123456789ab is not there any more."


def test_braces_in_names_are_left_alone():
    assert explain(errors.ImageNotFound("a{b}")).what == "The image a{b} is not there any more."


def test_an_unforeseen_error_is_told_as_one():
    said = explain(KeyError("message"))
    assert said.what == "Something went wrong that Layerhold did not expect."
    assert said.detail == "KeyError: 'message'"


def test_a_failed_build_names_the_step_the_line_and_what_the_command_wrote():
    step = BuildStep("RUN make", output=("cc: not found",))
    said = explain(build_errors.BuildFailed("app:1", "exit code: 2", step, "Dockerfile", 5, 2))
    assert (
        said.what == "The build failed at “RUN make”, line 5 of the Dockerfile, with exit code 2."
    )
    assert said.detail == "cc: not found\nexit code: 2"


def test_a_build_that_failed_for_a_known_reason_says_what_helps_against_it():
    said = explain(build_errors.BuildFailed("app:1", reason=errors.DiskFull()))
    assert said.hint == f"{explain(errors.DiskFull()).what} {explain(errors.DiskFull()).hint}"
