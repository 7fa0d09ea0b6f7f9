import json

import pytest

from layerhold.domain.container_errors import ContainerFault, ContainerRefused
from layerhold.domain.errors import ContainerNotFound, ImageNotFound
from layerhold.domain.networks import Network
from layerhold.domain.running import Created, Mount, Port, Restart, RunWish


def body(api):
    return json.loads(api.sent[-1])


@pytest.fixture
def create(api, engine):
    api.answer("POST", "/containers/create", {"Id": "c1", "Warnings": None}, 201)
    return engine.create_container


def test_the_least_that_can_be_wished(api, create):
    assert create(RunWish("a:1")) == Created("c1")
    assert api.asked[-1] == "POST /v1.41/containers/create"
    no_restart = {"RestartPolicy": {"Name": "no", "MaximumRetryCount": 0}}
    assert body(api) == {"Image": "a:1", "HostConfig": no_restart}


def test_everything_that_can_be_wished(api, create):
    create(
        RunWish(
            "a:1",
            name="web",
            command=("-c", "id"),
            entrypoint=("sh",),
            environment=(("A", "b c"), ("E", "")),
            ports=(Port(80, "8080"), Port(80, "8081", "127.0.0.1"), Port(53, protocol="udp")),
            mounts=(Mount("/data", "data", ("ro", "z")), Mount("/cache")),
            network="mine",
            restart=Restart.ON_FAILURE,
            retries=3,
            auto_remove=True,
            tty=True,
            interactive=True,
        )
    )

    assert api.asked[-1] == "POST /v1.41/containers/create?name=web"
    assert body(api) == {
        "Image": "a:1",
        "Cmd": ["-c", "id"],
        "Entrypoint": ["sh"],
        "Env": ["A=b c", "E="],
        "ExposedPorts": {"80/tcp": {}, "53/udp": {}},
        "Volumes": {"/cache": {}},
        "Tty": True,
        "OpenStdin": True,
        "HostConfig": {
            "Binds": ["data:/data:ro,z"],
            "PortBindings": {
                "80/tcp": [
                    {"HostIp": "", "HostPort": "8080"},
                    {"HostIp": "127.0.0.1", "HostPort": "8081"},
                ],
                "53/udp": [{"HostIp": "", "HostPort": ""}],
            },
            "NetworkMode": "mine",
            "RestartPolicy": {"Name": "on-failure", "MaximumRetryCount": 3},
            "AutoRemove": True,
        },
    }


def test_no_entrypoint_at_all_is_not_the_image_s_own(api, create):
    create(RunWish("a:1", entrypoint=()))

    assert body(api)["Entrypoint"] == [""]


def test_what_the_engine_warns_of(api, engine):
    words = "Published ports are discarded when using host network mode"
    api.answer("POST", "/containers/create", {"Id": "c1", "Warnings": [words]}, 201)

    assert engine.create_container(RunWish("a:1")).warnings == (words,)


def test_an_image_that_is_not_there(api, engine):
    api.answer("POST", "/containers/create", {"message": "No such image: a:1"}, 404)

    with pytest.raises(ImageNotFound):
        engine.create_container(RunWish("a:1"))


def test_a_refusal_to_create_is_understood(api, engine):
    words = 'Conflict. The container name "/web" is already in use by container "12".'
    api.answer("POST", "/containers/create", {"message": words}, 409)

    with pytest.raises(ContainerRefused) as caught:
        engine.create_container(RunWish("a:1", name="web"))
    refused = caught.value
    assert (refused.subject, refused.fault, refused.part, refused.detail) == (
        "a:1",
        ContainerFault.NAME_TAKEN,
        "web",
        words,
    )


@pytest.mark.parametrize("status", [204, 304])
def test_starting_what_runs_is_no_failure(api, engine, status):
    api.answer("POST", "/containers/c1/start", "", status)

    assert engine.start_container("c1") is None


def test_a_refusal_to_start_is_understood(api, engine):
    api.answer("POST", "/containers/c1/start", {"message": "network mine not found"}, 404)

    with pytest.raises(ContainerRefused) as caught:
        engine.start_container("c1")
    assert (caught.value.fault, caught.value.part) == (ContainerFault.NO_NETWORK, "mine")


def test_starting_what_is_gone(api, engine):
    api.answer("POST", "/containers/c1/start", {"message": "No such container: c1"}, 404)

    with pytest.raises(ContainerNotFound):
        engine.start_container("c1")


def test_networks_by_name(api, engine):
    entries = [
        {"Name": "none", "Driver": "null", "Internal": False},
        {"Name": "bridge", "Driver": "bridge"},
        {"Name": "apart", "Driver": "bridge", "Internal": True},
        {"Name": None},
    ]
    api.answer("GET", "/networks", entries)

    assert engine.networks() == (
        Network("apart", "bridge", internal=True),
        Network("bridge", "bridge"),
        Network("none", "null"),
    )


def test_volumes_without_a_name_go_with_the_container_where_that_is_wished(api, engine):
    api.answer("DELETE", "/containers/c1", "", 204)

    engine.remove_container("c1", volumes=True)

    assert api.asked[-1] == "DELETE /v1.41/containers/c1?v=true&force=false&link=false"
