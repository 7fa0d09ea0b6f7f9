"""What real engines answered when a registry was the reason."""

import json

import pytest

from fakes.docker_api import recorded
from layerhold.domain.cancel import Token
from layerhold.domain.errors import (
    EngineRefused,
    ImageNotFound,
    InvalidReference,
    ReferenceFault,
)
from layerhold.domain.login import Login
from layerhold.domain.registry_errors import (
    Damaged,
    LoginNeeded,
    LoginRefused,
    NotAnImage,
    OutOfOrder,
    PlatformMissing,
    RateLimited,
    RegistryFailure,
    RegistryFault,
    RegistryUnreachable,
    RemoteNotFound,
)
from layerhold.domain.transfers import PullWish
from layerhold.engine.docker.engine import connect
from layerhold.engine.docker.refusals import meaning

HOST = "127.0.0.1:5001"
NAME = f"{HOST}/it:1"
OLD = f"sha256:{'a' * 64}"
LOGIN = Login(HOST, "tester", "secret")
CASES = recorded("recorded_registry")
MEANT = {
    "noauth": LoginNeeded,
    "badauth": LoginRefused,
    "badpw": LoginRefused,
    "nonexistent-repo": RemoteNotFound,
    "nonexistent": RemoteNotFound,
    "bad-tag": RemoteNotFound,
    "nonexistent-local": ImageNotFound,
    "invalid-ref": InvalidReference,
    "bad-platform": EngineRefused,
    "wrong-platform": PlatformMissing,
    "missing-platform": PlatformMissing,
    "too-often": RateLimited,
    "unknown-host": RegistryFault.UNKNOWN_HOST,
    "refused-port": RegistryFault.REFUSED,
    "refused": RegistryFault.REFUSED,
    "certificate": RegistryFault.CERTIFICATE,
    "plain-http": RegistryFault.PLAIN_HTTP,
    "not-a-registry": RegistryFault.NOT_A_REGISTRY,
    "a-page": RegistryFault.NOT_A_REGISTRY,
}
PLAIN = {"login-ok", "login-badpw", "login-not-a-registry"}
"""Podman tries HTTPS only."""


def meant(case, engine):
    if engine.startswith("p") and case in PLAIN:
        return RegistryFault.PLAIN_HTTP
    return MEANT.get(case.partition("-")[2])


def refusals():
    for case, answers in CASES.items():
        for engine, (status, body) in answers.items():
            if status >= 400 or "errorDetail" in body:
                yield pytest.param(case, engine, status, body, id=f"{case}-{engine}")


def do(engine, verb, login):
    if verb == "pull":
        return engine.pull(PullWish(NAME), login, lambda _: None, Token())
    if verb == "push":
        return engine.push(NAME, login, lambda _: None, Token())
    return engine.remote(NAME, login) if verb == "distribution" else engine.check_login(login)


PLACES = {
    "pull": ("POST", "/images/create"),
    "push": ("POST", f"/images/{HOST}/it/push"),
    "login": ("POST", "/auth"),
    "distribution": ("GET", f"/distribution/{NAME}/json"),
}


@pytest.mark.parametrize(("case", "name", "status", "body"), list(refusals()))
def test_recorded_refusals(api, case, name, status, body):
    verb = case.partition("-")[0]
    kind = meant(case, name)
    api.be(name)
    api.answer("GET", f"/images/{NAME}/json", {"message": "No such image: it"}, 404)
    if status == 200:
        api.stream(*PLACES[verb], [body.encode()])
    else:
        api.answer(*PLACES[verb], body, status)
    engine = connect(api.endpoint)
    expected = RegistryUnreachable if isinstance(kind, RegistryFault) else kind

    with pytest.raises(expected) as caught:
        do(engine, verb, LOGIN if verb == "login" or "badauth" in case else None)

    failure = caught.value
    assert type(failure) is expected
    if isinstance(kind, RegistryFault):
        assert failure.why is kind
    if isinstance(failure, InvalidReference):
        assert failure.text == NAME
    else:
        assert failure.subject == ("" if verb == "login" else NAME)
        assert failure.detail
    assert getattr(failure, "registry", HOST) == HOST
    engine.close()


