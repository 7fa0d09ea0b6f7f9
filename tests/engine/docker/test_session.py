import pytest

from fakes.docker_api import DockerApi
from layerhold.domain.errors import ImageNotFound, OutcomeUnknown
from layerhold.engine.docker import address, session
from layerhold.engine.docker.engine import connect


def test_one_connection_serves_whatever_is_asked(api, engine):
    for number in range(50):
        api.answer("GET", f"/images/{number}/json", {"Id": str(number)})
    before = api.connections

    for number in range(50):
        engine.image(str(number))

    assert api.connections == before


def test_an_engine_that_was_restarted_is_asked_anew(tmp_path):
    first = DockerApi(tmp_path / "s")
    engine = connect(first.endpoint)
    first.close()
    (tmp_path / "s").unlink()
    second = DockerApi(tmp_path / "s")
    second.answer("GET", "/images/json", [])

    assert engine.list_images() == ()

    engine.close()
    second.close()


def test_nothing_in_the_environment_comes_between(api, monkeypatch, tmp_path):
    config = tmp_path / "config"
    config.mkdir()
    (config / "config.json").write_text('{"auths": {"box": {"auth": "not base64"}}}')
    monkeypatch.setenv("DOCKER_CONFIG", str(config))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere")

    engine = connect(api.endpoint)

    assert engine.about.version == "20.10.24"
    engine.close()


def test_after_time_ran_out_the_outcome_is_unknown(api, monkeypatch):
    monkeypatch.setattr(session, "READ_SECONDS", 0.05)
    engine = connect(api.endpoint)
    api.speak("DELETE", "/images/a", api.wait)

    with pytest.raises(OutcomeUnknown) as caught:
        engine.remove("a")

    assert caught.value.subject == "a"
    engine.close()


def test_a_refusal_in_a_megabyte_of_text_is_cut(api, engine):
    api.answer("GET", "/images/a/json", {"message": "No such image: " + "x" * (1 << 18)}, 404)

    with pytest.raises(ImageNotFound) as caught:
        engine.image("a")

    assert len(caught.value.detail) < 3000


def test_connections_are_kept_and_let_go(api):
    pool = session.Session(address.parse(api.url))
    with pool.client("a") as first, pool.client("b") as second:
        assert first is not second
    with pool.client("c") as again:
        assert again in (first, second)
    with pool.client("d", lasting=True) as lasting:
        assert lasting not in (first, second)
    pool.close()
