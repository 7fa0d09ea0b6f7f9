"""The tabs of the details, each with a tree or list of its own name."""

import base64
from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QTabWidget, QWidget

from layerhold.domain.containers import Container
from layerhold.domain.images import Image
from layerhold.jobs.describing import Description
from layerhold.library import Library
from layerhold.views.details.config import Config
from layerhold.views.details.detail_tree import DetailTree
from layerhold.views.details.inspect import Inspect
from layerhold.views.details.layers import Layers
from layerhold.views.details.tags import Tags
from layerhold.views.details.used_by import UsedBy


class Kept(msgspec.Struct):
    """What is remembered: the tab, and Qt's own state of each header."""

    tab: str = ""
    columns: dict[str, str] = {}


class Tabs(QTabWidget):
    """Layers, Inspect, Config, Tags and Used by."""

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.layers = Layers(library)
        self.inspect = Inspect()
        self.config = Config()
        self.tags = Tags()
        self.used_by = UsedBy()
        self.tabBar().setAccessibleName(self.tr("Image details"))
        for widget, name, tip in (
            (self.layers, self.tr("Layers"), self.tr("What the image is made of")),
            (self.inspect, self.tr("Inspect"), self.tr("What the engine says, word for word")),
            (self.config, self.tr("Config"), self.tr("What the image is set up to do")),
            (self.tags, self.tr("Tags"), self.tr("What the image is called")),
            (self.used_by, self.tr("Used by"), self.tr("Which containers use the image")),
        ):
            self.setTabToolTip(self.addTab(widget, name), tip)
        self._description: Description | None = None
        self._waiting: list[Layers | Inspect | Config] = []
        self.currentChanged.connect(self._catch_up)

    def show_image(self, image: Image, containers: Sequence[Container]) -> None:
        """Show what the library knows."""
        self.tags.show_image(image)
        self.used_by.show_image(image, containers)

    def show_description(self, description: Description) -> None:
        """Show what the engine told about the one image; a tab that is not open waits."""
        self._description = description
        self._waiting = [self.layers, self.inspect, self.config]
        self._catch_up()

    def _catch_up(self) -> None:
        shown = self.currentWidget()
        for part in self._waiting:
            if part is shown and self._description:
                part.show_description(self._description)
        self._waiting = [part for part in self._waiting if part is not shown]

    def show_nothing(self) -> None:
        """Say that what the engine would have told is missing."""
        self._waiting.clear()
        missing = self.tr("The details could not be read.")
        self.layers.clear(missing)
        self.config.clear(missing)
        self.inspect.clear()

    def clear(self) -> None:
        """Forget the image before another one."""
        self._waiting.clear()
        self.layers.clear()
        self.inspect.clear()
        self.config.clear()
        self.tags.show_image(None)
        self.used_by.show_image(None, ())

    def open_tab(self, name: str) -> bool:
        """Show a tab by its name, whatever its case; whether there is one."""
        for at in range(self.count()):
            if self.tabText(at).casefold() == name.casefold():
                self.setCurrentIndex(at)
                return True
        return False

    def copying(self) -> tuple[DetailTree | Inspect, ...]:
        """The parts that can copy."""
        return self.layers.tree, self.inspect, self.config.tree, self.tags.tree, self.used_by.tree

    def state(self) -> QByteArray:
        columns = {
            tree.accessibleName(): base64.b64encode(tree.header().saveState().data()).decode()
            for tree in self._trees()
        }
        kept = Kept(self.tabText(self.currentIndex()), columns)
        return QByteArray(msgspec.json.encode(kept))

    def restore(self, state: QByteArray) -> None:
        try:
            kept = msgspec.json.decode(state.data(), type=Kept)
        except msgspec.DecodeError:
            return
        self.open_tab(kept.tab)
        for tree in self._trees():
            columns = kept.columns.get(tree.accessibleName(), "")
            tree.header().restoreState(QByteArray.fromBase64(columns.encode()))

    def _trees(self) -> tuple[DetailTree, ...]:
        return (
            self.layers.tree,
            self.inspect.tree,
            self.config.tree,
            self.tags.tree,
            self.used_by.tree,
        )
