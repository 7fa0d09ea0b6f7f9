"""That whoever only looks at an engine gets by without the SDK."""

import subprocess
import sys

import pytest

from layerhold.domain.errors import EngineGone, NotAnEngine
from layerhold.engine.docker.engine import connect

LOOK = """
import sys
from layerhold.domain.cancel import Token
from layerhold.engine.about import Endpoint
from layerhold.engine.docker.engine import connect

engine = connect(Endpoint("fake", sys.argv[1], "--host"))
engine.list_images(), engine.list_containers(), engine.inspect("a"), engine.steps("a")
engine.disk_usage(), next(engine.events(Token()))
engine.close()
print(*{"docker", "requests", "urllib3"} & sys.modules.keys())
"""


def test_looking_imports_no_sdk(api):
    api.answer("GET", "/images/json", [])
    api.answer("GET", "/containers/json", [])
    api.answer("GET", "/images/a/json", {"Id": "a"})
    api.answer("GET", "/images/a/history", [])
    api.answer("GET", "/system/df", {})
    api.stream("GET", "/events", [b'{"Type": "image", "Action": "tag"}\n'])

    ended = subprocess.run(
        [sys.executable, "-c", LOOK, api.url], capture_output=True, text=True, check=False
    )

    assert (ended.stdout.split(), ended.stderr) == ([], "")


def test_one_connection_serves_questions_and_another_what_changes(api, engine):
    api.answer("GET", "/images/json", [])
    api.answer("POST", "/images/a/tag", status=201)
    before = api.connections

    for _ in range(3):
        engine.list_images()
        engine.tag("a", "b:1")

    assert api.connections == before + 1


def test_after_a_refusal_the_next_question_is_answered(api, engine):
    api.answer("GET", "/images/json", [])
    api.answer("GET", "/images/a/json", "<html>", 302)
    with pytest.raises(NotAnEngine):
        engine.inspect("a")

    assert engine.list_images() == ()


def test_an_answer_that_breaks_off_is_no_answer(api):
    engine = connect(api.endpoint)
    api.stream("GET", "/images/json", [b"[]"], end=False)

    with pytest.raises(EngineGone):
        engine.list_images()
    engine.close()
