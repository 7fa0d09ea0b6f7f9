import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.registry_server import PASSWORD, USER, answer, serving
from layerhold.domain.login import Login
from layerhold.domain.references import parse
from layerhold.domain.registry_errors import (
    LoginNeeded,
    LoginRefused,
    RateLimited,
    RegistryFailure,
    RemoteNotFound,
)
from layerhold.registry import manifests
from layerhold.registry.manifests import (
    DOCKER_MANIFEST,
    OCI_INDEX,
    OCI_MANIFEST,
    digest,
    look,
    read,
)
from layerhold.registry.refusals import Answer
from layerhold.registry.session import Session
from layerhold.registry.tags import tags
from layerhold.registry.tokens import Purse, granted

DEEP = b'{"a": ' + b"[" * 99999


def sha(content):
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


@pytest.fixture
def app(server):
    return parse(f"{server.host}/team/app:1")


@pytest.fixture
def me(server):
    return Login(server.host, USER, PASSWORD)


def index(*platforms):
    entries = [{"digest": sha(b"x"), "platform": platform} for platform in platforms]
    return json.dumps({"schemaVersion": 2, "manifests": entries}).encode()


def keep_image(server, *, config=b'{"os": "linux", "architecture": "arm64", "variant": "v8"}'):
    content = json.dumps({"mediaType": OCI_MANIFEST, "config": {"digest": sha(config)}}).encode()
    server.say(f"/v2/team/app/blobs/{sha(config)}", answer(200, config))
    return server.keep("team/app:1", content, OCI_MANIFEST)


def test_an_index_tells_its_platforms(server, app):
    kept = server.keep(
        "team/app:1",
        index(
            {"os": "linux", "architecture": "amd64"},
            {"os": "linux", "architecture": "arm", "variant": "v7"},
            {"os": "unknown", "architecture": "unknown"},
            {"os": "windows", "architecture": "amd64", "os.version": "10.0.1"},
            {"os": "windows", "architecture": "amd64", "os.version": "10.0.2"},
            None,
        ),
        OCI_INDEX,
    )

    image = look(app)

    assert image.reference == f"{server.host}/team/app:1"
    assert image.digest == kept
    assert image.platforms == ("linux/amd64", "linux/arm/v7", "windows/amd64")
    asked = server.asked[-1]
    assert asked.path == "/v2/team/app/manifests/1"
    assert OCI_INDEX in asked.headers["Accept"]
    assert DOCKER_MANIFEST in asked.headers["Accept"]


def test_an_image_tells_the_platform_of_its_configuration(server, app):
    kept = keep_image(server)

    image = look(app)

    assert (image.digest, image.platforms) == (kept, ("linux/arm64/v8",))


def test_a_form_that_is_long_out_of_use_tells_none(server, app):
    server.keep("team/app:1", b'{"schemaVersion": 1, "fsLayers": []}')

    assert look(app).platforms == ()


def test_a_digest_is_asked_for_without_the_manifest(server, app):
    kept = server.keep("team/app:1", index(), OCI_INDEX)

    with Session(app.registry) as session:
        assert digest(session, app) == kept

    assert [it.method for it in server.asked] == ["GET", "HEAD"]


@pytest.mark.parametrize("told", ["", "sha256:short", "md5:" + "0" * 32])
def test_a_digest_that_nobody_tells_is_found_out(server, app, told):
    server.say("/v2/team/app/manifests/1", answer(200, b"{}", {"Docker-Content-Digest": told}))

    with Session(app.registry) as session:
        assert digest(session, app) == sha(b"{}")


def test_a_manifest_comes_byte_by_byte(server, app):
    content = b'{ "mediaType":"application/vnd.oci.image.manifest.v1+json" }\n'
    server.say("/v2/team/app/manifests/1", answer(200, content))

    with Session(app.registry) as session:
        manifest = read(session, app)

    assert (manifest.content, manifest.media_type) == (content, OCI_MANIFEST)


@pytest.mark.parametrize("algorithm", ["sha256", "sha512"])
def test_what_was_asked_for_by_its_digest_has_to_have_it(server, algorithm):
    good = f"{algorithm}:{hashlib.new(algorithm, b'{}').hexdigest()}"
    server.say(f"/v2/app/manifests/{good}", answer(200, b"{}"))
    bad = good[:-1] + ("0" if good[-1] != "0" else "1")
    server.say(f"/v2/app/manifests/{bad}", answer(200, b"{}", {"Docker-Content-Digest": good}))

    with Session(server.host) as session:
        assert read(session, parse(f"{server.host}/app@{good}")).digest == good
        with pytest.raises(RegistryFailure, match="was asked for"):
            read(session, parse(f"{server.host}/app@{bad}"))


def test_what_comes_has_to_be_what_the_registry_says(server, app):
    wrong = {"Docker-Content-Digest": sha(b"other")}
    server.say("/v2/team/app/manifests/1", answer(200, b"{}", wrong))

    with pytest.raises(RegistryFailure, match="was asked for") as failed:
        look(app)

    assert failed.value.subject == app.familiar


def test_a_configuration_has_to_have_its_digest(server, app):
    keep_image(server)
    for path in [path for path in server._speakers if "/blobs/" in path]:
        server.say(path, answer(200, b'{"os": "evil", "architecture": "x"}'))

    with pytest.raises(RegistryFailure, match="was asked for"):
        look(app)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"<html>", b'{"manifests": 3}', b"\xff", b"[" * 9999, DEEP],
)
def test_what_makes_no_sense_is_a_failure(server, app, content):
    server.say("/v2/team/app/manifests/1", answer(200, content))

    with pytest.raises(RegistryFailure) as failed:
        look(app)

    assert failed.value.registry == server.host


