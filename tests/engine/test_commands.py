"""Which command is offered where no engine answers."""

from pathlib import Path

import pytest

from layerhold.domain.errors import EngineUnreachable, Unreachability
from layerhold.engine import sockets
from layerhold.engine.commands import remedy

NO_SOCKET, NO_PERMISSION = Unreachability.NO_SOCKET, Unreachability.NO_PERMISSION


def test_every_known_place_has_a_command_of_its_own_engine():
    places = sockets.places({"XDG_RUNTIME_DIR": "/run/user/1000"}, Path("/home/me"))
    offered = {place.name: remedy(EngineUnreachable(place.url, why=NO_SOCKET)) for place in places}

    assert offered["Docker"] == "sudo systemctl start docker"
    assert offered["Docker (rootless)"] == "systemctl --user start docker"
    assert offered["Docker Desktop"] == "systemctl --user start docker-desktop"
    assert offered["Colima"] == "colima start"
    assert offered["Rancher Desktop"] == "rdctl start"
    assert offered["Podman (system)"] == "sudo systemctl start podman.socket"
    assert offered["Podman (user)"] == "systemctl --user start podman.socket"


@pytest.mark.parametrize(
    ("url", "why", "command"),
    [
        ("unix:///var/run/docker.sock", NO_PERMISSION, "sudo usermod -aG docker $USER"),
        ("unix:///run/podman/podman.sock", NO_PERMISSION, "systemctl --user start podman.socket"),
        ("unix:///var/run/docker.sock", Unreachability.TIMEOUT, ""),
        ("unix:///somewhere/else.sock", Unreachability.REFUSED, ""),
        ("tcp://far:2375", Unreachability.REFUSED, ""),
        ("nonsense", Unreachability.BAD_ADDRESS, ""),
        ("", NO_SOCKET, ""),
    ],
)
def test_a_command_is_offered_only_where_it_helps(url, why, command):
    assert remedy(EngineUnreachable(url, why=why)) == command
