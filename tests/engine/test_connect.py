import json
import socket
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from layerhold.domain.cancel import Token
from layerhold.domain.errors import (
    EngineUnreachable,
    UnknownContext,
    Unreachability,
    UnusableContext,
)
from layerhold.engine.about import Kind
from layerhold.engine.connect import Choice, endpoints, first, look, reach


@pytest.fixture
def machine():
    # A socket's path may have a hundred letters only, which pytest's own folders often use up.
    with TemporaryDirectory(prefix="lh") as folder:
        yield Machine(Path(folder).resolve())


class Machine:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.home = root / "home"
        self.environ = {"XDG_RUNTIME_DIR": str(root / "xdg")}
        self.home.mkdir(parents=True)

    def listen(self, path: Path) -> str:
        path.parent.mkdir(parents=True, exist_ok=True)
        server = socket.socket(socket.AF_UNIX)
        server.bind(str(path))
        server.close()
        return f"unix://{path}"

    def context(self, name: str, host: str, **docker: object) -> Path:
        folder = self.home / ".docker/contexts/meta" / sha256(name.encode()).hexdigest()
        folder.mkdir(parents=True)
        meta = {"Name": name, "Metadata": {}, "Endpoints": {"docker": {"Host": host, **docker}}}
        (folder / "meta.json").write_text(json.dumps(meta))
        return folder

    def configure(self, **config: object) -> None:
        (self.home / ".docker").mkdir(exist_ok=True)
        (self.home / ".docker/config.json").write_text(json.dumps(config))

    def look(self, host: str = "", context: str = ""):
        """Without the store, which is there whatever else is."""
        found = look(Choice(host, context), self.environ, self.home, self.root)
        engines = tuple(it for it in found.endpoints if it != found.store)
        return replace(found, endpoints=engines, store=None)

    def urls(self, host: str = "", context: str = "") -> list[str]:
        return [endpoint.url for endpoint in self.look(host, context).endpoints]


def test_a_bare_machine_has_no_engine_and_tells_where_it_was_looked_for(machine):
    found = machine.look()

    assert found.endpoints == ()
    assert first(Choice(), machine.environ, machine.home, machine.root) is None
    assert {"Docker", "Docker (rootless)", "Docker Desktop", "Colima", "Rancher Desktop"} <= {
        place.name for place in found.absent
    }
    assert {"Podman (system)", "Podman (user)"} <= {place.name for place in found.absent}


def test_every_known_socket_is_found_dockers_own_first(machine):
    paths = [
        machine.root / "var/run/docker.sock",
        machine.root / "xdg/docker.sock",
        machine.home / ".docker/desktop/docker.sock",
        machine.home / ".docker/run/docker.sock",
        machine.home / ".colima/default/docker.sock",
        machine.home / ".colima/work/docker.sock",
        machine.home / ".rd/docker.sock",
        machine.root / "run/podman/podman.sock",
        machine.root / "xdg/podman/podman.sock",
        machine.home / ".local/share/containers/podman/machine/podman.sock",
    ]
    for path in paths:
        machine.listen(path)

    assert [f"unix://{path}" for path in paths] == machine.urls()


def test_the_order_is_options_then_environment_then_contexts_then_sockets(machine):
    standard = machine.listen(machine.root / "var/run/docker.sock")
    machine.context("alpha", "tcp://alpha:1")
    machine.context("beta", "tcp://beta:2")
    machine.configure(currentContext="beta")
    machine.environ |= {"DOCKER_HOST": "tcp://host:3", "DOCKER_CONTEXT": "alpha"}

    rest = ["tcp://beta:2", "tcp://alpha:1", standard]
    assert machine.urls(host="tcp://option:4") == ["tcp://option:4", *rest]
    assert machine.urls(context="alpha") == ["tcp://alpha:1", "tcp://beta:2", standard]
    assert machine.urls() == ["tcp://host:3", *rest]
    del machine.environ["DOCKER_HOST"]
    assert machine.urls() == ["tcp://alpha:1", "tcp://beta:2", standard]
    del machine.environ["DOCKER_CONTEXT"]
    assert machine.urls() == rest


def test_an_engine_is_listed_once_under_the_name_it_was_asked_for_by(machine):
    standard = machine.listen(machine.root / "var/run/docker.sock")
    link = machine.home / ".docker/run/docker.sock"
    link.parent.mkdir(parents=True)
    link.symlink_to((machine.root / "var/run/docker.sock").resolve())
    machine.context("desktop-linux", f"unix://{link}")

    found = machine.look(host=f"unix://{link}")

    assert [endpoint.source for endpoint in found.endpoints] == ["--host"]
    assert [endpoint.name for endpoint in machine.look().endpoints] == ["desktop-linux"]
    assert machine.urls(context="default") == [standard]


