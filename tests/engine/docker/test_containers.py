import pytest

from layerhold.domain.errors import ContainerNotFound, EngineRefused


def test_stopped_containers_are_listed_too(api, engine):
    api.answer("GET", "/containers/json", [{"Id": "c1", "Names": ["/web"], "State": "exited"}])

    (container,) = engine.list_containers()

    assert container.name == "web"
    assert api.asked[-1] == "GET /v1.41/containers/json?all=1"


@pytest.mark.parametrize("status", [204, 304])
def test_stopping_what_has_stopped_is_no_failure(api, engine, status):
    api.answer("POST", "/containers/c1/stop", "", status)

    assert engine.stop_container("c1") is None


@pytest.mark.parametrize("paused", [True, False])
def test_podman_wakes_a_paused_container_to_stop_it(api, podman, paused):
    api.answer("GET", "/containers/c1/json", {"State": {"Paused": paused}})
    api.answer("POST", "/containers/c1/unpause", "", 204)
    api.answer("POST", "/containers/c1/stop", "", 204)

    podman.stop_container("c1")

    asked = [request.rpartition("/")[2] for request in api.asked if "/c1/" in request]
    assert asked == ["json", *(["unpause"] if paused else []), "stop"]


def test_removal_keeps_volumes_and_kills_nothing(api, engine):
    api.answer("DELETE", "/containers/c1", "", 204)

    engine.remove_container("c1")

    assert api.asked[-1] == "DELETE /v1.41/containers/c1?v=false&force=false&link=false"


def test_a_running_container_is_not_removed(api, engine):
    words = "You cannot remove a running container c1. Stop the container before attempting removal"
    api.answer("DELETE", "/containers/c1", {"message": words}, 409)

    with pytest.raises(EngineRefused) as caught:
        engine.remove_container("c1")

    assert (caught.value.subject, caught.value.detail, caught.value.status) == ("c1", words, 409)


def test_a_container_that_is_gone(api, engine):
    api.answer("POST", "/containers/c1/stop", {"message": "No such container: c1"}, 404)

    with pytest.raises(ContainerNotFound):
        engine.stop_container("c1")
