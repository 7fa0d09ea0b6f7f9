import pytest

from fakes.docker_api import DockerApi
from layerhold.engine.docker.engine import connect


@pytest.fixture
def api(tmp_path):
    api = DockerApi(tmp_path / "api.sock")
    yield api
    api.close()


@pytest.fixture
def engine(api):
    engine = connect(api.endpoint)
    yield engine
    engine.close()


@pytest.fixture
def podman(api):
    """The same API, spoken by Podman."""
    api.be("p43")
    engine = connect(api.endpoint)
    yield engine
    engine.close()
