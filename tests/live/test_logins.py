"""Logins, as the docker command and Layerhold find each other's."""

import json
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from fakes.credential_helpers import Shelf
from layerhold.domain.cancel import Token
from layerhold.domain.login import Login
from layerhold.domain.references import parse
from layerhold.domain.registry_errors import (
    LoginNeeded,
    LoginRefused,
    RegistryFault,
    RegistryUnreachable,
    RemoteNotFound,
)
from layerhold.domain.transfers import PullWish
from layerhold.engine.about import Endpoint
from layerhold.engine.docker.engine import connect
from layerhold.registry.checking import check, check_with
from layerhold.registry.credentials import Credentials
from layerhold.registry.manifests import look
from layerhold.registry.places import Keeper
from layerhold.registry.tags import tags
from layerhold.registry.trust import Trust
from live import docker_registry, strange_registries
from live.desktop import in_session
from live.docker_registry import PASSWORD, USER, DockerRegistry
from live.family import BASE, LONER
from needs import need

pytestmark = pytest.mark.live


class Cli:
    """The docker command with a configuration of the test's own."""

    def __init__(self, url: str, folder: Path, shelf: Shelf) -> None:
        self.folder = folder / "docker"
        self.folder.mkdir()
        self.shelf = shelf
        self._command = [need("/usr/bin/docker", "docker"), "--host", url]
        self._environ = shelf.environ | {"DOCKER_CONFIG": str(self.folder)}
        self.credentials = Credentials(self.folder, self._environ, folder / "ours" / "logins.json")

    def configure(self, **config: object) -> None:
        (self.folder / "config.json").write_text(json.dumps(config))

    @property
    def config(self) -> dict[str, object]:
        return json.loads((self.folder / "config.json").read_text())

    def login(self, host: str, secret: str = PASSWORD) -> None:
        self("login", "--username", USER, "--password-stdin", host, stdin=secret)

    def can_pull(self, reference: str) -> bool:
        return not self.run("pull", "--quiet", reference).returncode

    def __call__(self, *args: str, stdin: str = "") -> None:
        ended = self.run(*args, stdin=stdin)
        assert not ended.returncode, ended.stderr

    def run(self, *args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self._command, *args],
            input=stdin,
            capture_output=True,
            text=True,
            env=self._environ,
            check=False,
        )


@pytest.fixture
def shelf(tmp_path):
    folder = tmp_path / "bin"
    folder.mkdir()
    return Shelf(folder)


@pytest.fixture
def cli(dockerd, tmp_path, shelf):
    return Cli(dockerd.url, tmp_path, shelf)


@pytest.fixture
def image(guarded: DockerRegistry):
    guarded.add("private/app:1", LONER)
    return guarded.reference("private/app:1")


@pytest.fixture
def me(guarded):
    return Login(guarded.host, USER, PASSWORD)


@pytest.fixture(params=["plain", "store", "helper", "left out"])
def configured(request, cli, guarded):
    """Each way to tell where logins are kept, and who then keeps them."""
    cli.shelf.install("tests")
    cli.configure(
        **{
            # Without any, the command takes the helper that it finds installed.
            "plain": {"auths": {"other.example": {}}},
            "store": {"credsStore": "tests"},
            "helper": {"credsStore": "nosuch", "credHelpers": {guarded.host: "tests"}},
            "left out": {"credsStore": "tests", "credHelpers": {guarded.host: ""}},
        }[request.param]
    )
    in_file = request.param in {"plain", "left out"}
    return Keeper.CONFIG if in_file else Keeper.HELPER


def test_what_the_command_keeps_we_find_and_forget(cli, guarded, image, me, configured):
    cli.login(guarded.host)

    found = cli.credentials.find(guarded.host)
    assert (found.login, found.place.keeper, found.problems) == (me, configured, ())
    (known,) = [it for it in cli.credentials.logins().logins if it.registry == guarded.host]
    assert (known.user, known.place) == (USER, found.place)
    assert cli.can_pull(image)

    assert found.place in forget(cli, guarded.host)
    assert not cli.can_pull(image)


