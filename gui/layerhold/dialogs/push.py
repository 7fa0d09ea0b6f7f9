"""What to push: a tag, all tags of a repository, or the image under a new name."""

from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from layerhold.dialogs.reference_field import ReferenceField, holder
from layerhold.dialogs.repository_tags import repositories, tags_of
from layerhold.dialogs.sentences import headline, note
from layerhold.dialogs.verb_dialog import VerbDialog
from layerhold.domain.references import parse
from layerhold.library import Library
from layerhold.models.plan_details import title
from layerhold.wording.counting import tags

SIZE = (560, 260)


@dataclass(frozen=True, slots=True)
class PushWish:
    """What goes to the registry, all of one repository."""

    references: tuple[str, ...]
    new: bool = False
    """The image is to be given the name first."""
    loser: str = ""
    """The ID of the image that is known to lose the new name, or empty."""


class PushDialog(VerbDialog):
    """Says to which registry it goes."""

    def __init__(
        self, parent: QWidget | None, library: Library, image_id: str, tag: str = ""
    ) -> None:
        super().__init__(parent, self.tr("Push image"), self.tr("&Push"))
        self._library, self._image_id = library, image_id
        self.what = QComboBox()
        self.name = ReferenceField(self.tr("&New name"), library, keeper=image_id)
        self.to = note()
        self._offer(library.images[image_id].tags, tag)
        self._place()
        self._connect()
        self._follow()

    @classmethod
    def ask(
        cls, parent: QWidget | None, library: Library, image_id: str, tag: str = ""
    ) -> PushWish | None:
        """What to push, or `None` if the user changed their mind."""
        dialog = cls(parent, library, image_id, tag)
        return dialog.wish if dialog.confirmed() else None

    @property
    def wish(self) -> PushWish | None:
        """What is wished now, while it is right."""
        references: tuple[str, ...] = self.what.currentData()
        if references:
            return PushWish(references)
        if reference := self.name.reference:
            loser = holder(self._library, reference) if self.name.takes else None
            return PushWish((reference.familiar,), new=True, loser=loser.id if loser else "")
        return None

    def _offer(self, own: tuple[str, ...], tag: str) -> None:
        for each in own:
            self.what.addItem(each, (each,))
        for repository in dict.fromkeys(repositories(own)):
            every = tags_of(self._library, repository)
            if len(every) > 1:
                text = self.tr("All {tags} of {repository}").format(
                    tags=tags(len(every)), repository=repository
                )
                self.what.addItem(text, every)
        self.what.addItem(self.tr("The image under a new name"), ())
        self.what.setCurrentIndex(max(0, self.what.findText(tag)))

    def _place(self) -> None:
        called = title(self._image_id, self._library.world)
        form = QFormLayout()
        form.addRow(self.tr("P&ush"), self.what)
        self.body.addWidget(headline(self.tr("Push {image}").replace("{image}", called)))
        self.body.addLayout(form)
        self.body.addWidget(self.name)
        self.body.addWidget(self.to)
        self.body.addStretch()
        self.resize(*SIZE)

    def _connect(self) -> None:
        self.what.setAccessibleName(self.tr("What to push"))
        self.what.setToolTip(self.tr("A tag, every tag of a repository, or a new name"))
        self.name.field.hint(self.tr("The image gets this tag, and is pushed under it"))
        self.what.currentIndexChanged.connect(self._follow)
        self.name.changed.connect(self._follow)

    def _follow(self) -> None:
        self.name.setVisible(not self.what.currentData())
        wish = self.wish
        registry = parse(wish.references[0]).registry if wish else ""
        to = self.tr("Goes to {registry}.").replace("{registry}", registry)
        self.to.setText(to if wish else "")
        self.allow(None if wish else "", careful=bool(wish and wish.loser))
