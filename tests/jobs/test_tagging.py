"""Finding out who has a tag, over an engine that stands still."""

from threading import Event, Thread

import pytest

from fakes.docker_api import DockerApi
from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled
from layerhold.engine.docker.engine import connect
from layerhold.jobs.tagging import FEW, give_tag, holders

TAGS = [f"a:{number}" for number in range(FEW + 1)]
SECONDS = 1.0


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


@pytest.mark.parametrize(
    ("path", "work"),
    [
        ("/images/a:0/json", lambda engine, token: holders(engine, TAGS[:FEW], token)),
        ("/images/json", lambda engine, token: holders(engine, TAGS, token)),
        ("/images/a:0/json", lambda engine, token: give_tag(engine, "b", "a:0", "", token)),
    ],
    ids=["few", "many", "give"],
)
def test_the_user_need_not_wait_for_an_engine_that_stands_still(api, engine, path, work):
    asked, token, raised = Event(), Token(), []
    api.speak("GET", path, lambda handler: (asked.set(), api.wait(handler)))

    def run():
        with pytest.raises(Cancelled) as caught:
            work(engine, token)
        raised.append(caught.value)

    waiter = Thread(target=run, daemon=True)
    waiter.start()
    assert asked.wait(5)

    token.cancel()

    waiter.join(SECONDS)
    assert raised
