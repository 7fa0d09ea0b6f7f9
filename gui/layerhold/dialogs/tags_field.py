"""A field for several names of one image, which says who would lose them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from layerhold.colours import colours
from layerhold.dialogs.checked_field import CheckedField
from layerhold.dialogs.reference_field import holder
from layerhold.dialogs.sentences import note, sentence
from layerhold.domain.build_inputs import tags
from layerhold.domain.digests import short
from layerhold.domain.references import Reference
from layerhold.library import Library
from layerhold.wording.quoting import name


class TagsField(QWidget):
    """With spaces between them; follows the library, where another image may come to have one."""

    changed = Signal()

    def __init__(self, label: str, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self.field = CheckedField(label, tags, self.tr("repository:tag, more after a space"))
        self.edit = self.field.edit
        self.meaning, self.warning = note(), sentence()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.field, self.meaning, self.warning):
            column.addWidget(widget)
        self.setFocusProxy(self.edit)
        self.field.hint(self.tr("Names for the image, with spaces between them"))
        self.field.changed.connect(self._follow)
        library.images_changed.connect(self._follow)
        self._follow()

    @property
    def references(self) -> tuple[Reference, ...]:
        """What was typed, normalised, while all of it is right."""
        return self.field.value or ()

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong; nothing at all is right as well."""
        return self.field.problem is None

    def _follow(self) -> None:
        references = self.references
        means = self.tr("In full: {names}")
        full = ", ".join(name(each.full) for each in references)
        self.meaning.setText(
            means.replace("{names}", full)
            if references
            else self.tr("Without a tag, the image will be dangling.")
        )
        self.meaning.setVisible(self.is_right)
        losers = [line for each in references if (line := self._warn(each))]
        self.warning.setText("\n".join(losers))
        self.warning.setVisible(bool(losers))
        self.warning.setStyleSheet(f"color: {colours().care}")
        self.changed.emit()

    def _warn(self, reference: Reference) -> str:
        loser = holder(self._library, reference)
        if loser is None:
            return ""
        text = self.tr("{image} has {tag} now. If the build makes another image, it loses it.")
        return text.replace("{image}", short(loser.id)).replace("{tag}", name(reference.familiar))
