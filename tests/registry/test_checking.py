import socket
import time
from contextlib import closing
from threading import Timer

import pytest

from fakes.proxy_server import proxying
from fakes.registry_server import IDENTITY, PASSWORD, USER, answer, drip, flood, hang, serving
from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled
from layerhold.domain.login import Login
from layerhold.domain.registry_errors import (
    LoginRefused,
    RateLimited,
    RegistryFailure,
    RegistryFault,
    RegistryUnreachable,
)
from layerhold.registry import courier, hosts, incoming, lines
from layerhold.registry.checking import check, check_with
from layerhold.registry.trust import Trust


def me(server, secret=PASSWORD, registry=""):
    return Login(registry or server.host, USER, secret)


def fault_of(login, **options):
    with pytest.raises(RegistryUnreachable) as unreachable:
        check(login, **options)
    assert unreachable.value.registry == login.registry
    return unreachable.value.why


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(lines, "CONNECT_SECONDS", 0.3)
    monkeypatch.setattr(courier, "READ_SECONDS", 0.3)


def test_a_registry_that_wants_no_login_accepts_every_one(server):
    assert check(me(server)) == me(server)
    assert [it.authorization for it in server.asked] == [""]


def test_what_an_engine_takes_for_a_registry_is_looked_at(server):
    """Docker says so of every page that is there."""
    server.say("/v2/", answer(200, b"<html>Welcome</html>", {"Content-Type": "text/html"}))

    with pytest.raises(RegistryUnreachable) as unreachable:
        check_with(lambda login, _: login, me(server), Token())

    assert unreachable.value.why is RegistryFault.NOT_A_REGISTRY
    assert [it.authorization for it in server.asked] == [""]


def test_what_only_the_engine_can_reach_is_left_to_it(server):
    login = Login("nosuch.invalid", USER, PASSWORD)

    assert check_with(lambda *_: me(server), login, Token()) == me(server)


def test_what_the_engine_refuses_is_not_looked_at(server):
    def refuse(login, _):
        raise LoginRefused(registry=login.registry)

    with pytest.raises(LoginRefused):
        check_with(refuse, me(server), Token())
    assert server.asked == []


def test_a_good_password(server):
    server.want_password()

    assert check(me(server)) == me(server)


def test_a_wrong_password(server):
    server.want_password()

    with pytest.raises(LoginRefused) as refused:
        check(me(server, "hunter2"))

    assert refused.value.registry == server.host
    assert refused.value.detail == "UNAUTHORIZED: who are you?"
    assert "hunter2" not in repr(refused.value)


def test_a_token_server_is_shown_the_password_and_the_registry_the_token(server):
    server.want_token(f"{server.url}/token")
    server.give_tokens()

    assert check(me(server)) == me(server, secret="").__class__(
        server.host, USER, "", identity_token=IDENTITY
    )

    first, token, last = server.asked
    assert (first.authorization, last.authorization) == ("", "Bearer nothing")
    assert token.query["service"] == ["tests"]
    assert token.query["account"] == [USER]
    assert token.query["offline_token"] == ["true"]
    assert "scope" not in token.query


def test_a_token_server_that_keeps_no_logins(server):
    server.want_token(f"{server.url}/token")
    server.give_tokens(refresh_token=None)

    assert check(me(server)) == me(server)


def test_a_token_server_refuses_a_wrong_password(server):
    server.want_token(f"{server.url}/token")
    server.give_tokens()

    with pytest.raises(LoginRefused, match="incorrect username or password"):
        check(me(server, "hunter2"))


def test_an_identity_token_is_posted(server):
    server.want_token(f"{server.url}/token")
    server.give_tokens()
    login = Login(server.host, USER, identity_token=IDENTITY)

    assert check(login) == login

    assert server.asked[1].form["grant_type"] == ["refresh_token"]
    assert server.asked[1].authorization == ""
    assert IDENTITY not in " ".join(server.paths())


@pytest.mark.parametrize("status", [400, 401])
def test_an_identity_token_that_has_ended(server, status):
    server.want_token(f"{server.url}/token")
    server.say("/token", answer(status, b'{"error": "invalid_grant"}'))

    with pytest.raises(LoginRefused):
        check(Login(server.host, identity_token="ended"))


def test_a_token_that_the_registry_does_not_want(server):
    server.want_token(f"{server.url}/token")
    server.give_tokens(token="odd")

    with pytest.raises(LoginRefused):
        check(me(server))


@pytest.mark.parametrize("said", [b"", b"[]", b'{"token": ""}', b'{"token": 3}', b"\xff"])
def test_a_token_server_that_gives_none(server, said):
    server.want_token(f"{server.url}/token")
    server.say("/token", answer(200, said))

    with pytest.raises(RegistryFailure):
        check(me(server))


