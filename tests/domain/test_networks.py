import pytest

from layerhold.domain.networks import Network, publishes

BRIDGE = Network("bridge", "bridge")
HOST, NONE = Network("host", "host"), Network("none", "null")
SECRET = Network("secret", "bridge", internal=True)
MINE = Network("mine", "bridge")
WIRE = Network("wire", "macvlan")
ALL = (BRIDGE, HOST, MINE, NONE, SECRET, WIRE)


@pytest.mark.parametrize(
    ("wanted", "through"),
    [
        ("", True),
        ("default", True),
        ("bridge", True),
        ("mine", True),
        ("host", False),
        ("none", False),
        ("secret", False),
        ("wire", False),
        ("nowhere", False),
        ("container:web", False),
    ],
)
def test_which_networks_let_ports_through(wanted, through):
    assert publishes(ALL, wanted) is through


def test_an_engine_without_a_bridge_publishes_nothing_by_default():
    assert not publishes((HOST, NONE, MINE))
    assert publishes((HOST, NONE, MINE), "mine")


def test_podman_s_default_has_a_name_of_its_own():
    assert publishes((Network("podman", "bridge"),))
