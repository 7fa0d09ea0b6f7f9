"""What image this is: name, tags, ID, size, age, platform and users."""

from time import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from layerhold.domain.digests import short
from layerhold.domain.images import Image
from layerhold.formatting import age, moment, size, visible
from layerhold.library import Library
from layerhold.models.user_list import users
from layerhold.views.ageing import Alarm
from layerhold.views.details.buttons import icon_button
from layerhold.views.details.chips import Chips
from layerhold.views.details.glances import Glances
from layerhold.wording.counting import containers as counted
from layerhold.wording.quoting import tooltip

LONGEST_NAME = 320
"""Pixels."""


class Header(QWidget):
    """Two lines above the tabs."""

    copied = Signal(str)
    pushing_wanted = Signal(str)
    untagging_wanted = Signal(str)
    tags_wanted = Signal()
    users_wanted = Signal()

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self.name = QLabel()
        self.chips = Chips()
        self.glances = Glances()
        self._image_id = ""
        self._created = 0
        self._alarm = Alarm(self.glances.created.value, self._age_in_sight)
        self.copier = icon_button("copy", self.tr("Copy ID"), self.tr("Copy the whole image ID"))

        self._place()
        self.chips.copying_wanted.connect(lambda tag: self._copy(tag, self.tr("Reference")))
        self.chips.pushing_wanted.connect(self.pushing_wanted)
        self.chips.untagging_wanted.connect(self.untagging_wanted)
        self.chips.all_wanted.connect(self.tags_wanted)
        self.glances.users_wanted.connect(self.users_wanted)
        self._alarm.rang.connect(self._show_age)
        self.copier.clicked.connect(lambda: self._copy(self._image_id, "ID"))

    def _place(self) -> None:
        font = self.name.font()
        font.setPointSizeF(font.pointSizeF() * 1.25)
        font.setBold(True)
        self.name.setFont(font)
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setAccessibleName(self.tr("Name"))

        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self.name)
        first.addWidget(self.chips, stretch=1)
        second.setSpacing(4)
        second.addWidget(self.glances, stretch=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 4)
        column.setSpacing(4)
        column.addLayout(first)
        column.addLayout(second)
        self.glances.hold(self.copier)

    def show_image(self, image: Image) -> None:
        """Show what the library knows about the image now."""
        self._image_id = image.id
        repository = image.tags[0].rpartition(":")[0] if image.tags else ""
        name = visible(repository) or self.tr("<none>")
        middle = Qt.TextElideMode.ElideMiddle
        self.name.setText(self.name.fontMetrics().elidedText(name, middle, LONGEST_NAME))
        self.name.setToolTip(tooltip(name))
        self.chips.show_tags(image.tags, repository)
        self._show_glances(image)

    def _show_glances(self, image: Image) -> None:
        anatomy = self._library.anatomies.get(image.id)
        used = users(image, self._library.users(image.id))
        glances = self.glances
        glances.show_id(short(image.id), image.id)
        glances.show_size(size(image.size))
        self._alarm.stop()
        self._created = image.created
        self._show_age()
        glances.created.value.update()
        glances.show_platform(visible(anatomy.platform) if anatomy else "")
        names = "\n".join(visible(user.container.name) for user in used[:20])
        glances.show_users(counted(len(used)) if used else "", names)
        glances.fit()

    def _show_age(self) -> None:
        created, shown = self._created, self.glances.created.value.text()
        text = age(created, time()) if created > 0 else ""
        self.glances.show_created(text, moment(created) if text else "")
        if text != shown:
            self.glances.fit()

    def _age_in_sight(self) -> tuple[int]:
        """Right what grew old out of sight, too, where no alarm was set."""
        self._show_age()
        return (self._created,)

    def _copy(self, text: str, what: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(what)
