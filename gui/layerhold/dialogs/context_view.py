"""What would be sent to the builder: how much, the largest files, and what is left out."""

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from layerhold import resources
from layerhold.colours import colours
from layerhold.dialogs.build_look import BuildLook
from layerhold.dialogs.headers import name_header
from layerhold.dialogs.sentences import note, sentence
from layerhold.domain.builders import Limit
from layerhold.domain.building import ContextSummary
from layerhold.formatting import size, visible
from layerhold.wording import build_context
from layerhold.wording.quoting import tooltip

PATH, SIZE = range(2)
SIZE_WIDTH = 90
ROW_HEIGHT = 24
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ContextView(QWidget):
    """Follows a look; shows what was known before until more is."""

    again_wanted = Signal()

    def __init__(self, look: BuildLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._limits: frozenset[Limit] = frozenset()
        self.sum, self.left_out, self.warning = sentence(), note(), sentence()
        self.largest = QTreeWidget()
        self.again = QPushButton(resources.icon("refresh"), self.tr("&Refresh"))
        self._place()
        look.begun.connect(self._begin)
        look.summed.connect(self._show)
        self.again.clicked.connect(self.again_wanted)
        self._begin()

    def show_limits(self, limits: frozenset[Limit]) -> None:
        """How much of it a builder with these limits would be sent."""
        self._limits = limits
        if self._look.summary:
            self._show()

    def _place(self) -> None:
        self.largest.setAccessibleName(self.tr("Largest files"))
        name_header(self.largest)
        self.largest.setToolTip(self.tr("The largest files that would be sent"))
        self.largest.setRootIsDecorated(False)
        self.largest.setUniformRowHeights(True)
        self.largest.setHeaderLabels([self.tr("Largest files"), self.tr("Size")])
        self.largest.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = self.largest.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(PATH, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(SIZE, SIZE_WIDTH)
        self.largest.headerItem().setTextAlignment(SIZE, RIGHT)
        self.again.setToolTip(self.tr("Look at the folder again"))
        self.again.setShortcut("F5")
        self.again.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self.sum, stretch=1)
        row.addWidget(self.again)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(row)
        for widget in (self.warning, self.largest, self.left_out):
            column.addWidget(widget)

    def _begin(self) -> None:
        self.sum.setText(self.tr("Looking at the folder…") if self._look.path else "")
        if self._look.summary is None:
            self._show_summary(ContextSummary())
            self.left_out.setText("")

    def _show(self) -> None:
        summary = self._look.summary
        if summary:
            self.sum.setText(build_context.summed(summary, self._limits))
            self._show_summary(summary)
            self.left_out.setText(build_context.left_out(summary))
        else:
            # The dialog says why.
            self.sum.setText("")

    def _show_summary(self, summary: ContextSummary) -> None:
        said = build_context.warnings(summary, self._limits)
        self.warning.setText("\n".join(said))
        self.warning.setVisible(bool(said))
        self.warning.setStyleSheet(f"color: {colours().care}")
        with QSignalBlocker(self.largest):
            self.largest.clear()
            for entry in summary.largest:
                row = QTreeWidgetItem([visible(entry.path), size(entry.size)])
                row.setTextAlignment(SIZE, RIGHT)
                row.setSizeHint(PATH, QSize(0, ROW_HEIGHT))
                row.setToolTip(PATH, tooltip(entry.path))
                self.largest.addTopLevelItem(row)
