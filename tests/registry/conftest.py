import json
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail

from fakes.certificates import make
from fakes.credential_helpers import Shelf
from fakes.keyrings import MemoryKeyring
from fakes.registry_server import Certificates, Server, serving
from layerhold.registry import persistence
from layerhold.registry.credentials import Credentials
from live import docker_registry
from live.docker_registry import DockerRegistry

PROXY_VARIABLES = (
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"),
    *("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"),
)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """A PATH for credential helpers."""
    folder = tmp_path / "bin"
    folder.mkdir()
    return Shelf(folder)


class Docker:
    """Docker's configuration, and what we make of it."""

    def __init__(self, folder: Path, shelf: Shelf) -> None:
        self.file = folder / "docker" / "config.json"
        self.file.parent.mkdir()
        self.credentials = Credentials(self.file.parent, shelf.environ, folder / "ours/logins.json")

    def write(self, **config: object) -> None:
        self.file.write_text(json.dumps(config, indent="\t"))

    @property
    def config(self) -> dict[str, object]:
        return json.loads(self.file.read_text())


@pytest.fixture
def docker(tmp_path: Path, shelf: Shelf) -> Docker:
    return Docker(tmp_path, shelf)


@pytest.fixture(autouse=True)
def _no_desktop(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No keyring but one that a test brings along."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def desktop_keyring() -> MemoryKeyring:
    """A keyring as a desktop has it."""
    desktop = MemoryKeyring()
    keyring.set_keyring(desktop)
    return desktop


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """For servers with TLS."""
    return make(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def server() -> Iterator[Server]:
    """A registry on this machine, over plain HTTP."""
    with serving() as server:
        yield server


@pytest.fixture
def tls_server(certificates: Certificates) -> Iterator[Server]:
    """A registry with a certificate of an authority of the tests."""
    with serving(certificates) as server:
        yield server


@pytest.fixture(scope="session")
def real_registry() -> Iterator[DockerRegistry]:
    """Docker's own, that lets everybody in."""
    with docker_registry.running() as registry:
        yield registry


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again almost at once."""
    monkeypatch.setattr(persistence, "FIRST_SECONDS", 0.001)


@pytest.fixture(autouse=True)
def _no_proxy_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXY_VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
