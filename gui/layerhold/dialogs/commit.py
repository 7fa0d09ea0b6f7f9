"""What the image is to be that is made of a container."""

from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QWidget

from layerhold.dialogs.checked_field import CheckedText
from layerhold.dialogs.reference_field import ReferenceField
from layerhold.dialogs.sentences import headline, note
from layerhold.dialogs.verb_dialog import VerbDialog
from layerhold.domain.committing import CommitWish, changes
from layerhold.domain.containers import Container
from layerhold.library import Library
from layerhold.wording.quoting import name

WIDTH = 560
LINES = 4


class CommitDialog(VerbDialog):
    """Says that volumes stay out, which people do not expect."""

    def __init__(self, parent: QWidget | None, library: Library, container: Container) -> None:
        super().__init__(parent, self.tr("Commit container"), self.tr("&Commit"))
        self.name = ReferenceField(self.tr("&Reference"), library)
        self.author, self.message = QLineEdit(), QLineEdit()
        self.changes = CheckedText(self.tr("C&hanges"), changes, 'CMD ["server"]\nENV LEVEL=info')
        self.pause = QCheckBox(self.tr("&Pause the container meanwhile"))
        self._place(container)
        self._connect()
        self._follow()

    @classmethod
    def ask(
        cls, parent: QWidget | None, library: Library, container: Container
    ) -> CommitWish | None:
        """What to make, or `None` if the user changed their mind."""
        dialog = cls(parent, library, container)
        return dialog.wish if dialog.confirmed() else None

    @property
    def wish(self) -> CommitWish | None:
        """What is wished now, while all of it is right."""
        if self.name.field.problem or self.changes.problem:
            return None
        return CommitWish(
            self.name.reference.familiar if self.name.reference else "",
            self.author.text().strip(),
            self.message.text().strip(),
            self.pause.isChecked(),
            self.changes.value or (),
        )

    def _place(self, container: Container) -> None:
        top = self.tr("Make an image of {container}")
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(self.tr("&Author"), self.author)
        form.addRow(self.tr("&Message"), self.message)
        self.pause.setChecked(container.state.holds_firmly)
        self.body.addWidget(headline(top.replace("{container}", name(container.name))))
        self.body.addWidget(self.name)
        self.body.addLayout(form)
        self.body.addWidget(self.changes)
        self.body.addWidget(self.pause)
        self.body.addWidget(note(self.tr("What lies in volumes does not become part of it.")))
        self.body.addStretch()
        self.changes.show_lines(LINES)
        self.setMinimumWidth(WIDTH)

    def _connect(self) -> None:
        self.name.field.hint(self.tr("How the image is called; empty for a dangling one"))
        self.author.setAccessibleName(self.tr("Author"))
        self.author.setToolTip(self.tr("Such as Ada Lovelace <ada@example.org>"))
        self.message.setAccessibleName(self.tr("Message"))
        self.message.setToolTip(self.tr("What was changed; stands in the image's history"))
        self.changes.hint(self.tr("Dockerfile instructions, one in a line"))
        self.pause.setToolTip(self.tr("So that no file changes while it is being read"))
        self.name.changed.connect(self._follow)
        self.changes.changed.connect(self._follow)

    def _follow(self) -> None:
        right = self.wish is not None
        self.allow(None if right else "", careful=right and self.name.takes)