@pytest.mark.parametrize(
    ("message", "platform"),
    [
        ("no matching manifest for linux/s390x in the manifest list entries", "linux/s390x"),
        ("no matching manifest for windows/amd64 10.0.1 in the manifest list", "windows/amd64"),
        (
            'no image found in manifest list for architecture arm, variant "v7", OS linux',
            "linux/arm/v7",
        ),
        (
            "image with reference a:1 was found but does not match the specified platform: "
            "wanted linux/arm64, actual: linux/amd64",
            "linux/arm64",
        ),
        ("image with reference a:1 was found but does not provide the specified platform", ""),
    ],
)
def test_the_platform_that_is_missing_is_named(message, platform):
    failure = meaning(message, 404)

    assert isinstance(failure, PlatformMissing)
    assert failure.platform == platform


@pytest.mark.parametrize(
    ("message", "seconds"),
    [("toomanyrequests: retry-after: 61.5 seconds", 61.5), ("429 Too Many Requests", None)],
)
def test_how_long_to_wait_is_told_where_it_is_said(message, seconds):
    assert meaning(message, 500).retry_after == seconds


@pytest.mark.parametrize(
    ("status", "kind"), [(401, LoginRefused), (429, RateLimited), (500, EngineRefused)]
)
def test_where_the_words_say_nothing_the_status_does(status, kind):
    assert type(meaning("no", status)) is kind


@pytest.mark.parametrize(
    "message",
    [
        "dial unix /run/containerd/containerd.sock: connect: connection refused",
        "authorization denied by plugin opa",
        "driver failed programming external connectivity",
        "container 0429 is not running",
    ],
)
def test_what_is_no_matter_of_a_registry_stays_with_the_engine(message):
    assert type(meaning(message, 500)) is EngineRefused


PODMAN = "initializing source docker://h/it:1: reading manifest 1 in h/it: "


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("denied", LoginNeeded),
        (f"{PODMAN}denied", LoginNeeded),
        (f"{PODMAN}StatusCode: 403, Forbidden", LoginNeeded),
        ("error parsing HTTP 403 response body: invalid character 'F' looking", LoginNeeded),
        ("received unexpected HTTP status: 500 Internal Server Error", OutOfOrder),
        (f"{PODMAN}received unexpected HTTP status: 502 Bad Gateway", OutOfOrder),
        ("writing blob: uploading layer chunked: StatusCode: 503, upstream", OutOfOrder),
        ("unexpected status from HEAD request to https://h/v2/it: 500 Internal", OutOfOrder),
        ("login attempt to http://h/v2/ failed with status: 503 Service Unavailable", OutOfOrder),
        ("image config verification failed for digest sha256:bb", Damaged),
        (f"Download config.json digest sha256:f does not match expected {OLD}", Damaged),
        (f"Manifest does not match provided manifest digest {OLD}", Damaged),
        ("unexpected EOF", RegistryFault.BROKEN_OFF),
        ('Head "/v2/it/manifests/1": stopped after 10 redirects', RegistryFault.NOT_A_REGISTRY),
        ("missing signature key", NotAnImage),
        ("unsupported schema version 2", NotAnImage),
        ('Get "http://h:99999/v2/": dial tcp: address 99999: invalid port', RegistryFault.OTHER),
    ],
)
def test_words_of_an_engine_that_speaks_of_a_registry(api, message, kind):
    api.stream(*PLACES["pull"], [json.dumps({"errorDetail": {"message": message}}).encode()])
    api.answer("GET", f"/images/{NAME}/json", {"message": "No such image: it"}, 404)
    engine = connect(api.endpoint)

    with pytest.raises(RegistryFailure) as caught:
        do(engine, "pull", None)

    failure = caught.value
    assert (failure.subject, failure.registry, failure.detail) == (NAME, HOST, message)
    if isinstance(kind, RegistryFault):
        assert failure.why is kind
    else:
        assert type(failure) is kind
    engine.close()


def test_an_address_that_the_engine_is_too_old_for_is_named(api):
    api.answer("POST", "/images/create", {"message": "invalid reference format"}, 400)
    name = "[::1]:5000/it:1"
    api.answer("GET", f"/images/{name}/json", {"message": "No such image: it"}, 404)
    engine = connect(api.endpoint)

    with pytest.raises(InvalidReference) as caught:
        engine.pull(PullWish(name), None, lambda _: None, Token())

    assert (caught.value.fault, caught.value.part) == (ReferenceFault.BAD_REGISTRY, "[::1]:5000")
    engine.close()
