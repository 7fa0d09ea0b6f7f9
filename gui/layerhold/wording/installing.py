"""How to get an engine, per system."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate

PODMAN = "https://podman.io/docs/installation"
DOCKER = "https://docs.docker.com/engine/install/"


def commands() -> Iterator[tuple[str, str]]:
    """Names of systems, and the command that installs an engine there."""
    yield "Debian, Ubuntu", "sudo apt install podman"
    yield "Fedora, RHEL", "sudo dnf install podman"
    yield "openSUSE", "sudo zypper install podman"
    yield "Arch Linux", "sudo pacman -S podman"
    yield "Alpine", "sudo apk add podman"
    yield "macOS", "brew install podman && podman machine init --now"


def advice() -> str:
    """What to do besides."""
    return translate(
        "Installing",
        "Podman needs no service and no administrator to run: Layerhold starts it for you from the "
        "menu Engine. Docker works as well. Either stands in the list Engines as soon as it "
        "answers.",
    )