@pytest.mark.parametrize("realm", ["", "token", "ftp://127.0.0.1/token", "file:///etc/passwd"])
def test_a_registry_without_a_token_server(server, realm):
    server.want_token(realm)

    assert fault_of(me(server)) is RegistryFault.NOT_A_REGISTRY


def test_being_asked_too_often(server):
    server.want_password()
    server.want_token(f"{server.url}/token")
    server.say("/token", answer(429, b"", {"Retry-After": "7"}))

    with pytest.raises(RateLimited) as limited:
        check(me(server))

    assert limited.value.retry_after == 7


@pytest.mark.parametrize(
    ("status", "content", "headers"),
    [
        (200, b"<html>Welcome", {}),
        (404, b"not here", {}),
        (403, b"<html>Forbidden", {}),
        (401, b"", {}),
        (401, b"", {"WWW-Authenticate": "Negotiate"}),
        (200, b"[]", {}),
        (200, b'{"a": ' + b"[" * 99999, {}),
    ],
)
def test_what_is_no_registry(server, status, content, headers):
    server.say("/v2/", answer(status, content, headers))

    assert fault_of(me(server)) is RegistryFault.NOT_A_REGISTRY


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_registry_that_is_out_of_order_is_still_one(server, status):
    server.say("/v2/", answer(status))

    with pytest.raises(RegistryFailure) as failed:
        check(me(server))

    assert not isinstance(failed.value, RegistryUnreachable)
    assert str(status) in failed.value.detail


def test_what_speaks_no_http():
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        port = listening.getsockname()[1]

        def talk():
            for _ in range(2):
                guest = listening.accept()[0]
                guest.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")
                guest.close()

        Timer(0, talk).start()
        why = fault_of(Login(f"127.0.0.1:{port}", USER, PASSWORD))

    assert why in {RegistryFault.NOT_A_REGISTRY, RegistryFault.OTHER}


def test_nobody_listens():
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        port = listening.getsockname()[1]

    assert fault_of(Login(f"127.0.0.1:{port}", USER, PASSWORD)) is RegistryFault.REFUSED


def test_no_such_host():
    assert fault_of(Login("nosuch.invalid", USER, PASSWORD)) is RegistryFault.UNKNOWN_HOST


@pytest.mark.usefixtures("quick")
def test_nobody_answers(server):
    server.say("/v2/", hang)

    assert fault_of(me(server)) is RegistryFault.TIMEOUT


def test_an_answer_that_drips_for_ever(server, monkeypatch):
    monkeypatch.setattr(incoming, "WHOLE_SECONDS", 0.3)
    server.say("/v2/", drip)

    assert fault_of(me(server)) is RegistryFault.TIMEOUT


def test_an_answer_without_an_end(server):
    server.say("/v2/", flood)

    with pytest.raises(RegistryFailure, match="more than"):
        check(me(server))


def test_a_strange_certificate(tls_server):
    assert fault_of(me(tls_server)) is RegistryFault.CERTIFICATE
    assert tls_server.asked == []


def test_plain_http_is_not_tried_after_a_bad_certificate(tls_server):
    assert fault_of(me(tls_server), trust=Trust(plain=True)) is RegistryFault.CERTIFICATE


def test_an_authority_of_ones_own(tls_server, certificates):
    tls_server.want_password()

    assert check(me(tls_server), trust=Trust(certificates.authority)) == me(tls_server)


def test_an_authority_from_the_environment(tls_server, certificates, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificates.authority))

    assert check(me(tls_server)) == me(tls_server)


def test_an_authority_of_ones_own_beside_one_from_the_environment(
    tls_server, certificates, monkeypatch
):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificates.certificate))

    assert check(me(tls_server), trust=Trust(certificates.authority)) == me(tls_server)


@pytest.mark.parametrize("name", ["nosuch.pem", "root.key"])
def test_an_authority_that_cannot_be_read(tls_server, certificates, name):
    wrong = Trust(certificates.authority.with_name(name))

    assert fault_of(me(tls_server), trust=wrong) is RegistryFault.CERTIFICATE


def test_a_certificate_that_nobody_looks_at(tls_server):
    assert check(me(tls_server), trust=Trust(unverified=True)) == me(tls_server)


def test_other_hosts_have_to_prove_who_they_are_even_so(tls_server, certificates):
    with serving(certificates) as other:
        tls_server.want_token(f"{other.url}/token")

        why = fault_of(me(tls_server), trust=Trust(unverified=True))

    assert why is RegistryFault.CERTIFICATE
    assert other.asked == []


def test_a_name_that_is_not_in_the_certificate(certificates):
    with serving(certificates) as server:
        login = me(server, registry=server.host.replace("127.0.0.1", "127.0.0.2"))
        why = fault_of(login, trust=Trust(certificates.authority))

    assert why in {RegistryFault.CERTIFICATE, RegistryFault.REFUSED}