def test_nothing_replaces_the_engine_that_was_asked_for(machine):
    machine.listen(machine.root / "var/run/docker.sock")
    machine.environ["DOCKER_HOST"] = "tcp://other:1"

    found = machine.look()

    assert [endpoint.url for endpoint in found.to_try] == ["tcp://other:1"]
    assert len(found.endpoints) == 2


@pytest.mark.parametrize("source", ["--host", "--context", "DOCKER_HOST", "DOCKER_CONTEXT"])
def test_ssh_is_refused_by_name_and_nothing_else_is_tried(machine, source):
    machine.listen(machine.root / "var/run/docker.sock")
    machine.context("far", "ssh://me@far")
    values = {"--host": "ssh://me@far", "DOCKER_HOST": "ssh://me@far"}
    if source.startswith("--"):
        found = machine.look(**{source[2:]: values.get(source, "far")})
    else:
        machine.environ[source] = values.get(source, "far")
        found = machine.look()

    assert isinstance(found.refusal, EngineUnreachable)
    assert found.refusal.why is Unreachability.UNSUPPORTED_TRANSPORT
    assert found.refusal.subject == "ssh://me@far"
    assert found.to_try == ()
    assert len(found.endpoints) == 1


def test_tls_material_or_a_wish_for_tls_is_not_ignored(machine):
    folder = machine.context("secure", "tcp://secure:2376")
    keys = machine.home / ".docker/contexts/tls" / folder.name / "docker"
    keys.mkdir(parents=True)
    machine.context("unverified", "tcp://unverified:2376", SkipTLSVerify=True)
    machine.context("web", "https://web:2376")
    machine.context("local", "unix:///run/some.sock", SkipTLSVerify=True)

    found = machine.look()

    assert [endpoint.name for endpoint in found.endpoints] == ["local"]
    assert {endpoint.name for endpoint, _why in found.unusable} == {"secure", "unverified", "web"}

    machine.environ |= {"DOCKER_HOST": "tcp://secure:2376", "DOCKER_TLS_VERIFY": "1"}
    assert machine.look().refusal.why is Unreachability.UNSUPPORTED_TRANSPORT


def test_an_unknown_context_is_an_error_that_lists_the_known_ones(machine):
    machine.listen(machine.root / "var/run/docker.sock")
    machine.context("alpha", "tcp://alpha:1")

    found = machine.look(context="alhpa")

    assert isinstance(found.refusal, UnknownContext)
    assert found.refusal.name == "alhpa"
    assert found.refusal.known == ("default", "alpha")
    assert found.to_try == ()


def test_a_current_context_that_is_gone_is_told_and_others_are_tried(machine):
    standard = machine.listen(machine.root / "var/run/docker.sock")
    machine.configure(currentContext="gone")

    found = machine.look()

    assert found.to_try[0].url == standard
    assert isinstance(found.unusable[0][1], UnknownContext)


def test_the_default_context_means_docker_host_where_that_is_set(machine):
    machine.environ["DOCKER_HOST"] = "tcp://somewhere:1"

    assert machine.look(context="default").to_try[0].url == "tcp://somewhere:1"


def test_docker_config_names_the_folder(machine):
    machine.context("alpha", "tcp://alpha:1")
    (machine.home / ".docker").rename(machine.home / "elsewhere")
    machine.environ["DOCKER_CONFIG"] = str(machine.home / "elsewhere")

    assert machine.urls() == ["tcp://alpha:1"]


@pytest.mark.parametrize(
    "content",
    [b"{", b"\xff\xfe\x00", b"[]", b'{"Name": 3}', b'{"Name": "x", "Endpoints": []}', b"[" * 9999],
)
def test_a_broken_context_is_reported_and_hides_no_other(machine, content):
    machine.context("good", "tcp://good:1")
    broken = machine.context("broken", "tcp://broken:1")
    (broken / "meta.json").write_bytes(content)

    found = machine.look()

    assert [endpoint.name for endpoint in found.endpoints] == ["good"]
    assert [problem.path for problem in found.problems] == [str(broken / "meta.json")]


@pytest.mark.parametrize("content", [b"{", b"\xff", b"null", b'"x"'])
def test_a_broken_configuration_is_reported_and_hides_no_engine(machine, content):
    machine.context("good", "tcp://good:1")
    (machine.home / ".docker/config.json").write_bytes(content)

    found = machine.look()

    assert [endpoint.name for endpoint in found.endpoints] == ["good"]
    assert found.problems[0].path.endswith("config.json")


def test_folders_in_place_of_files_and_files_in_place_of_folders_are_survived(machine):
    (machine.home / ".docker/config.json").mkdir(parents=True)
    contexts = machine.home / ".docker/contexts/meta"
    contexts.mkdir(parents=True)
    (contexts / "file").write_text("not a folder")
    (contexts / "folder/meta.json").mkdir(parents=True)
    (machine.home / ".colima").write_text("not a folder")

    found = machine.look()

    assert found.endpoints == ()
    assert len(found.problems) == 2


