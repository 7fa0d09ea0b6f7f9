"""What the user can choose."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from layerhold.dialogs.sentences import note
from layerhold.dialogs.store_place import StorePlace
from layerhold.formatting import visible
from layerhold.settings import Settings

THEMES = ("system", "light", "dark")
WIDTH = 560
MOST_TRANSFERS = 10


class PreferencesDialog(QDialog):
    """Starts from the settings as they are, and changes nothing by itself."""

    def __init__(
        self, parent: QWidget | None, settings: Settings, store: StorePlace, logs: Path | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self._settings, self._logs, self.store = settings, logs, store
        self.theme = QComboBox()
        self.theme.addItems([self.tr("Follow the desktop"), self.tr("Light"), self.tr("Dark")])
        self.theme.setCurrentIndex(THEMES.index(settings.theme) if settings.theme in THEMES else 0)
        self.intermediate = QCheckBox(self.tr("Show &intermediate images"))
        self.intermediate.setChecked(settings.show_intermediate)
        self.transfers = QSpinBox(minimum=1, maximum=MOST_TRANSFERS, value=settings.transfers)
        self.open_logs = QPushButton(self.tr("Open the &log folder"))
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )

        self._place()
        self._connect()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        settings: Settings,
        store: StorePlace,
        logs: Path | None = None,
    ) -> tuple[Settings, Path] | None:
        """The settings and the store's folder as wished, or `None`."""
        dialog = cls(parent, settings, store, logs)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        store.stop()
        dialog.deleteLater()
        return (dialog.settings, store.folder) if accepted else None

    @property
    def settings(self) -> Settings:
        """The settings as they are chosen now."""
        return replace(
            self._settings,
            theme=THEMES[self.theme.currentIndex()],
            show_intermediate=self.intermediate.isChecked(),
            transfers=self.transfers.value(),
        )

    def _place(self) -> None:
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(self.tr("&Theme"), self.theme)
        form.addRow("", self.intermediate)
        form.addRow(self.tr("&Pulls and pushes at a time"), self.transfers)
        form.addRow(self.tr("Folder of the &embedded store"), self.store)
        form.addRow(self.tr("Log"), self.open_logs)
        form.addRow("", note(visible(str(self._logs or ""))))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(self._buttons)
        self.setMinimumWidth(WIDTH)

    def _connect(self) -> None:
        self.theme.setAccessibleName(self.tr("Theme"))
        self.theme.setToolTip(self.tr("Light or dark, or as the desktop has it"))
        self.intermediate.setToolTip(
            self.tr("Show the untagged steps of builds too, as docker images --all does")
        )
        self.transfers.setAccessibleName(self.tr("Pulls and pushes at a time"))
        self.transfers.setToolTip(self.tr("Further ones wait for their turn"))
        self.open_logs.setEnabled(self._logs is not None)
        self.open_logs.setToolTip(self.tr("Show the folder in which Layerhold keeps its log"))
        self.open_logs.clicked.connect(self._open_logs)
        buttons = QDialogButtonBox.StandardButton
        self._buttons.button(buttons.Ok).setToolTip(self.tr("Keep what is chosen here"))
        self._buttons.button(buttons.Cancel).setToolTip(self.tr("Change nothing"))
        self.store.changed.connect(self._follow)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    @property
    def is_settled(self) -> bool:
        """Whether everything is known that it shows."""
        return not self.store.is_looking

    def _follow(self) -> None:
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(self.store.is_fit)

    def _open_logs(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._logs)))
