"""What stands in the tabs of the details, each part made when it is first wanted."""

from collections.abc import Sequence
from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import QObject, QUrl, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from layerhold.domain.containers import Container
from layerhold.domain.images import Image
from layerhold.jobs.describing import Description
from layerhold.library import Library
from layerhold.views.details.config import Config
from layerhold.views.details.inspect import Inspect
from layerhold.views.details.layers import Layers
from layerhold.views.details.tags import Tags
from layerhold.views.details.used_by import UsedBy

Part = Layers | Inspect | Config | Tags | UsedBy
Described = Layers | Inspect | Config
Some = TypeVar("Some", Layers, Inspect, Config, Tags, UsedBy)


class Parts(QObject):
    """Keeps in mind what to show in a part until there is one."""

    made = Signal(str, QWidget)
    """What a part is called here, and the part, which nobody holds yet."""
    tagging_wanted = Signal()
    untagging_wanted = Signal(str)
    image_wanted = Signal(str)
    address_wanted = Signal(QUrl)
    saving_wanted = Signal(str, bytes)
    container_wanted = Signal(object, object)
    """A `Wish`, and the `Container` that it is about."""
    container_changed = Signal()
    copied = Signal(str)

    def __init__(self, library: Library, parent: QObject) -> None:
        super().__init__(parent)
        self.there: list[Part] = []
        """The parts that are made."""
        self._library = library
        self._image: Image | None = None
        self._containers: Sequence[Container] = ()
        self._description: Description | None = None
        self._missing = ""
        self._program = "docker"
        self._waiting: list[Part] = []

    @cached_property
    def layers(self) -> Layers:
        part = Layers(self._library)
        part.tree.image_wanted.connect(self.image_wanted)
        return self._begin("layers", part, part.tree.copied)

    @cached_property
    def inspect(self) -> Inspect:
        part = Inspect()
        part.saving_wanted.connect(self.saving_wanted)
        return self._begin("inspect", part, part.copied)

    @cached_property
    def config(self) -> Config:
        part = Config()
        part.tree.address_wanted.connect(self.address_wanted)
        return self._begin("config", part, part.tree.copied)

    @cached_property
    def tags(self) -> Tags:
        part = Tags()
        part.tree.program = self._program
        part.tagging_wanted.connect(self.tagging_wanted)
        part.untagging_wanted.connect(self.untagging_wanted)
        return self._begin("tags", part, part.tree.copied)

    @cached_property
    def used_by(self) -> UsedBy:
        part = UsedBy()
        part.container_wanted.connect(self.container_wanted)
        self._begin("used_by", part, part.tree.copied)
        part.container_changed.connect(self.container_changed)
        return part

    def show_image(self, image: Image | None, containers: Sequence[Container]) -> None:
        """Show what the library knows."""
        self._image, self._containers = image, containers
        for part in self.there:
            if isinstance(part, Tags | UsedBy):
                self._fill(part)

    def show_description(self, description: Description | None, missing: str = "") -> None:
        """Show what the engine told about the image, at once where somebody looks (`look`).

        Where it told nothing, `missing` says why.
        """
        self._description, self._missing = description, missing
        self._waiting = [part for part in self.there if isinstance(part, Described)]
        if description is None:
            for part in self._waiting.copy():
                self._fill(part)

    def look(self, part: Part) -> None:
        """Show in it what it has waited with."""
        if part in self._waiting:
            self._fill(part)

    def use(self, program: str) -> None:
        """Pull with this command."""
        self._program = program
        if "tags" in vars(self):
            self.tags.tree.program = program

    def _begin(self, name: str, part: Some, copied: SignalInstance) -> Some:
        copied.connect(self.copied)
        self.there.append(part)
        self._fill(part)
        self.made.emit(name, part)
        return part

    def _fill(self, part: Part) -> None:
        if part in self._waiting:
            self._waiting.remove(part)
        match part:
            case Tags():
                part.show_image(self._image)
            case UsedBy():
                part.show_image(self._image, self._containers)
            case _ if self._description:
                part.show_description(self._description)
            case _:
                part.clear(self._missing)
