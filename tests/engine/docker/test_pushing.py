import json
from base64 import urlsafe_b64decode

import pytest

from layerhold.domain.errors import EngineGone, InvalidReference, NotAnEngine, Unsupported
from layerhold.domain.login import Login
from layerhold.domain.registry_errors import LoginNeeded, LoginRefused
from layerhold.engine.docker.engine import connect
from layerhold.engine.docker.login import HEADER, shown

HOST = "127.0.0.1:5001"
NAME = f"{HOST}/new:2"
DIGEST = f"sha256:{'d' * 64}"
LOGIN = Login(HOST, "tester", "ünd/secret")
BEGIN = f'{{"status":"The push refers to repository [{HOST}/new]"}}'
LINE = f'{{"status":"2: digest: {DIGEST} size: 738"}}'
AUX = f'{{"progressDetail":{{}},"aux":{{"Tag":"2","Digest":"{DIGEST}","Size":738}}}}'
LAYERS = (
    '{"status":"Preparing","progressDetail":{},"id":"32541227d203"}',
    '{"status":"Preparing","progressDetail":{},"id":"b70fcb444d07"}',
    '{"status":"Layer already exists","progressDetail":{},"id":"b70fcb444d07"}',
    '{"status":"Pushing","progressDetail":{"current":33280,"total":3000000},"id":"32541227d203"}',
    '{"status":"Pushing","progressDetail":{"current":3010560,"total":3000000},"id":"32541227d203"}',
    '{"status":"Pushed","progressDetail":{},"id":"32541227d203"}',
)
SHAPES = {"d20": (LINE, AUX), "d28ctd": (LINE,), "p43": (LINE,)}


@pytest.fixture
def headers(api):
    """What each request showed to the registry."""
    seen = []
    handle = api.handle

    def look(handler):
        seen.append(handler.headers.get(HEADER))
        handle(handler)

    api.handle = look
    return seen


def pushes(api, *lines):
    api.stream("POST", f"/images/{HOST}/new/push", [f"{line}\r\n".encode() for line in lines])


def decoded(header):
    return json.loads(urlsafe_b64decode(header))


@pytest.mark.parametrize("name", SHAPES)
def test_every_engine_tells_the_digest(api, name):
    api.be(name)
    pushes(api, BEGIN, *(() if name == "p43" else LAYERS), *SHAPES[name])
    engine = connect(api.endpoint)
    told = []

    pushed = engine.push(NAME, None, told.append)

    assert (pushed.reference, pushed.digest, pushed.one_platform_only) == (NAME, DIGEST, False)
    assert (pushed.new_layers, pushed.sent) == ((None, None) if name == "p43" else (1, 3_000_000))
    assert told[-1].share in {1, None}
    assert f"/images/{HOST}/new/push?tag=2" in api.asked[-1]
    engine.close()


def test_a_part_of_an_image_for_several_platforms_is_called_that(api, engine):
    pushes(api, BEGIN, '{"aux":{"manifestPushedInsteadOfIndex":true}}', LINE)

    assert engine.push(NAME, None, lambda _: None).one_platform_only


@pytest.mark.parametrize("aux", ["7", "[]", '{"Digest":7}', "null"])
def test_facts_of_another_shape_are_passed_over(api, engine, aux):
    pushes(api, f'{{"aux":{aux}}}', LINE)

    assert engine.push(NAME, None, lambda _: None).digest == DIGEST


def test_a_push_that_ends_without_a_digest_is_a_loss(api, engine):
    pushes(api, BEGIN, *LAYERS)

    with pytest.raises(EngineGone):
        engine.push(NAME, None, lambda _: None)


def test_the_same_words_mean_two_things(api, engine):
    pushes(api, BEGIN, '{"errorDetail":{"message":"unauthorized: authentication required"}}')

    with pytest.raises(LoginNeeded):
        engine.push(NAME, None, lambda _: None)
    with pytest.raises(LoginRefused):
        engine.push(NAME, LOGIN, lambda _: None)


@pytest.mark.parametrize("name", [f"{HOST}/new@{DIGEST}", "Upper:1", ""])
def test_what_is_no_tag_is_not_pushed(api, engine, name):
    before = list(api.asked)

    with pytest.raises(InvalidReference):
        engine.push(name, None, lambda _: None)

    assert api.asked == before


def test_a_login_is_shown_to_the_registry(api, engine, headers):
    pushes(api, LINE)

    engine.push(NAME, LOGIN, lambda _: None)
    engine.push(NAME, None, lambda _: None)

    known, unknown = map(decoded, headers)
    assert known == {"serveraddress": HOST, "username": "tester", "password": "ünd/secret"}
    assert unknown == {}


def test_a_token_stands_in_for_a_password():
    login = Login("docker.io", "me", "secret", identity_token="token")

    assert decoded(shown(login)[HEADER]) == {
        "serveraddress": "https://index.docker.io/v1/",
        "identitytoken": "token",
    }


@pytest.mark.parametrize("token", ["", "abc"])
def test_a_checked_login_is_what_is_to_be_kept(api, engine, token):
    api.answer("POST", "/auth", {"IdentityToken": token, "Status": "Login Succeeded"})

    kept = engine.check_login(LOGIN)

    assert (kept.secret, kept.identity_token) == (("", "abc") if token else (LOGIN.secret, ""))
    assert "secret" not in repr(kept)


def test_a_login_is_checked_each_time(api, engine):
    api.answer("POST", "/auth", {"IdentityToken": "", "Status": "Login Succeeded"})
    engine.check_login(LOGIN)
    api.answer("POST", "/auth", {"message": "unauthorized: incorrect username or password"}, 500)

    with pytest.raises(LoginRefused) as caught:
        engine.check_login(LOGIN)

    assert (caught.value.subject, caught.value.registry) == ("", HOST)


def test_what_a_registry_has(api, engine):
    platforms = [
        {"architecture": "amd64", "os": "linux"},
        {"architecture": "arm", "os": "linux", "variant": "v7"},
        {"architecture": "unknown", "os": "unknown"},
        {"architecture": "amd64", "os": "linux"},
    ]
    told = {"Descriptor": {"digest": DIGEST, "size": 5}, "Platforms": platforms}
    api.answer("GET", f"/distribution/{NAME}/json", told)

    there = engine.remote(NAME, None)

    assert (there.digest, there.platforms) == (DIGEST, ("linux/amd64", "linux/arm/v7"))


def test_an_answer_of_another_shape_is_no_engines(api, engine):
    api.answer("GET", f"/distribution/{NAME}/json", {"Platforms": None})

    with pytest.raises(NotAnEngine):
        engine.remote(NAME, None)


def test_podman_is_not_asked_what_it_does_not_know(api, podman):
    before = list(api.asked)

    with pytest.raises(Unsupported):
        podman.remote(NAME, None)

    assert api.asked == before
