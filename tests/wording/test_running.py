import pytest

from layerhold.domain.containers import Container, State
from layerhold.jobs.containers import Begun
from layerhold.wording.running import began, has_failed


def begun(state, status="", ports=()):
    return Begun(Container("1" * 64, "web", "sha256:2", "app:1", state, status, ports=ports))


@pytest.mark.parametrize(
    ("result", "said", "failed"),
    [
        (begun(State.RUNNING, "Up 1 second"), "web runs, a container of app:1.", False),
        (
            begun(State.RUNNING, ports=("32768->80/tcp", "53->53/udp")),
            "web runs, a container of app:1. Published: 32768->80/tcp, 53->53/udp.",
            False,
        ),
        (
            begun(State.EXITED, "Exited (0) Less than a second ago"),
            "web, a container of app:1, has ended with code 0.",
            False,
        ),
        (
            begun(State.EXITED, "Exited (137) 1 second ago"),
            "web, a container of app:1, has ended with code 137.",
            True,
        ),
        (begun(State.EXITED), "web, a container of app:1, has ended already.", True),
        (
            begun(State.RESTARTING, "Restarting (1) 1 second ago", ("80->80/tcp",)),
            "web, a container of app:1, ends and is started again.",
            True,
        ),
    ],
)
def test_what_became_of_a_container_is_told(result, said, failed):
    assert began(result, "app:1") == said
    assert has_failed(result.container) is failed
