import json

import pytest

from fakes.docker_api import ENGINES, recorded
from layerhold.domain.errors import (
    ApiMismatch,
    ContainerNotFound,
    DiskFull,
    EngineRefused,
    EngineUnreachable,
    HasChildren,
    HistoryUnavailable,
    ImageNotFound,
    InUse,
    InvalidReference,
    ReferenceFault,
    SeveralTags,
    Unreachability,
)
from layerhold.engine.docker.answers import refusal
from layerhold.engine.docker.refusals import meaning

MEANT = {
    "rm-running-tag": InUse,
    "rm-running-tag-force": InUse,
    "rm-running-by-ID": InUse,
    "rm-running-by-ID-force": InUse,
    "rm-stopped-tag": InUse,
    "rm-stopped-by-ID": InUse,
    "rm-multi-repo-by-ID": SeveralTags,
    "rm-multi-repo-by-shortID": SeveralTags,
    "rm-multi-samerepo-by-ID": SeveralTags,
    "rm-nonexistent": ImageNotFound,
    "rm-nonexistent-force": ImageNotFound,
    "rm-bad-ref": InvalidReference,
    "inspect-nonexistent": ImageNotFound,
    "history-nonexistent": ImageNotFound,
    "tag-invalid-upper": InvalidReference,
    "tag-invalid-tag": InvalidReference,
    "tag-empty-repo": InvalidReference,
    "tag-nonexistent-src": ImageNotFound,
    "tag-64hex": InvalidReference,
    "tag-digest": InvalidReference,
}
BY_STORE = {
    ("rm-parent-ID-with-child", "gd"): HasChildren,
    ("rm-parent-ID-with-child-force", "gd"): HasChildren,
    ("rm-parent-ID-with-child", "p"): ImageNotFound,
    ("rm-parent-ID-with-child-force", "p"): ImageNotFound,
    ("rm-parent-ID-with-child-force", "ctd"): ImageNotFound,
}


def family(engine):
    return "ctd" if engine.endswith("ctd") else "p" if engine.startswith("p") else "gd"


def refusals():
    for case, answers in recorded().items():
        for engine, (status, body) in answers.items():
            if status >= 400:
                kind = BY_STORE.get((case, family(engine))) or MEANT[case]
                yield pytest.param(status, body, kind, id=f"{case}-{engine}")


@pytest.mark.parametrize(("status", "body", "kind"), list(refusals()))
def test_recorded_refusals(status, body, kind):
    failure = refusal(status, body.encode())

    assert type(failure) is kind
    if isinstance(failure, InUse):
        assert failure.containers
    if not isinstance(failure, InvalidReference):
        assert failure.detail == json.loads(body)["message"]


def holder(case, engine):
    status, body = recorded()[case][engine]
    failure = refusal(status, body.encode())
    return failure.containers, failure.firmly


@pytest.mark.parametrize("engine", [name for name in ENGINES if name.startswith("d")])
def test_docker_names_the_container(engine):
    assert holder("rm-running-tag", engine) == (("X",), False)
    assert holder("rm-running-by-ID-force", engine) == (("X",), True)
    assert holder("rm-stopped-by-ID", engine) == (("X",), False)


def test_podman_names_the_container():
    assert holder("rm-running-tag", "p43") == (("92b7fa20…",), False)
    assert holder("rm-running-tag-force", "p58") == (("4d4a32ef…",), True)


def test_several_containers_are_all_named():
    failure = meaning("image used by aa, bb: image is in use by a container: consider", 409)

    assert failure.containers == ("aa", "bb")


def test_a_real_sentence_of_docker_gives_the_id():
    words = (
        'conflict: unable to remove repository reference "a:1" (must force)'
        " - container 0f3c2b1a9d8e is using its referenced image 1b9eb63a303e"
    )

    assert meaning(words, 409).containers == ("0f3c2b1a9d8e",)


@pytest.mark.parametrize(
    ("message", "status", "kind"),
    [
        ("write /var/lib/docker/tmp/x: no space left on device", 500, DiskFull),
        ("snapshot sha256:12 does not exist: not found", 404, HistoryUnavailable),
        ("No such container: web", 404, ContainerNotFound),
        ('no container with name or ID "web" found: no such container', 404, ContainerNotFound),
        ("You cannot remove a running container 12. Stop the container", 409, EngineRefused),
        ('cannot remove container "/x": container is running: stop it', 409, EngineRefused),
        ("page not found", 404, EngineRefused),
    ],
)
def test_other_words(message, status, kind):
    assert type(meaning(message, status)) is kind


def test_too_new_a_client_learns_what_the_engine_speaks():
    words = "client version 1.52 is too new. Maximum supported API version is 1.51"

    failure = meaning(words, 400)

    assert isinstance(failure, ApiMismatch)
    assert failure.engine_max == "1.51"


def test_an_engine_behind_tls_is_out_of_reach():
    failure = refusal(400, b"Client sent an HTTP request to an HTTPS server.\n")

    assert isinstance(failure, EngineUnreachable)
    assert failure.why is Unreachability.UNSUPPORTED_TRANSPORT


@pytest.mark.parametrize(
    ("case", "engine", "fault"),
    [
        ("tag-invalid-upper", "d20", ReferenceFault.UPPERCASE),
        ("tag-invalid-upper", "p54", ReferenceFault.UPPERCASE),
        ("tag-invalid-tag", "d28gd", ReferenceFault.BAD_TAG),
        ("tag-64hex", "d20", ReferenceFault.IS_AN_ID),
        ("tag-digest", "d20", ReferenceFault.DIGEST_NOT_ALLOWED),
        ("tag-digest", "d28ctd", ReferenceFault.DIGEST_NOT_ALLOWED),
        ("tag-empty-repo", "p43", ReferenceFault.EMPTY),
        ("rm-bad-ref", "p43", ReferenceFault.BAD_CHARACTER),
    ],
)
def test_what_is_wrong_with_a_reference(case, engine, fault):
    status, body = recorded()[case][engine]

    assert refusal(status, body.encode()).fault is fault