def test_what_we_keep_the_command_finds_and_forgets(cli, guarded, image, me, configured):
    assert not cli.can_pull(image)

    place = cli.credentials.places(guarded.host)[0]
    assert place.keeper is configured
    cli.credentials.store(check(me), place)

    assert cli.can_pull(image)
    cli("logout", guarded.host)
    assert cli.credentials.find(guarded.host).login is None


def test_a_new_password_from_either_side_counts(cli, guarded, image, me, configured):
    place = cli.credentials.places(guarded.host)[0]
    cli.credentials.store(Login(guarded.host, "me", "wrong"), place)
    assert not cli.can_pull(image)

    cli.login(guarded.host)
    assert cli.credentials.find(guarded.host).login == me
    cli.credentials.store(Login(guarded.host, "me", "wrong"), place)
    assert not cli.can_pull(image)

    cli.credentials.store(me, place)
    assert cli.can_pull(image)
    assert place.keeper is configured


def test_we_write_the_file_as_the_command_does(cli, guarded, me):
    cli.configure(auths={"other.example": {}}, HttpHeaders={"X": "1"}, psFormat="{{.ID}}")
    cli.login(guarded.host)
    theirs = cli.config

    forget(cli, guarded.host)
    cli.credentials.store(me, cli.credentials.places(guarded.host)[0])

    assert cli.config == theirs


def test_a_broken_helper_stops_no_anonymous_pull(cli, registry):
    registry.add("open/app:1", LONER)
    cli.configure(credsStore="nosuch")

    assert cli.credentials.find(registry.host).login is None
    assert cli.can_pull(registry.reference("open/app:1"))
    assert look(parse(registry.reference("open/app:1"))).platforms == ("linux/amd64",)


def forget(cli: Cli, registry: str):
    try:
        return cli.credentials.forget(registry)
    finally:
        assert cli.credentials.find(registry).login is None


def test_logins_are_checked_by_the_registry_itself(guarded, registry, me):
    assert check(me) == me
    assert check(Login(registry.host, "any", "thing"))
    with pytest.raises(LoginRefused):
        check(Login(guarded.host, USER, "wrong"))


def test_a_registry_with_a_certificate_of_its_own():
    with docker_registry.running(password=True, tls=True) as tls:
        login = Login(tls.host, USER, PASSWORD)
        with pytest.raises(RegistryUnreachable) as unreachable:
            check(login)
        assert unreachable.value.why is RegistryFault.CERTIFICATE

        assert check(login, trust=Trust(tls.folder / "certificate.pem")) == login
        assert check(login, trust=Trust(unverified=True)) == login
        with pytest.raises(LoginRefused):
            check(Login(tls.host, USER, "wrong"), trust=Trust(unverified=True))


def test_plain_http_at_another_address_has_to_be_excepted():
    with docker_registry.running(host=docker_registry.own_address()) as plain:
        login = Login(plain.host, USER, PASSWORD)
        with pytest.raises(RegistryUnreachable) as unreachable:
            check(login)
        assert unreachable.value.why is RegistryFault.PLAIN_HTTP
        assert check(login, trust=Trust(plain=True)) == login


def test_what_a_registry_has(guarded, me):
    digest = guarded.add("several/app:1", BASE, LONER)
    guarded.add("several/app:2", LONER)
    guarded.add("several/app:3", LONER)
    named = parse(guarded.reference("several/app:1"))

    image = look(named, me)

    assert (image.digest, image.platforms) == (digest, ("linux/amd64",))
    assert look(parse(guarded.reference(f"several/app@{digest}")), me).digest == digest
    assert sorted(tags(named, me)) == ["1", "2", "3"]
    with pytest.raises(LoginNeeded):
        look(named)
    with pytest.raises(RemoteNotFound):
        look(parse(guarded.reference("several/app:4")), me)


KEEP = """
import sys, os
from pathlib import Path
from layerhold.domain.cancel import Token
from layerhold.domain.login import Login
from layerhold.registry.credentials import Credentials
home, registry, user, secret = sys.argv[1:]
known = Credentials(Path(home), os.environ, Path(home, "logins.json"))
config, keyring = known.places(registry)
print(keyring.name, keyring.problem)
known.store(Login(registry, user, secret), keyring)
print(known.find(registry).login.secret == secret)
"""
FIND = """
import sys, os
from pathlib import Path
from layerhold.registry.credentials import Credentials
home, registry = sys.argv[1:]
known = Credentials(Path(home), os.environ, Path(home, "logins.json"))
found = known.find(registry)
print(found.login.user if found.login else None, [type(it).__name__ for it in found.problems])
print([(it.registry, it.user, it.place.name) for it in known.logins().logins])
if found.login:
    print([place.name for place in known.forget(registry)], known.find(registry).login)
"""


