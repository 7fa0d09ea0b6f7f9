"""How a container of an image is to be run, and the command line that would do the same."""

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QWidget

from layerhold import theme
from layerhold.dialogs.run_form import RunForm
from layerhold.dialogs.sentences import headline, note
from layerhold.dialogs.verb_dialog import VerbDialog
from layerhold.domain.networks import Network
from layerhold.domain.run_command import command_line
from layerhold.domain.run_defaults import RunDefaults
from layerhold.domain.running import RunWish
from layerhold.engine.api import Kind
from layerhold.wording.quoting import name

SIZE = (600, 740)


class RunDialog(VerbDialog):
    """The container runs in the background, as with --detach."""

    def __init__(
        self,
        parent: QWidget | None,
        image: str,
        defaults: RunDefaults,
        networks: Sequence[Network],
        kind: Kind,
    ) -> None:
        super().__init__(parent, self.tr("Run image"), self.tr("&Run"))
        self._program = "podman" if kind is Kind.PODMAN else "docker"
        self.form = RunForm(image, defaults, networks)
        self.equal = QLineEdit(readOnly=True)
        self.copier = QPushButton(self.tr("C&opy"))
        self._place(image)
        self.form.changed.connect(self._follow)
        self.copier.clicked.connect(self._copy)
        self._follow()
        self.resize(*SIZE)

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        image: str,
        defaults: RunDefaults,
        networks: Sequence[Network],
        kind: Kind,
    ) -> RunWish | None:
        """What to run, or `None` if the user changed their mind."""
        dialog = cls(parent, image, defaults, networks, kind)
        return dialog.form.wish if dialog.confirmed() else None

    def _place(self, image: str) -> None:
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(self.form)
        row = QHBoxLayout()
        row.addWidget(self.equal, stretch=1)
        row.addWidget(self.copier)
        self.body.addWidget(headline(self.tr("Run {image}").replace("{image}", name(image))))
        self.body.addWidget(area, stretch=1)
        self.body.addWidget(note(self.tr("The command line that does the same:")))
        self.body.addLayout(row)
        self.equal.setFont(theme.fixed_font())
        self.equal.setAccessibleName(self.tr("Command line"))
        self.equal.setToolTip(self.tr("What you would type in a terminal"))
        self.copier.setToolTip(self.tr("Copy the command line"))
        self.copier.setAutoDefault(False)
        self.form.name.edit.setFocus()

    def _follow(self) -> None:
        wish = self.form.wish
        if wish:
            self.equal.setText(command_line(wish, self._program))
            self.equal.setCursorPosition(0)
        self.equal.setEnabled(wish is not None)
        self.copier.setEnabled(wish is not None)
        self.allow(None if wish else self.tr("Something above is not right yet."))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.equal.text())
