"""What the image is to be that is made of a root file system."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from layerhold.archives.file_systems import FileSystem
from layerhold.dialogs.checked_field import CheckedText
from layerhold.dialogs.import_source import ImportSource
from layerhold.dialogs.pull import USUAL
from layerhold.dialogs.reference_field import ReferenceField
from layerhold.dialogs.sentences import headline
from layerhold.dialogs.verb_dialog import VerbDialog
from layerhold.domain.committing import ImportWish, changes
from layerhold.domain.references import Reference, parse, parse_tag_target
from layerhold.engine.about import About, Caps
from layerhold.jobs.runner import JobRunner
from layerhold.library import Library
from layerhold.planning.load_rules import called

WIDTH = 600
LINES = 4


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """What to import, and what the user knows of it."""

    system: FileSystem
    wish: ImportWish
    holder: str
    """The ID of the image that has the tag now, or empty."""


class ImportDialog(VerbDialog):
    """Says what the file is, and whose tag would move."""

    def __init__(
        self,
        parent: QWidget | None,
        library: Library,
        about: About,
        runner: JobRunner,
        path: Path | None = None,
    ) -> None:
        super().__init__(parent, self.tr("Import file system"), self.tr("&Import"))
        self._about = about
        self.source = ImportSource(runner, path)
        label = self.tr("&Repository and tag")
        self.name = ReferenceField(label, library, read=partial(_read, about.caps))
        self.message, self.platform = QLineEdit(), QComboBox()
        self.changes = CheckedText(self.tr("C&hanges"), changes, 'CMD ["/bin/sh"]\nENV LANG=C')
        self._place()
        self._connect()
        self._follow()
        (self.name if path else self.source).setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        library: Library,
        about: About,
        runner: JobRunner,
        path: Path | None = None,
    ) -> ImportOrder | None:
        """What to import, or `None` if the user changed their mind."""
        dialog = cls(parent, library, about, runner, path)
        return dialog.order if dialog.confirmed() else None

    @property
    def order(self) -> ImportOrder | None:
        """What is wished now, while all of it is right."""
        system = self.source.system
        if system is None or self.name.field.problem or self.changes.problem:
            return None
        reference, holder = self.name.reference, self.name.holder
        # Podman would take a short name for one of its own.
        short = not self._about.caps.loads_as_localhost
        written = (reference.familiar if short else reference.full) if reference else ""
        wish = ImportWish(
            written,
            self.message.text().strip(),
            self.changes.value or (),
            self.platform.currentData() or "",
        )
        return ImportOrder(system, wish, holder.id if holder else "")

    @property
    def is_settled(self) -> bool:
        """Whether nothing more will be known unless the user does something."""
        return not self.source.looking

    def done(self, result: int) -> None:
        """Look at no file any more."""
        self.source.stop()
        super().done(result)

    def _place(self) -> None:
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(self.tr("&Message"), self.message)
        form.addRow(self.tr("P&latform"), self.platform)
        form.setRowVisible(self.platform, self._about.caps.imports_platform)
        self.body.addWidget(headline(self.tr("Make an image of a root file system")))
        self.body.addWidget(self.source)
        self.body.addWidget(self.name)
        self.body.addLayout(form)
        self.body.addWidget(self.changes)
        self.body.addStretch()
        self.changes.show_lines(LINES)
        self.setMinimumWidth(WIDTH)

    def _connect(self) -> None:
        self.name.field.hint(self.tr("How the image is called; empty for a dangling one"))
        self.message.setAccessibleName(self.tr("Message"))
        self.message.setToolTip(self.tr("Where it comes from; stands in the image's history"))
        self.changes.hint(self.tr("Dockerfile instructions, one in a line"))
        self.platform.setAccessibleName(self.tr("Platform"))
        self.platform.setToolTip(self.tr("For which kind of machine the programs in it are made"))
        own = self.tr("The engine's own ({platform})").replace("{platform}", self._about.platform)
        self.platform.addItem(own if self._about.platform else self.tr("The engine's own"), "")
        for platform in USUAL:
            self.platform.addItem(platform, platform)
        for part in (self.source, self.name, self.changes):
            part.changed.connect(self._follow)

    def _follow(self) -> None:
        right = self.order is not None
        self.allow(None if right else "", careful=right and self.name.takes)


def _read(caps: Caps, text: str) -> Reference:
    """The name that the engine will give it, as it prints it."""
    parse_tag_target(text.strip())
    return parse(called(text.strip(), caps))
