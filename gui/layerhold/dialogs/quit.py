"""Whether to quit although jobs run."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from layerhold import resources
from layerhold.colours import Role
from layerhold.dialogs.sentences import headline, sentence
from layerhold.wording import counting

ICON_PIXELS = 40
WIDTH = 440


class QuitDialog(QDialog):
    """Enter does the safe thing: it stays."""

    def __init__(self, parent: QWidget | None, running: int) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Quit Layerhold"))
        self.sign = QLabel()
        self.sign.setPixmap(resources.icon("warning", Role.CARE).pixmap(ICON_PIXELS, ICON_PIXELS))
        self.said = headline(self._say(running))
        self.stay = QPushButton(self.tr("&Stay"))
        self.leave = QPushButton(self.tr("&Quit"))

        self._place()
        self.stay.setDefault(True)
        self.stay.setToolTip(self.tr("Let the jobs go on (Enter or Esc)"))
        self.leave.setToolTip(self.tr("Cancel the jobs and quit"))
        self.stay.clicked.connect(self.reject)
        self.leave.clicked.connect(self.accept)
        self.setMinimumWidth(WIDTH)

    @classmethod
    def ask(cls, parent: QWidget | None, running: int) -> bool:
        """Whether to quit."""
        dialog = cls(parent, running)
        leaving = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return leaving

    def _place(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        buttons.addWidget(self.leave)
        buttons.addWidget(self.stay)
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(self.said)
        words.addWidget(
            sentence(self.tr("Quitting cancels what runs. What has been done by then stays done."))
        )
        words.addSpacing(8)
        words.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(16)
        row.addWidget(self.sign, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, stretch=1)

    def _say(self, running: int) -> str:
        if running == 1:
            return self.tr("A job is still running.")
        return self.tr("{jobs} are still running.").format(jobs=counting.jobs(running))
