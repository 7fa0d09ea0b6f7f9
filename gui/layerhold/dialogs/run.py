"""How a container of an image is to be run, and the command line that would do the same."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from layerhold import theme
from layerhold.dialogs.run_form import RunForm
from layerhold.dialogs.sentences import headline, note, sentence
from layerhold.dialogs.verb_dialog import VerbDialog
from layerhold.domain.networks import Network
from layerhold.domain.run_command import command_line
from layerhold.domain.run_defaults import RunDefaults
from layerhold.domain.running import RunWish
from layerhold.engine.about import Kind
from layerhold.jobs.job import Job
from layerhold.wording import explain
from layerhold.wording.quoting import name

SIZE = (600, 780)


class RunDialog(VerbDialog):
    """The container runs in the background, as with --detach."""

    def __init__(self, parent: QWidget | None, image: str, kind: Kind) -> None:
        super().__init__(parent, self.tr("Run image"), self.tr("&Run"))
        self._image = image
        self._program = "podman" if kind is Kind.PODMAN else "docker"
        self.form: RunForm | None = None
        self.area = QScrollArea(widgetResizable=True)
        self.equal = QLineEdit(readOnly=True)
        self.copier = QPushButton(self.tr("C&opy"))
        self._place()
        self.copier.clicked.connect(self._copy)
        self._follow()
        self.open_at(*SIZE)

    @classmethod
    def ask(cls, parent: QWidget | None, image: str, kind: Kind, look: Job) -> RunWish | None:
        """What to run, or `None` if the user changed their mind.

        `look` finds out what the form starts with: `RunDefaults`, and the networks that there are.
        """
        dialog = cls(parent, image, kind)
        look.succeeded.connect(lambda ground: dialog.begin(*ground))
        look.failed.connect(dialog.fail)
        dialog.finished.connect(look.cancel)
        return dialog.wish if dialog.confirmed() else None

    @property
    def wish(self) -> RunWish | None:
        """What is wished now, while all of it is right."""
        return self.form.wish if self.form else None

    def begin(self, defaults: RunDefaults, networks: Sequence[Network]) -> None:
        """Let the user choose, starting from what the image does by itself."""
        self.form = RunForm(self._image, defaults, networks)
        self.area.setWidget(self.form)
        self.form.changed.connect(self._follow)
        self.form.name.edit.setFocus()
        self._follow()

    def fail(self, error: Exception) -> None:
        """Say why there is nothing to choose."""
        said = explain(error)
        self.area.setWidget(aligned(sentence(f"{said.what} {said.hint}".strip())))
        self.allow("")

    def _place(self) -> None:
        waiting = self.tr("Asking the engine what the image does by itself…")
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidget(aligned(note(waiting)))
        top = self.tr("Run {image}").replace("{image}", name(self._image))
        row = QHBoxLayout()
        row.addWidget(self.equal, stretch=1)
        row.addWidget(self.copier)
        self.body.addWidget(headline(top))
        self.body.addWidget(self.area, stretch=1)
        self.body.addWidget(note(self.tr("The command line that does the same:")))
        self.body.addLayout(row)
        self.equal.setFont(theme.fixed_font())
        self.equal.setAccessibleName(self.tr("Command line"))
        self.equal.setToolTip(self.tr("What you would type in a terminal"))
        self.copier.setToolTip(self.tr("Copy the command line"))
        self.copier.setAutoDefault(False)

    def _follow(self) -> None:
        wish = self.wish
        if wish:
            self.equal.setText(command_line(wish, self._program))
            self.equal.setCursorPosition(0)
        self.equal.setEnabled(wish is not None)
        self.copier.setEnabled(wish is not None)
        wrong = self.tr("Something above is not right yet.") if self.form else ""
        self.allow(None if wish else wrong)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.equal.text())


def aligned(label: QLabel) -> QLabel:
    """At the top of the place that it has to itself."""
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label