def test_unknown_keys_do_no_harm(machine):
    machine.configure(currentContext=["what"], auths=7, proxies={"default": {}})
    machine.context("new", "tcp://new:1", Future={"x": [1]})

    found = machine.look()

    assert [endpoint.name for endpoint in found.endpoints] == ["new"]
    assert found.problems == ()


def test_the_named_ones_are_what_endpoints_and_first_return(machine):
    machine.context("alpha", "tcp://alpha:1")
    place = (machine.environ, machine.home, machine.root)

    assert [endpoint.url for endpoint in endpoints(Choice(), *place)][:-1] == ["tcp://alpha:1"]
    assert first(Choice(context="alpha"), *place).source == "--context"
    assert first(Choice(context="nosuch"), *place) is None
    assert first(Choice(host="ssh://far"), *place) is None


def test_a_current_context_that_is_not_there_is_told_and_the_next_engine_taken(machine):
    machine.configure(currentContext="ghost")
    url = machine.listen(machine.root / "var/run/docker.sock")

    found = machine.look()

    assert found.to_try[0].url == url
    (doubt,) = found.doubts()
    assert isinstance(doubt, UnusableContext)
    assert isinstance(doubt.why, UnknownContext)
    assert machine.look(host=url).doubts() == ()


def test_a_current_context_with_keys_is_told_and_other_ones_are_not(machine):
    machine.context("far", "tcp://far:2376", SkipTLSVerify=True)
    machine.context("other", "ssh://me@other")
    machine.configure(currentContext="far")

    (doubt,) = machine.look().doubts()

    assert doubt.name == "far"
    assert doubt.why.why is Unreachability.UNSUPPORTED_TRANSPORT


def test_a_current_context_that_did_not_answer_is_told(machine):
    machine.context("far", "tcp://far:2375")
    machine.configure(currentContext="far")
    found = machine.look()
    assert found.doubts() == ()

    far, why = found.to_try[0], EngineUnreachable(why=Unreachability.TIMEOUT)
    (doubt,) = found.doubts([(far, why)])
    assert (doubt.name, doubt.why) == ("far", why)


def test_a_broken_file_is_told_where_it_may_be_why_a_context_is_unknown(machine):
    meta = machine.context("work", "tcp://work:2375") / "meta.json"
    meta.write_text("{")

    (problem,) = machine.look().doubts()
    assert problem.path == str(meta)
    (problem,) = machine.look(context="work").doubts()
    assert problem.path == str(meta)
    assert machine.look(host="tcp://a:1").doubts() == ()


def test_the_embedded_store_is_always_there_and_tried_last(machine):
    url = machine.listen(machine.root / "var/run/docker.sock")
    found = look(Choice(), machine.environ, machine.home, machine.root)

    assert [endpoint.url for endpoint in found.endpoints] == [url, found.store.url]
    assert found.to_try[0].url == url
    assert found.to_try[-1] == found.store
    assert set(found.absent) <= set(found.to_try[1:-1])
    assert found.store.url == f"oci://{machine.home}/.local/share/layerhold/store"


def test_the_data_folder_of_the_user_decides_where_the_store_is(machine):
    machine.environ["XDG_DATA_HOME"] = "/srv/data"
    found = look(Choice(), machine.environ, machine.home, machine.root)

    assert found.store.url == "oci:///srv/data/layerhold/store"


def test_a_store_that_is_asked_for_is_the_only_one_tried(machine, monkeypatch):
    machine.listen(machine.root / "var/run/docker.sock")
    monkeypatch.chdir(machine.root)
    choice = Choice(store="images")
    place = (machine.environ, machine.home, machine.root)
    found = look(choice, *place)

    assert [(it.url, it.source) for it in found.to_try] == [
        (f"oci://{machine.root}/images", "--store")
    ]
    assert found.endpoints[-1] == found.store
    assert first(choice, *place) is None


def test_the_own_store_asked_for_by_its_folder_is_listed_once(machine):
    own = look(Choice(), machine.environ, machine.home, machine.root).store
    choice = Choice(store=own.url.removeprefix("oci://"))
    found = look(choice, machine.environ, machine.home, machine.root)

    assert [it.source for it in found.endpoints] == ["--store"]


def test_no_store_takes_the_place_of_an_engine_that_was_asked_for(machine):
    choice = Choice(host="tcp://far:1")
    found = look(choice, machine.environ, machine.home, machine.root)

    assert [it.url for it in found.to_try] == ["tcp://far:1"]


def test_a_store_is_reached_by_its_address(machine):
    store = look(Choice(), machine.environ, machine.home, machine.root).store
    engine = reach(store, Token())

    assert engine.about.kind is Kind.STORE
    assert engine.list_images() == ()
