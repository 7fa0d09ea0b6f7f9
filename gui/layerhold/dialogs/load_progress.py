"""How far archives have been looked into, and a way to stop that."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from layerhold.dialogs.sentences import note
from layerhold.domain.progress import Progress
from layerhold.wording import progress

STEPS = 1000


class LoadProgress(QWidget):
    """To be seen only while it takes long enough to be read."""

    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said, self.bar = note(), QProgressBar(textVisible=False)
        self.stop = QPushButton(self.tr("&Stop"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.said, stretch=2)
        row.addWidget(self.bar, stretch=1)
        row.addWidget(self.stop)
        self.bar.setAccessibleName(self.tr("Looking into archives"))
        self.stop.setToolTip(self.tr("Leave out what has not been looked into"))
        self.stop.clicked.connect(self.stop_wanted)
        self.hide()

    def show_progress(self, snapshot: Progress) -> None:
        """Say which file it is, and how much of it has been read."""
        self.said.setText(progress.progress(snapshot))
        known = snapshot.total is not None
        self.bar.setRange(0, STEPS if known else 0)
        if snapshot.total:
            self.bar.setValue(int(STEPS * min(1.0, snapshot.done / snapshot.total)))
        self.show()