def test_the_keyring_of_a_desktop(tmp_path):
    home, registry = str(tmp_path), "reg.example:5000"

    kept = in_session(tmp_path, KEEP, home, registry, USER, PASSWORD)
    found = in_session(tmp_path, FIND, home, registry)

    assert kept.splitlines() == ["SecretService Keyring None", "True"]
    assert found.splitlines() == [
        f"{USER} []",
        f"[('{registry}', '{USER}', 'SecretService Keyring')]",
        "['SecretService Keyring'] None",
    ]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not any(PASSWORD.encode() in path.read_bytes() for path in files)


def test_a_desktop_whose_keyring_is_locked(tmp_path):
    home, registry = str(tmp_path), "reg.example"
    in_session(tmp_path, KEEP, home, registry, USER, PASSWORD)

    found = in_session(tmp_path, FIND, home, registry, unlocked=False)

    assert found.splitlines() == [
        "None ['KeyringLocked']",
        f"[('{registry}', '{USER}', 'SecretService Keyring')]",
    ]


WITH_A_HELPER = """
import subprocess, sys, os
from pathlib import Path
from layerhold.domain.cancel import Token
from layerhold.domain.login import Login
from layerhold.registry.credentials import Credentials
docker, url, image, registry, user, secret = sys.argv[1:]
home = Path(os.environ["HOME"])
os.environ["DOCKER_CONFIG"] = str(home)
known = Credentials(home, os.environ, home / "logins.json")
def cli(*args, said=""):
    command = [docker, "--host", url, *args]
    return subprocess.run(command, input=said, capture_output=True, text=True).returncode == 0
print(cli("login", "--username", user, "--password-stdin", registry, said=secret))
found = known.find(registry)
print(found.login == Login(registry, user, secret), found.place.name)
print([place.name for place in known.forget(registry)], cli("pull", image))
known.store(Login(registry, user, secret), *known.places(registry))
print(cli("pull", image), [(it.user, it.place.name) for it in known.logins().logins])
print(cli("logout", registry), known.find(registry))
"""


def test_the_helper_for_the_keyring_of_a_desktop(dockerd, guarded, image, tmp_path):
    need("docker-credential-secretservice")
    docker = str(need("/usr/bin/docker", "docker"))

    # Nothing is configured: the command itself takes the helper that is there.
    told = in_session(
        tmp_path, WITH_A_HELPER, docker, dockerd.url, image, guarded.host, USER, PASSWORD
    )

    assert told.splitlines() == [
        "True",
        "True secretservice",
        "['secretservice'] False",
        f"True [('{USER}', 'secretservice')]",
        "True Found(login=None, place=None, problems=())",
    ]
    assert PASSWORD not in (tmp_path / "config.json").read_text()


def test_docker_takes_a_page_for_a_registry_and_we_do_not(dockerd):
    engine = connect(Endpoint("live", dockerd.url, "--host"))
    with closing(engine), strange_registries.serving(strange_registries.a_home_page) as host:
        me = Login(host, USER, PASSWORD)
        assert engine.check_login(me, Token()) == me
        with pytest.raises(RegistryUnreachable) as unreachable:
            check_with(engine.check_login, me, Token())

    assert unreachable.value.why is RegistryFault.NOT_A_REGISTRY


def test_a_host_in_capitals_has_the_login_of_the_host(cli, dockerd):
    engine = connect(Endpoint("live", dockerd.url, "--host"))
    with closing(engine), docker_registry.running(password=True, host="localhost") as registry:
        registry.add("team/app:1", LONER)
        me = Login(registry.host, USER, PASSWORD)
        cli.credentials.store(me, cli.credentials.places(registry.host)[0])
        shouted = f"{registry.host.upper()}/team/app:1"

        login = cli.credentials.find(parse(shouted).registry).login
        pulled = engine.pull(PullWish(shouted), login, lambda _: None, Token())

    assert [image.reference for image in pulled.images] == [shouted]
