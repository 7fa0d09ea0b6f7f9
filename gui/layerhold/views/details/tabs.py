"""The tabs of the details, each with a tree or list of its own name."""

import base64
from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from layerhold.domain.containers import Container
from layerhold.domain.images import Image
from layerhold.engine.about import About
from layerhold.jobs.describing import Description
from layerhold.library import Library
from layerhold.views.details.parts import Part, Parts
from layerhold.views.details.used_by import UsedBy
from layerhold.wording.abilities import Ability, lack

PARTS = ("layers", "inspect", "config", "tags", "used_by")
"""What `Parts` calls what stands in each tab."""


class Kept(msgspec.Struct):
    """What is remembered: the tab, and Qt's own state of each header."""

    tab: str = ""
    columns: dict[str, str] = {}


class Place(QWidget):
    """A tab's page, empty at first."""

    def hold(self, part: QWidget) -> None:
        """Be filled with it."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(part)
        self.setFocusProxy(part)
        part.show()


class Tabs(QTabWidget):
    """Layers, Inspect, Config, Tags and Used by; empty until they are opened."""

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.tabBar().setAccessibleName(self.tr("Image details"))
        self.parts = Parts(library, self)
        self._places: list[Place] = []
        self._kept = Kept()
        for name, tip in (
            (self.tr("Layers"), self.tr("What the image is made of")),
            (self.tr("Inspect"), self.tr("What the engine says, word for word")),
            (self.tr("Config"), self.tr("What the image is set up to do")),
            (self.tr("Tags"), self.tr("What the image is called")),
            (self.tr("Used by"), self.tr("Which containers use the image")),
        ):
            place = Place()
            self._places.append(place)
            self.setTabToolTip(self.addTab(place, name), tip)
        self.parts.made.connect(self._hold)
        self.currentChanged.connect(self.look)

    @property
    def container(self) -> Container | None:
        """The one that is chosen, while the tab with it is open."""
        part = self._open_part()
        return part.tree.container if isinstance(part, UsedBy) else None

    def look(self) -> None:
        """See to it that the open tab is made, and shows what there is to show."""
        self.parts.look(self._open_part())

    def show_image(self, image: Image, containers: Sequence[Container]) -> None:
        """Show what the library knows."""
        self.parts.show_image(image, containers)

    def show_description(self, description: Description) -> None:
        """Show what the engine told about the one image; a tab that is not open waits."""
        self.parts.show_description(description)
        self.look()

    def show_nothing(self) -> None:
        """Say that what the engine would have told is missing."""
        self.parts.show_description(None, self.tr("The details could not be read."))

    def show_waiting(self) -> None:
        """Say that the engine takes its time to tell."""
        self.parts.show_description(None, self.tr("Waiting for the engine…"))

    def clear(self) -> None:
        """Forget the image before another one."""
        self.parts.show_description(None)
        self.parts.show_image(None, ())

    def show_engine(self, about: About | None) -> None:
        """Close the tab of containers where the engine has none."""
        number, reason = PARTS.index("used_by"), lack(about, Ability.CONTAINERS)
        self.setTabEnabled(number, not reason)
        self.setTabToolTip(number, reason or self.tr("Which containers use the image"))

    def open_tab(self, name: str) -> bool:
        """Show a tab by its name, whatever its case; whether there is one."""
        for at in range(self.count()):
            if self.tabText(at).casefold() == name.casefold():
                self.setCurrentIndex(at)
                return True
        return False

    def open_tags(self) -> None:
        self.setCurrentIndex(PARTS.index("tags"))

    def open_users(self) -> None:
        self.setCurrentIndex(PARTS.index("used_by"))

    def state(self) -> QByteArray:
        columns = self._kept.columns | {
            tree.accessibleName(): base64.b64encode(tree.header().saveState().data()).decode()
            for tree in (part.tree for part in self.parts.there)
        }
        kept = Kept(self.tabText(self.currentIndex()), columns)
        return QByteArray(msgspec.json.encode(kept))

    def restore(self, state: QByteArray) -> None:
        try:
            self._kept = msgspec.json.decode(state.data(), type=Kept)
        except msgspec.DecodeError:
            return
        self.open_tab(self._kept.tab)
        for part in self.parts.there:
            self._restore_columns(part)

    def _open_part(self) -> Part:
        part: Part = getattr(self.parts, PARTS[self.currentIndex()])
        return part

    def _hold(self, name: str, part: Part) -> None:
        """Put a part into its tab."""
        self._places[PARTS.index(name)].hold(part)
        self._restore_columns(part)

    def _restore_columns(self, part: Part) -> None:
        columns = self._kept.columns.get(part.tree.accessibleName(), "")
        part.tree.header().restoreState(QByteArray.fromBase64(columns.encode()))
