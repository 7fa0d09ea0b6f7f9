"""What holds for every test: no user files, no strange engines, no unseen warning."""

import logging
import os
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import hypothesis
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

HOME_FOLDERS = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
ENGINE_VARIABLES = (
    "DOCKER_HOST",
    "DOCKER_CONTEXT",
    "DOCKER_CONFIG",
    "DOCKER_TLS_VERIFY",
    "DOCKER_CERT_PATH",
    "DOCKER_API_VERSION",
    "CONTAINER_HOST",
)
SECONDS_TO_END = 2.0
PATIENCE_MS = 20_000

hypothesis.settings.register_profile("layerhold", deadline=None)
hypothesis.settings.load_profile("layerhold")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long forms out unless they are asked for by `-m thorough`."""
    if "thorough" in config.option.markexpr:
        return
    long_forms = [item for item in items if item.get_closest_marker("thorough")]
    if long_forms:
        config.hook.pytest_deselected(items=long_forms)
        items[:] = [item for item in items if item not in set(long_forms)]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(call: pytest.CallInfo[None]) -> Iterator[None]:
    """Count what was skipped as failed where everything has to run."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, which CI=true does not allow: {call.excinfo.value}"
    return report


@pytest.fixture(scope="session", autouse=True)
def _no_engine_from_outside() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ENGINE_VARIABLES:
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home of the test's own, for settings, caches and contexts."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    for name in HOME_FOLDERS:
        monkeypatch.setenv(name, str(folder / name.removeprefix("XDG_").lower()))
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    _keep_settings_in(folder / "settings")
    return folder


def _keep_settings_in(folder: Path) -> None:
    # Qt reads the folder of its settings once, so that the environment alone is not enough.
    from PySide6.QtCore import QSettings

    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, str(folder))


@pytest.fixture
def qtbot(qtbot):
    """Waits longer than by itself, since three tests run at a time."""
    for wait in ("waitUntil", "waitSignal", "waitSignals"):
        setattr(qtbot, wait, partial(getattr(qtbot, wait), timeout=PATIENCE_MS))
    return qtbot


@pytest.fixture
def open_window(qtbot, qapp):
    """Starts the program on the engine at a URL, and ends it after the test."""
    from fakes.windows import opening

    yield from opening(qtbot, qapp)


@pytest.fixture(autouse=True)
def _no_unexpected_warning(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A test that expects a warning looks at `caplog` and then clears it."""
    yield
    told = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    if told:
        said = "\n".join(f"{record.name}: {record.getMessage()}" for record in told)
        pytest.fail(f"Unexpected warnings in the log:\n{said}")


@pytest.fixture(autouse=True)
def _no_thread_left_behind() -> Iterator[None]:
    """A thread that is not a daemon would keep the program from ending."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        if not thread.daemon:
            thread.join(SECONDS_TO_END)
            assert not thread.is_alive(), f"{thread.name} is still running"
