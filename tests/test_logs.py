import logging
import sys
import threading

import pytest

from layerhold import logs


@pytest.fixture
def begun(monkeypatch):
    """A log in a home of the test's own; nothing of it stays."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    root = logging.getLogger()
    before = list(root.handlers)

    def begin(**environ: str) -> None:
        logs.begin(environ)

    yield begin
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    logs.log.setLevel(logging.NOTSET)


def written() -> str:
    return logs.file().read_text(encoding="utf-8")


def test_what_happens_is_written(begun):
    begun()
    logging.getLogger("layerhold.engine").info("Connected")
    logging.getLogger("layerhold.engine").debug("Too much")

    assert "INFO MainThread layerhold.engine: Connected" in written()
    assert "Too much" not in written()


def test_the_environment_sets_the_level_and_asks_for_stderr(begun, capsys):
    begun(LAYERHOLD_LOG="debug")
    logging.getLogger("layerhold").debug("Much")

    assert "Much" in written()
    assert "Much" in capsys.readouterr().err


def test_a_level_that_is_none_is_ignored(begun):
    begun(LAYERHOLD_LOG="loud")

    assert logs.log.level == logging.INFO


def test_an_uncaught_exception_is_written_and_not_shown(begun, capsys, caplog):
    begun()
    sys.excepthook(RuntimeError, RuntimeError("a surprise"), None)
    caplog.clear()

    assert "RuntimeError: a surprise" in written()
    assert capsys.readouterr().err == ""


def test_an_uncaught_exception_of_a_thread_is_written(begun, caplog):
    begun()

    def fail():
        raise RuntimeError("a surprise elsewhere")

    thread = threading.Thread(target=fail, name="elsewhere")
    thread.start()
    thread.join()
    caplog.clear()

    assert "elsewhere layerhold: An error that nobody expected" in written()
    assert "RuntimeError: a surprise elsewhere" in written()


@pytest.mark.parametrize(
    "line",
    [
        "pull from https://me:s3cret@registry.example/v2/",
        '{"auths": {"x": {"auth": "s3cret"}}}',
        "{'password': 's3cret', 'username': 'me'}",
        "X-Registry-Auth: s3cret",
        "identitytoken=s3cret",
    ],
)
def test_secrets_are_not_written(begun, line):
    begun()
    logging.getLogger("layerhold").info("%s", line)

    assert "s3cret" not in written()
    assert "***" in written()


def test_a_home_that_cannot_be_written_does_not_stop_the_program(begun, home, monkeypatch):
    (home / "file").touch()
    monkeypatch.setattr(logs, "user_log_path", lambda _name: home / "file" / "logs")

    begun()
    logging.getLogger("layerhold").info("Still here")
