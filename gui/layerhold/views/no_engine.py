"""What the window shows when no engine answers: what was tried, and the ways on."""

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from layerhold import resources, theme, wording
from layerhold.dialogs.headers import name_header
from layerhold.domain.errors import EngineUnreachable, Failure
from layerhold.engine.about import Endpoint
from layerhold.engine.commands import remedy
from layerhold.formatting import visible
from layerhold.library import Connection
from layerhold.views.command_line import CommandLine
from layerhold.views.other_engines import OtherEngines
from layerhold.views.own_copy import OwnCopy
from layerhold.wording.configuration import doubts
from layerhold.wording.quoting import tooltip
from layerhold.wording.unreachable import briefly

ICON_PIXELS = 48
WIDTH = 680
WIDEST = 420
MOST_ROWS = 9
ADVICE_LINES = 3
"""Room for them is kept, so that the list stands still whatever the advice."""
NAME, ADDRESS, ANSWER = range(3)


class NoEngine(QWidget):
    """An empty state with its next step."""

    look_again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("No engine"))
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = QLabel(self.tr("No container engine answers"))
        self._advice = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.command = CommandLine()
        self._doubts = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.tried = QTreeWidget()
        self._connection = Connection()
        self.others = OtherEngines()
        self._again = QPushButton(self.tr("Look again"))

        column = QVBoxLayout()
        for widget in self._parts():
            column.addWidget(widget)
        column.addWidget(self._again, alignment=Qt.AlignmentFlag.AlignCenter)
        self._place(column)
        self._make_list()

        self._again.setToolTip(self.tr("Look for engines once more"))
        self._again.clicked.connect(self.look_again_wanted)
        self.tried.currentItemChanged.connect(self._show_advice)
        self.setFocusProxy(self._again)

    def _parts(self) -> tuple[QWidget, ...]:
        texts = (self._picture, self._title, self._advice)
        return (*texts, self.command, self._doubts, self.tried, self.others)

    def show_connection(self, connection: Connection) -> None:
        """Tell what was looked at, and why none of it serves."""
        before, self._connection = self._connection, connection
        row = self.tried.currentIndex().row() if before.tried == connection.tried else -1
        with QSignalBlocker(self.tried):
            self.tried.clear()
            self.tried.addTopLevelItems([_item(*place) for place in connection.tried])
            row = row if row >= 0 else self._most_telling()
            self.tried.setCurrentIndex(self.tried.model().index(row, NAME))
        self._fit(len(connection.tried))
        self._show_advice()
        self._show_doubts()

    @property
    def advice(self) -> str:
        """What it says now: what is wrong, and what to do about it."""
        return self._advice.text()

    @property
    def doubts(self) -> str:
        """What it says about Docker's configuration."""
        return self._doubts.text()

    def _most_telling(self) -> int:
        """The row whose reason is the best to begin with; -1 if it is about none of them."""
        reasons = [why for _endpoint, why in self._connection.tried]
        problem = self._connection.problem
        return reasons.index(problem) if problem in reasons else -1

    def _show_doubts(self) -> None:
        found = self._connection.doubts
        if found:
            said = doubts(found, None)
            self._doubts.setText(f"{said.what} {said.hint}")
        self._doubts.setVisible(bool(found))

    def _show_advice(self) -> None:
        """What to do about the current row, or about all where there is none."""
        row = self.tried.currentIndex().row()
        connection = self._connection
        problem = connection.tried[row][1] if row >= 0 else connection.problem
        self._advice.setText(self._advise(problem))
        self.command.show_command(remedy(problem) if isinstance(problem, EngineUnreachable) else "")

    def _advise(self, problem: Failure | None) -> str:
        general = self.tr(
            "Start Docker (sudo systemctl start docker) or Podman (systemctl --user start "
            "podman.socket), or name an engine with --host or --context. Layerhold connects as "
            "soon as one answers."
        )
        if problem is None:
            return general
        said = wording.explain(problem)
        return "\n".join(part for part in (said.what, said.hint or general) if part)

    def _fit(self, rows: int) -> None:
        """One place is told in the sentence already."""
        self.tried.setVisible(rows > 1)
        tree = self.tried
        tree.ensurePolished()
        row = max(theme.ROW_HEIGHT, tree.sizeHintForRow(0))
        tree.setFixedHeight(tree.header().sizeHint().height() + min(rows, MOST_ROWS) * row + 2)

    def _make_list(self) -> None:
        tree = self.tried
        tree.setAccessibleName(self.tr("Engines that were looked for"))
        name_header(tree)
        tree.setHeaderLabels([self.tr("Name"), self.tr("Address"), self.tr("Answer")])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        tree.setSelectionMode(tree.SelectionMode.SingleSelection)
        tree.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        header = tree.header()
        header.setMaximumSectionSize(WIDEST)
        for column in (NAME, ADDRESS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)

    def _place(self, column: QVBoxLayout) -> None:
        self._picture.setPixmap(resources.icon("docker-off").pixmap(ICON_PIXELS, ICON_PIXELS))
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        font.setBold(True)
        self._title.setFont(font)
        self._advice.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        OwnCopy(self._advice)
        self._advice.setMinimumHeight(ADVICE_LINES * self._advice.fontMetrics().lineSpacing())
        self._doubts.setForegroundRole(self._doubts.palette().ColorRole.PlaceholderText)
        for label in (self._title, self._doubts):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._advice.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        column.setSpacing(16)
        column.setContentsMargins(0, 16, 0, 16)
        body = QWidget()
        body.setFixedWidth(WIDTH)
        body.setLayout(column)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(body)
        row.addStretch()
        outer.addLayout(row)
        outer.addStretch(2)


def _item(endpoint: Endpoint, problem: Failure) -> QTreeWidgetItem:
    cells = [visible(endpoint.name), visible(endpoint.url), briefly(problem)]
    item = QTreeWidgetItem(cells)
    item.setToolTip(ANSWER, tooltip(wording.explain(problem).what))
    item.setToolTip(ADDRESS, tooltip(cells[ADDRESS]))
    item.setSizeHint(ANSWER, QSize(0, theme.ROW_HEIGHT))
    return item