def test_what_is_not_there(app):
    with pytest.raises(RemoteNotFound) as missing:
        look(app)

    assert missing.value.subject == app.familiar


def test_asked_too_often(server, app):
    server.say("/v2/team/app/manifests/1", answer(429, b"", {"Retry-After": "11"}))

    with pytest.raises(RateLimited) as limited:
        look(app)

    assert limited.value.retry_after == 11


def test_a_login_that_is_needed_or_wrong(server, app):
    server.want_password()

    with pytest.raises(LoginNeeded):
        look(app)
    with pytest.raises(LoginRefused):
        look(app, Login(server.host, "me", "wrong"))


def test_a_registry_that_wants_no_login_at_its_door_may_want_one_inside(server, app, me):
    keep_image(server)
    server.want_password()
    good = server._good
    server._good = lambda asked: asked.path == "/v2/" or good(asked)

    assert look(app, me).platforms


def test_a_token_is_fetched_for_the_repository_and_used_again(server, app, me):
    server.want_token(f"{server.url}/token", "repository:team/app:pull")
    server.give_tokens()
    keep_image(server)

    assert look(app, me).platforms == ("linux/arm64/v8",)

    (wish,) = server.paths("/token")
    assert "scope=repository%3Ateam%2Fapp%3Apull" in wish
    assert "offline_token" not in wish


def test_nobody_in_particular_gets_a_token_too(server, app):
    server.want_token(f"{server.url}/token", "repository:team/app:pull")
    server.give_tokens()
    keep_image(server)

    assert look(app).platforms
    assert [it.authorization for it in server.asked if it.path.startswith("/token")] == [""]


def test_a_token_that_ends_early_is_renewed(server, app, me):
    server.want_token(f"{server.url}/token", "repository:team/app:pull")
    server.give_tokens()
    keep_image(server)
    good, shown = server._good, []

    def tires(asked):
        shown.append(asked.authorization)
        return good(asked) and shown.count(asked.authorization) != 2

    server._good = tires

    assert look(app, me).platforms
    assert len(server.paths("/token")) == 2


def test_a_token_that_is_never_good_enough_ends_in_a_refusal(server, app, me):
    server.want_token(f"{server.url}/token")
    server.give_tokens(token="odd")
    keep_image(server)

    with pytest.raises(LoginRefused):
        look(app, me)

    assert len(server.paths("/token")) == 2


def test_the_scope_that_the_registry_names_is_asked_for(server, app, me):
    server.want_token(f"{server.url}/token", "repository:mirror/app:pull")
    server.give_tokens()
    keep_image(server)

    assert look(app, me).platforms
    assert "scope=repository%3Amirror%2Fapp%3Apull" in server.paths("/token")[-1]


def test_tokens_last_as_long_as_they_say():
    now = 1000.0
    purse = Purse(lambda: now)
    purse.put("a", granted(b'{"token": "long", "expires_in": 300}', now))
    purse.put("b", granted(b'{"access_token": "usual"}', now))
    purse.put("c", granted(b'{"token": "short", "expires_in": 1}', now))
    assert [purse.get(scope) for scope in "abcd"] == ["long", "usual", "", ""]

    now += 56
    assert [purse.get(scope) for scope in "ab"] == ["long", ""]

    now += 240
    assert purse.get("a") == ""


def test_secrets_are_in_no_text_of_a_token():
    given = granted(b'{"token": "hunter2", "refresh_token": "hunter3"}', 0)

    assert "hunter" not in repr(given)
    assert "hunter" not in repr(Answer(200, {}, b"hunter2", "https://x/?q=hunter3"))


def test_all_pages_of_the_tags(server, app):
    pages = {"": (["1", "2"], "2"), "2": (["2", "3"], "3"), "3": (None, "")}

    def speak(handler):
        last = handler.asked.query.get("last", [""])[0]
        found, following = pages[last]
        link = f'</v2/team/app/tags/list?last={following}&n=2>; rel="next"'
        headers = {"Link": link} if following else {}
        answer(200, json.dumps({"tags": found}).encode(), headers)(handler)

    server.say("/v2/team/app/tags/list", speak)

    assert tags(app) == ("1", "2", "3")


def test_pages_in_a_circle_come_to_an_end(server, app):
    link = {"Link": "</v2/team/app/tags/list?last=1>; rel=next"}
    server.say("/v2/team/app/tags/list", answer(200, b'{"tags": ["1"]}', link))

    assert tags(app) == ("1",)


def test_a_next_page_at_another_host_is_asked_for_at_this_one(server, app, me):
    server.want_password()
    with serving() as other:
        link = {"Link": f'<{other.url}/v2/team/app/tags/list?last=1>; rel="next"'}
        server.say("/v2/team/app/tags/list", answer(200, b'{"tags": ["1"]}', link))

        assert tags(app, me) == ("1",)

    assert other.asked == []


@pytest.mark.parametrize("content", [b"", b'{"tags": "1"}', b'{"tags": [1]}', DEEP])
def test_tags_that_make_no_sense(server, app, content):
    server.say("/v2/team/app/tags/list", answer(200, content))

    with pytest.raises(RegistryFailure):
        tags(app)


@given(st.binary())
def test_any_content_has_its_own_digest_only(content):
    named = parse("reg.example/a")
    assert manifests.verified(content, sha(content), named) == sha(content)
    with pytest.raises(RegistryFailure):
        manifests.verified(content + b"x", sha(content), named)
