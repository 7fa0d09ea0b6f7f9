"""The containers that use one image, and how."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import time

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QIcon

from layerhold.domain.containers import Container, State
from layerhold.domain.digests import SHORT, short
from layerhold.domain.images import Image
from layerhold.models.container_sign import container_sign
from layerhold.models.flat_list import Column, FlatList
from layerhold.wording.container_status import status

translate = QCoreApplication.translate

STATUS = 2
"""The column that tells since when."""


@dataclass(frozen=True, slots=True)
class User:
    """A container, and how it uses the image."""

    container: Container
    how: str


def users(image: Image | None, containers: Sequence[Container]) -> list[User]:
    """The ones that run first, then by name."""
    if image is None:
        return []
    found = sorted(containers, key=lambda each: (not each.state.holds_firmly, each.name))
    return [User(each, how(image, each)) for each in found]


def how(image: Image, container: Container) -> str:
    """In which way a container uses the image."""
    if container.image_id != image.id:
        return translate("UserList", "Mounts it")
    was = container.image_name
    if not was or was in {*image.tags, *image.digests} or _is_its_id(was, image):
        return translate("UserList", "Made from it")
    return translate("UserList", "Made from it when it was called {name}").format(name=was)


def user_list(parent: QObject) -> FlatList:
    """Five columns; the state as a glyph and a word."""
    return FlatList(
        (
            Column(lambda: translate("UserList", "Container"), _name),
            Column(lambda: translate("UserList", "State"), _state, _sign),
            Column(lambda: translate("UserList", "Status"), _status),
            Column(lambda: translate("UserList", "Ports"), _ports),
            Column(lambda: translate("UserList", "How it uses the image"), lambda user: user.how),
        ),
        parent,
    )


def _is_its_id(name: str, image: Image) -> bool:
    digits = name.removeprefix("sha256:")
    return len(digits) >= SHORT and image.id.removeprefix("sha256:").startswith(digits)


def _name(user: User) -> str:
    return user.container.name or short(user.container.id)


def _state(user: User) -> str:
    return {
        State.CREATED: translate("UserList", "Created"),
        State.RUNNING: translate("UserList", "Running"),
        State.PAUSED: translate("UserList", "Paused"),
        State.RESTARTING: translate("UserList", "Restarting"),
        State.REMOVING: translate("UserList", "Being removed"),
        State.EXITED: translate("UserList", "Exited"),
        State.DEAD: translate("UserList", "Dead"),
        State.UNKNOWN: translate("UserList", "Unknown"),
    }[user.container.state]


def _status(user: User) -> str:
    return status(user.container, time())


def _ports(user: User) -> str:
    return ", ".join(user.container.ports)


def _sign(user: User) -> QIcon:
    return container_sign(user.container.state)
