"""Which name an image is to get."""

from PySide6.QtWidgets import QWidget

from layerhold.dialogs.reference_field import ReferenceField
from layerhold.dialogs.sentences import headline
from layerhold.dialogs.verb_dialog import VerbDialog
from layerhold.domain.references import Reference
from layerhold.library import Library
from layerhold.models.plan_details import title

SIZE = (540, 240)


class TagDialog(VerbDialog):
    """Says as one types what the name means, and who loses it."""

    def __init__(self, parent: QWidget | None, library: Library, image_id: str) -> None:
        super().__init__(parent, self.tr("Tag image"), self.tr("&Tag"))
        self._image_id = image_id
        called = title(image_id, library.world)
        top = headline(self.tr("A new tag for {image}").replace("{image}", called))
        self.name = ReferenceField(self.tr("&Reference"), library, keeper=image_id)
        self.name.field.hint(self.tr("The new name, such as team/app:1.2"))
        self.body.addWidget(top)
        self.body.addWidget(self.name)
        self.body.addStretch()
        self.name.changed.connect(self._follow)
        self._follow()
        self.resize(*SIZE)

    @classmethod
    def ask(cls, parent: QWidget | None, library: Library, image_id: str) -> Reference | None:
        """The reference, or `None` if the user changed their mind."""
        dialog = cls(parent, library, image_id)
        return dialog.name.reference if dialog.confirmed() else None

    def _follow(self) -> None:
        has_it = self.name.holder is not None and not self.name.takes
        wrong = self.name.reference is None or has_it
        self.allow("" if wrong else None, careful=self.name.takes)
