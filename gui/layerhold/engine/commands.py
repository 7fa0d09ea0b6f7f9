"""The command line that makes an engine answer, by where it was looked for and what is amiss."""

from layerhold.domain.errors import EngineUnreachable, Unreachability

START = (
    ("/.colima/", "colima start"),
    ("/.rd/", "rdctl start"),
    ("/.docker/", "systemctl --user start docker-desktop"),
    ("/run/podman/", "sudo systemctl start podman.socket"),
    ("/podman/podman.sock", "systemctl --user start podman.socket"),
    ("/run/user/", "systemctl --user start docker"),
    ("/run/docker.sock", "sudo systemctl start docker"),
)
"""By a part of the socket's path (`engine/sockets.py`); the first that fits."""
JOIN_DOCKER = "sudo usermod -aG docker $USER"
USE_OWN_PODMAN = "systemctl --user start podman.socket"
"""For who may not use the machine's: it needs no permission."""


def remedy(problem: EngineUnreachable) -> str:
    """The command to try first; empty where none would help."""
    path = problem.subject.removeprefix("unix://")
    if not path.startswith("/"):
        return ""
    match problem.why:
        case Unreachability.NO_PERMISSION:
            return USE_OWN_PODMAN if "podman" in path else JOIN_DOCKER
        case Unreachability.NO_SOCKET | Unreachability.REFUSED:
            return next((command for part, command in START if part in path), "")
    return ""
