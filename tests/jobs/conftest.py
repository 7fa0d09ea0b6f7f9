from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from fakes.small_engine import SmallEngine
from layerhold.engine.about import Endpoint
from layerhold.jobs.runner import JobRunner


@pytest.fixture
def folder():
    # A socket's path may have a hundred letters only, which pytest's own folders often use up.
    with TemporaryDirectory(prefix="lh") as name:
        yield Path(name)


@pytest.fixture
def small_engine(folder):
    engine = SmallEngine(folder / "engine.sock")
    engine.start()
    yield engine
    engine.stop()


@pytest.fixture
def endpoint(small_engine):
    return Endpoint("small", small_engine.url, "--host")


@pytest.fixture
def runner(qtbot):
    runner = JobRunner()
    yield runner
    runner.cancel_all()
    qtbot.waitUntil(lambda: not runner.running, timeout=3000)
