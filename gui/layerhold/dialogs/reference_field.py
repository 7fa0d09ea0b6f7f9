"""A field for the name of an image, which says what the name means and who would lose it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from layerhold.colours import colours
from layerhold.dialogs.checked_field import CheckedField
from layerhold.dialogs.sentences import note, sentence
from layerhold.domain.digests import short
from layerhold.domain.images import Image
from layerhold.domain.references import Reference, parse_tag_target
from layerhold.library import Library
from layerhold.wording.counting import listed

Read = Callable[[str], Reference]


class ReferenceField(QWidget):
    """Follows the library, since another image may come to have the name while one types."""

    changed = Signal()

    def __init__(
        self,
        label: str,
        library: Library,
        *,
        keeper: str = "",
        read: Read = parse_tag_target,
        surely: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`keeper` is the ID of the image that is to get the name, where there is one.

        Not `surely`: whoever has the name now may well be the one who gets it.
        """
        super().__init__(parent)
        self._library, self._keeper, self._surely = library, keeper, surely
        self.field = CheckedField(label, read, self.tr("repository:tag"))
        self.edit = self.field.edit
        self.meaning = note()
        self.warning = sentence()

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.field, self.meaning, self.warning):
            column.addWidget(widget)
        self.field.changed.connect(self._follow)
        library.images_changed.connect(self._follow)
        self._follow()

    @property
    def reference(self) -> Reference | None:
        """What was typed, normalised, while it is right."""
        value = self.field.value
        return value if isinstance(value, Reference) else None

    @property
    def holder(self) -> Image | None:
        """The image that has the name now."""
        return holder(self._library, self.reference) if self.reference else None

    @property
    def takes(self) -> bool:
        """Whether another image would lose the name."""
        return self.holder is not None and self.holder.id != self._keeper

    def _follow(self) -> None:
        reference = self.reference
        means = self.tr("In full: {name}").replace("{name}", reference.full if reference else "")
        self.meaning.setText(means if reference else "")
        self.meaning.setVisible(reference is not None)
        warning = self._warn(self.holder) if self.holder else ""
        self.warning.setText(warning)
        self.warning.setVisible(bool(warning))
        self.warning.setStyleSheet(f"color: {colours().care}")
        self.changed.emit()

    def _warn(self, loser: Image) -> str:
        if loser.id == self._keeper:
            return self.tr("The image has this tag already.")
        own = _spellings(self.reference) if self.reference else ()
        called = listed([tag for tag in loser.tags if tag not in own])
        text = self._keeps() if called else self._dangles()
        return text.replace("{image}", short(loser.id)).replace("{others}", called)

    def _keeps(self) -> str:
        if self._surely:
            return self.tr("{image} has this tag now and loses it; it keeps {others}.")
        return self.tr("{image} has this tag now. If another image comes, it keeps only {others}.")

    def _dangles(self) -> str:
        if self._surely:
            return self.tr("{image} has this tag now and loses it; it becomes dangling.")
        return self.tr("{image} has this tag now. If another image comes, it becomes dangling.")


def holder(library: Library, reference: Reference) -> Image | None:
    """The image that has this tag now."""
    wanted = _spellings(reference)
    images = library.images.values()
    return next((image for image in images if not wanted.isdisjoint(image.tags)), None)


def _spellings(reference: Reference) -> frozenset[str]:
    """Docker prints the familiar form of a reference, Podman the full one."""
    return frozenset((reference.familiar, reference.full))
