"""Which name an image is to get."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from layerhold.colours import colours
from layerhold.dialogs.checked_field import CheckedField
from layerhold.dialogs.sentences import headline, note, sentence
from layerhold.domain.digests import short
from layerhold.domain.images import Image
from layerhold.domain.references import Reference, parse, parse_tag_target
from layerhold.library import Library
from layerhold.models.plan_details import title
from layerhold.wording.quoting import name

SIZE = (540, 260)


class TagDialog(QDialog):
    """Says as one types what the name means, and who loses it."""

    def __init__(self, parent: QWidget | None, library: Library, image_id: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Tag image"))
        self._library, self._image_id = library, image_id
        called = title(image_id, library.world)
        self._top = headline(self.tr("A new tag for {image}").replace("{image}", called))
        self.field = CheckedField(
            self.tr("&Reference"), parse_tag_target, self.tr("repository:tag")
        )
        self.meaning = note()
        self.warning = sentence()
        self.cancel, self.verb = QPushButton(self.tr("&Cancel")), QPushButton(self.tr("&Tag"))

        self._place()
        self._connect()
        self._follow()

    @classmethod
    def ask(cls, parent: QWidget | None, library: Library, image_id: str) -> str | None:
        """The reference as Docker writes it, or `None` if the user changed their mind."""
        dialog = cls(parent, library, image_id)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.reference.familiar if accepted and dialog.reference else None

    @property
    def reference(self) -> Reference | None:
        """What was typed, normalised, while it is right."""
        value = self.field.value
        return value if isinstance(value, Reference) else None

    @property
    def loser(self) -> Image | None:
        """The image that has the tag now."""
        return holder(self._library, self.reference.familiar) if self.reference else None

    def _place(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for widget in (self._top, self.field, self.meaning, self.warning):
            column.addWidget(widget)
        column.addStretch()
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.cancel)
        row.addWidget(self.verb)
        column.addLayout(row)
        self.resize(*SIZE)

    def _connect(self) -> None:
        self.field.hint(self.tr("The new name, such as team/app:1.2"))
        self.cancel.setToolTip(self.tr("Change nothing"))
        self.cancel.clicked.connect(self.reject)
        self.verb.clicked.connect(self.accept)
        self.field.changed.connect(self._follow)
        self._library.images_changed.connect(self._follow)

    def _follow(self) -> None:
        reference, loser = self.reference, self.loser
        has_it = loser is not None and loser.id == self._image_id
        takes = loser is not None and not has_it
        means = self.tr("In full: {name}").replace("{name}", reference.full if reference else "")
        self.meaning.setText(means if reference else "")
        self.warning.setText(self._warn(loser) if loser else "")
        self.warning.setStyleSheet(f"color: {colours().care}")
        self.verb.setEnabled(reference is not None and not has_it)
        self.verb.setToolTip(self.warning.text() or self.tr("Give the image this tag"))
        # Enter does the safe thing.
        self.verb.setDefault(not takes)
        self.cancel.setDefault(takes)

    def _warn(self, loser: Image) -> str:
        if loser.id == self._image_id:
            return self.tr("The image has this tag already.")
        own = _spellings(self.reference) if self.reference else ()
        called = ", ".join(tag for tag in loser.tags if tag not in own)
        if called:
            text = self.tr("{image} has this tag now and loses it; it keeps {others}.")
        else:
            text = self.tr("{image} has this tag now and loses it; it becomes dangling.")
        return text.replace("{image}", short(loser.id)).replace("{others}", name(called))


def holder(library: Library, reference: str) -> Image | None:
    """The image that has this tag now."""
    wanted = _spellings(parse(reference))
    images = library.images.values()
    return next((image for image in images if not wanted.isdisjoint(image.tags)), None)


def _spellings(reference: Reference) -> frozenset[str]:
    """Docker prints the familiar form of a reference, Podman the full one."""
    return frozenset((reference.familiar, reference.full))
