"""A command for a terminal, to be copied."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from layerhold import theme
from layerhold.views.details.buttons import push_button


class CommandLine(QWidget):
    """Keeps its place while there is none, so that nothing below it moves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QLineEdit(readOnly=True)
        self.copier = push_button(
            "copy", self.tr("Copy"), self.tr("Copy the command, to run it in a terminal")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.text, stretch=1)
        row.addWidget(self.copier)

        self.text.setFont(theme.fixed_font())
        self.text.setAccessibleName(self.tr("Command"))
        self.text.setToolTip(self.tr("What to type in a terminal"))
        self.copier.clicked.connect(self._copy)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)

    def show_command(self, command: str) -> None:
        """Show this; an empty one is not shown."""
        self.text.setText(command)
        self.setVisible(bool(command))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.text())
