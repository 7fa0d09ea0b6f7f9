"""Whether to quit although jobs run."""

from PySide6.QtWidgets import QMessageBox, QWidget

from layerhold import resources
from layerhold.colours import Role
from layerhold.wording import counting

ICON_PIXELS = 40


class QuitDialog(QMessageBox):
    """Enter does the safe thing: it stays."""

    def __init__(self, parent: QWidget | None, running: int) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Quit Layerhold"))
        self.setIconPixmap(resources.icon("warning", Role.CARE).pixmap(ICON_PIXELS, ICON_PIXELS))
        self.setText(self._say(running))
        self.setInformativeText(
            self.tr("Quitting cancels what runs. What has been done by then stays done.")
        )
        self.stay = self.addButton(self.tr("&Stay"), QMessageBox.ButtonRole.RejectRole)
        self.leave = self.addButton(self.tr("&Quit"), QMessageBox.ButtonRole.DestructiveRole)
        self.setDefaultButton(self.stay)
        self.setEscapeButton(self.stay)

    @classmethod
    def ask(cls, parent: QWidget | None, running: int) -> bool:
        """Whether to quit."""
        dialog = cls(parent, running)
        dialog.exec()
        leaving = dialog.clickedButton() is dialog.leave
        dialog.deleteLater()
        return leaving

    def _say(self, running: int) -> str:
        if running == 1:
            return self.tr("A job is still running.")
        return self.tr("{jobs} are still running.").format(jobs=counting.jobs(running))
