import pytest

from layerhold.domain.errors import EngineUnreachable, Unreachability
from layerhold.engine.addresses import normalized, same_place, without_password


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("unix:///var/run/docker.sock", "unix:///var/run/docker.sock"),
        ("/var/run/docker.sock", "unix:///var/run/docker.sock"),
        (" tcp://10.0.0.1:2375/ ", "tcp://10.0.0.1:2375"),
        ("tcp://Build.Example", "tcp://build.example:2375"),
        ("10.0.0.1:4000", "tcp://10.0.0.1:4000"),
        ("http://box:80", "tcp://box:80"),
        ("tcp://[::1]:5", "tcp://[::1]:5"),
    ],
)
def test_addresses_have_one_spelling(written, meant):
    assert normalized(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        *("", "tcp://", "tcp://:2375", "tcp://a:99999", "tcp://a:b", "tcp://[::1", "foo://x"),
        *("unix://relative", "unix://", "tcp://a/b", "tcp://me:secret@a:1", "unix:///a\0b"),
        *("tcp://a\0b", "xxxxxxxxxx://", "fd://", "npipe:////./pipe/docker"),
    ],
)
def test_what_is_no_address_is_refused(written):
    with pytest.raises(EngineUnreachable) as caught:
        normalized(written)

    assert caught.value.why is Unreachability.BAD_ADDRESS
    assert "secret" not in str(caught.value.subject)


@pytest.mark.parametrize("written", ["ssh://host", "https://host:2376"])
def test_what_comes_later_is_told_apart_from_nonsense(written):
    with pytest.raises(EngineUnreachable) as caught:
        normalized(written)

    assert caught.value.why is Unreachability.UNSUPPORTED_TRANSPORT


def test_a_password_is_not_shown():
    assert without_password("ssh://me:secret@host:22/run/x") == "ssh://me@host:22/run/x"
    assert without_password("tcp://host:1") == "tcp://host:1"


def test_links_lead_to_the_same_place(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "socket")

    assert same_place(f"unix://{tmp_path}/link") == same_place(f"unix://{tmp_path}/socket")
    assert same_place("tcp://localhost:1") == same_place("tcp://127.0.0.1:1")
