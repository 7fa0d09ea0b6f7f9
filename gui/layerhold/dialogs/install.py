"""How to install an engine."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from layerhold import theme
from layerhold.dialogs.sentences import headline, sentence
from layerhold.wording.installing import DOCKER, PODMAN, advice, commands

WIDTH = 560


class InstallDialog(QDialog):
    """Commands can be selected and copied; Layerhold installs nothing by itself."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Install an engine"))
        self.commands = [_command(*each) for each in commands()]
        self.close_button = QPushButton(self.tr("Close"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for row, label in enumerate(self.commands):
            grid.addWidget(QLabel(label.accessibleName()), row, 0)
            grid.addWidget(label, row, 1)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(
            headline(self.tr("An engine runs and builds images; Layerhold shows them."))
        )
        column.addWidget(sentence(advice()))
        column.addLayout(grid)
        column.addWidget(self._links())
        column.addWidget(self.close_button, alignment=Qt.AlignmentFlag.AlignRight)

        self.close_button.setDefault(True)
        self.close_button.setToolTip(self.tr("Back to the window (Enter or Esc)"))
        self.close_button.clicked.connect(self.accept)
        self.setMinimumWidth(WIDTH)

    @classmethod
    def ask(cls, parent: QWidget | None) -> None:
        """Show it; there is nothing to decide."""
        dialog = cls(parent)
        dialog.exec()
        dialog.deleteLater()

    def _links(self) -> QLabel:
        podman = f'<a href="{PODMAN}">{self.tr("How to install Podman")}</a>'
        docker = f'<a href="{DOCKER}">{self.tr("How to install Docker")}</a>'
        links = QLabel(f"{podman} · {docker}", openExternalLinks=True)
        links.setToolTip(f"{PODMAN}\n{DOCKER}")
        return links


def _command(system: str, text: str) -> QLabel:
    label = QLabel(text, textFormat=Qt.TextFormat.PlainText)
    label.setFont(theme.fixed_font())
    label.setAccessibleName(system)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
