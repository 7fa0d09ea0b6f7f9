"""What containers do after they were asked to, and what engines may do although they were not."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from layerhold.domain.containers import Container, State
from layerhold.domain.digests import short
from layerhold.jobs.containers import Begun
from layerhold.wording.counting import listed
from layerhold.wording.quoting import name
from layerhold.wording.transfers import lost_tag

translate = QCoreApplication.translate


def called(container: Container) -> str:
    """By its name, or what comes nearest to one."""
    return name(container.name) or short(container.id)


def began(result: Begun, image: str) -> str:
    """What became of a container of the image, and where it can be reached."""
    container = result.container
    if container is None:
        gone = translate("Running", "A container of {image} has run, ended and been removed.")
        return gone.replace("{image}", name(image))
    sentence = _does(container).replace("{code}", str(container.exit_code))
    said = sentence.replace("{image}", name(image)).replace("{container}", called(container))
    return " ".join((said, *_published(container)))


def _published(container: Container) -> Iterator[str]:
    if container.ports and container.state is State.RUNNING:
        text = translate("Running", "Published: {ports}.")
        yield text.replace("{ports}", listed(container.ports))


def _does(container: Container) -> str:
    if container.state is State.RESTARTING:
        return translate(
            "Running", "{container}, a container of {image}, ends and is started again."
        )
    if not has_ended(container):
        return translate("Running", "{container} runs, a container of {image}.")
    if container.exit_code is None:
        return translate("Running", "{container}, a container of {image}, has ended already.")
    return translate("Running", "{container}, a container of {image}, has ended with code {code}.")


def has_ended(container: Container) -> bool:
    """Whether it does not run any more."""
    return container.state in {State.EXITED, State.DEAD, State.REMOVING}


def has_failed(container: Container) -> bool:
    """Whether it would run if all were well with it."""
    return container.state is State.RESTARTING or (
        has_ended(container) and container.exit_code != 0
    )


def made(container: Container, image: str, displaced: str = "") -> str:
    """In a sentence, and a second one about the image (its ID) that has lost its tag."""
    text = translate("Running", "{image} has been made of {container}.")
    said = text.replace("{image}", name(image)).replace("{container}", called(container))
    return f"{said} {lost_tag(displaced)}" if displaced else said