@pytest.mark.usefixtures("elsewhere")
def test_plain_http_elsewhere_has_to_be_excepted(server):
    assert fault_of(me(server)) is RegistryFault.PLAIN_HTTP
    assert check(me(server), trust=Trust(plain=True)) == me(server)


def test_a_password_never_leaves_tls_for_a_token_server(tls_server, server, certificates):
    tls_server.want_token(f"{server.url}/token")

    with pytest.raises(RegistryFailure, match="not private"):
        check(me(tls_server), trust=Trust(certificates.authority))

    assert server.asked == []


def test_a_redirect_does_not_leave_tls(tls_server, server, certificates):
    tls_server.say("/v2/", answer(307, b"", {"Location": f"{server.url}/v2/"}))

    with pytest.raises(RegistryFailure, match="not private"):
        check(me(tls_server), trust=Trust(certificates.authority))

    assert server.asked == []


def test_a_redirect_to_another_host_takes_no_password_along(server):
    with serving() as other:
        other.say("/elsewhere", answer(200, b"{}"))
        server.want_password()
        server.say("/v2/", answer(307, b"", {"Location": f"{other.url}/elsewhere"}))

        check(me(server))

    assert [it.authorization for it in other.asked] == [""]


@pytest.mark.parametrize("location", ["http://[", "file:///etc/passwd", "//", "ftp://x/"])
def test_an_odd_redirect(server, location):
    server.say("/v2/", answer(307, b"", {"Location": location}))

    with pytest.raises(RegistryFailure):
        check(me(server))


def test_a_redirect_in_a_circle(server):
    server.say("/v2/", answer(307, b"", {"Location": "/v2/"}))

    with pytest.raises(RegistryFailure):
        check(me(server))


def test_netrc_is_left_alone(server, home):
    (home / ".netrc").write_text("machine 127.0.0.1 login other password secret\n")
    server.want_password()

    assert check(me(server)) == me(server)
    assert server.asked[0].authorization == ""


@pytest.fixture
def elsewhere(monkeypatch):
    """Take this machine for another one."""
    monkeypatch.setattr(hosts, "is_loopback", lambda _: False)


@pytest.mark.usefixtures("elsewhere")
def test_a_proxy_from_the_environment(server, tls_server, certificates, monkeypatch):
    server.want_password()
    with proxying() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)

        assert check(me(tls_server), trust=Trust(certificates.authority)) == me(tls_server)
        assert check(me(server), trust=Trust(plain=True)) == me(server)

    assert proxy.passed == [tls_server.host, server.host, *2 * [f"{server.url}/v2/"]]


@pytest.mark.usefixtures("elsewhere")
def test_hosts_that_need_no_proxy(server, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    assert check(me(server), trust=Trust(plain=True)) == me(server)


def test_this_machine_is_asked_without_a_proxy(server, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    server.say("/v2/", answer(307, b"", {"Location": f"{server.url}/there"}))
    server.say("/there", answer(200, b"{}"))

    assert check(me(server)) == me(server)


@pytest.mark.usefixtures("elsewhere")
def test_a_proxy_that_is_not_there(tls_server, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://someone:hunter2@127.0.0.1:1")

    with pytest.raises(RegistryUnreachable) as unreachable:
        check(me(tls_server))

    assert "hunter2" not in repr(unreachable.value)


@pytest.mark.parametrize("where", ["/v2/", "/token"])
@pytest.mark.parametrize("speaker", [hang, drip])
def test_cancelled_while_waiting_for_an_answer(server, where, speaker):
    server.want_token(f"{server.url}/token")
    server.give_tokens()
    if where == "/v2/":
        server._challenge = ""
    server.say(where, speaker)
    assert_cancelled_in_time(me(server))


def test_cancelled_in_a_handshake():
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        assert_cancelled_in_time(Login(f"127.0.0.1:{listening.getsockname()[1]}", USER, "x"))


def test_cancelled_while_connecting():
    with closing(socket.create_server(("127.0.0.1", 0), backlog=0)) as full:
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(full.getsockname())
        assert_cancelled_in_time(Login(f"127.0.0.1:{full.getsockname()[1]}", USER, "x"))
        for each in waiting:
            each.close()


def test_cancelled_while_looking_up_a_name(monkeypatch):
    token = Token()

    def forever(*_, **__):
        token.cancel()
        time.sleep(2)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", forever)
    started = time.monotonic()

    with pytest.raises(Cancelled):
        check(Login("reg.example", USER, "x"), token)

    assert time.monotonic() - started < 1


def test_cancelled_before_it_begins(server):
    token = Token()
    token.cancel()

    with pytest.raises(Cancelled):
        check(me(server), token)

    assert server.asked == []


def assert_cancelled_in_time(login):
    token = Token()
    Timer(0.3, token.cancel).start()
    started = time.monotonic()

    with pytest.raises(Cancelled):
        check(login, token)

    assert time.monotonic() - started < 1.3
