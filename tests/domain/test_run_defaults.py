import json

import pytest

from layerhold.domain.run_defaults import RunDefaults, run_defaults


def test_everything_that_an_image_says_of_its_containers():
    config = {
        "Cmd": ["nginx", "-g", "daemon off;"],
        "Entrypoint": ["/docker-entrypoint.sh"],
        "Env": ["PATH=/usr/bin:/bin", "EMPTY=", "ODD", "A=b=c"],
        "ExposedPorts": {"8080/tcp": {}, "53/udp": {}, "443/tcp": {}},
        "Volumes": {"/var/log": {}, "/data": {}},
        "User": "101",
        "WorkingDir": "/srv",
        "StopSignal": "SIGQUIT",
        "Labels": {"unheard": "of"},
    }

    assert run_defaults(json.dumps({"Id": "x", "Config": config}).encode()) == RunDefaults(
        command=("nginx", "-g", "daemon off;"),
        entrypoint=("/docker-entrypoint.sh",),
        environment=(("PATH", "/usr/bin:/bin"), ("EMPTY", ""), ("ODD", ""), ("A", "b=c")),
        ports=("53/udp", "443/tcp", "8080/tcp"),
        volumes=("/data", "/var/log"),
        user="101",
        working_folder="/srv",
        stop_signal="SIGQUIT",
    )


@pytest.mark.parametrize(
    "said",
    [
        "{}",
        '{"Config": null}',
        '{"Config": {"Cmd": null, "Env": null, "ExposedPorts": null, "User": null}}',
        '{"Config": {"Cmd": "not a list"}}',
        "null",
        "no JSON",
        "",
    ],
)
def test_what_is_left_out_is_no_default(said):
    assert run_defaults(said.encode()) == RunDefaults()
