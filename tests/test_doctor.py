import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from fakes.small_engine import SmallEngine
from layerhold import doctor
from layerhold.command_line import parse
from layerhold.doctor import Patient
from layerhold.domain.errors import EngineGone


@pytest.fixture
def patient():
    # A socket's path may have a hundred letters only, which pytest's own folders often use up.
    with TemporaryDirectory(prefix="lh") as name:
        folder = Path(name).resolve()
        for place in ("home/.docker", "var/run", "bin"):
            (folder / place).mkdir(parents=True)
        environ = {"XDG_RUNTIME_DIR": f"{folder}/run", "PATH": f"{folder}/bin"}
        yield Patient(environ, folder / "home", folder)


@pytest.fixture
def engine(patient):
    engine = SmallEngine(patient.root / "var/run/docker.sock")
    engine.start()
    yield engine
    engine.stop()


def consult(patient: Patient, *arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    code = doctor.run(parse(["doctor", *arguments]), out, patient)
    return code, out.getvalue()


def test_without_an_engine_it_tells_where_it_looked_and_that_there_is_the_store(patient):
    code, report = consult(patient)

    assert code == 0
    assert f"Embedded store, oci://{patient.home}/.local/share/layerhold/store" in report
    assert not (patient.home / ".local").exists()
    assert f"Docker: unix://{patient.root}/var/run/docker.sock" in report
    assert "Podman (user)" in report
    last = report.rstrip().splitlines()[-1]
    assert last.startswith("No engine answers.")
    assert last.endswith("the window would show the embedded store.")


def test_an_engine_that_answers_is_described(patient, engine):
    code, report = consult(patient)

    assert code == 0
    assert f"Docker, {engine.url} (from socket): answers: Docker 20.10.24, API 1.41" in report
    assert "graph driver overlay2" in report
    assert report.rstrip().endswith("The window would show Docker.")


def test_an_engine_that_was_asked_for_and_fails_is_not_made_up_for(patient, engine):
    code, report = consult(patient, "--host", f"unix://{patient.root}/nosuch.sock")

    assert code == 1
    assert f"{engine.url} (from socket): answers" in report
    assert "The engine that --host names cannot be shown" in report.splitlines()[-1]


@pytest.mark.usefixtures("engine")
def test_transports_that_come_later_say_so(patient):
    code, report = consult(patient, "--host", "ssh://me:secret@far")

    assert code == 1
    assert "ssh://me@far" in report
    assert "secret" not in report


def test_an_unknown_context_names_the_known_ones(patient):
    code, report = consult(patient, "--context", "nosuch")

    assert code == 1
    assert "default" in report.splitlines()[-1]


def test_credential_helpers_are_looked_for_and_secrets_are_not_told(patient):
    config = {
        "credsStore": "there",
        "credHelpers": {"registry.example": "missing"},
        "auths": {"hub": {"auth": "c2VjcmV0"}},
    }
    (patient.home / ".docker/config.json").write_text(json.dumps(config))
    helper = patient.root / "bin/docker-credential-there"
    helper.touch(0o755)

    _code, report = consult(patient)

    assert f"docker-credential-there ({helper})" in report
    assert "registry.example: docker-credential-missing (not found in PATH)" in report
    assert "c2VjcmV0" not in report


def test_a_broken_configuration_is_told_and_escaped(patient):
    (patient.home / ".docker/config.json").write_bytes(b"{\x1b[31m")

    _code, report = consult(patient)

    assert "Cannot be used" in report
    assert "\x1b" not in report


def test_qt_and_the_log_are_told(patient):
    patient.environ["QT_QPA_PLATFORM"] = "offscreen"

    _code, report = consult(patient)

    assert "platform offscreen" in report
    assert "layerhold.log" in report


def test_a_platform_that_qt_does_not_have_is_told_without_an_abort(patient):
    patient.environ["QT_QPA_PLATFORM"] = "nosuch"

    _code, report = consult(patient)

    assert "cannot open a window" in report
    assert "nosuch" in report


def test_nobody_is_told_to_start_a_service_for_an_address_elsewhere(patient):
    code, report = consult(patient, "--host", "tcp://127.0.0.1:1")

    assert code == 1
    last = report.splitlines()[-1]
    assert "tcp://127.0.0.1:1" in last
    assert "systemctl" not in last
    assert "Check the host and the port" in last


def test_it_does_not_promise_to_connect_again():
    assert doctor.explain(EngineGone("", "reset")) == "The connection to the engine broke."
