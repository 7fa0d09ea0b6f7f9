"""What the window shows when no engine answers: what was tried, and the ways on."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from layerhold import resources, theme, wording
from layerhold.formatting import visible
from layerhold.library import Connection
from layerhold.wording.quoting import tooltip
from layerhold.wording.unreachable import briefly

ICON_PIXELS = 48
WIDTH = 680
WIDEST = 420
MOST_ROWS = 10
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
        self._tried = QTreeWidget()
        self._again = QPushButton(self.tr("Look again"))

        column = QVBoxLayout()
        for widget in (self._picture, self._title, self._advice, self._tried):
            column.addWidget(widget)
        column.addWidget(self._again, alignment=Qt.AlignmentFlag.AlignCenter)
        self._place(column)
        self._make_list()

        self._again.setToolTip(self.tr("Look for engines once more"))
        self._again.clicked.connect(self.look_again_wanted)
        self.setFocusProxy(self._again)

    def show_connection(self, connection: Connection) -> None:
        """Tell what was looked at, and why none of it serves."""
        self._tried.clear()
        for endpoint, problem in connection.tried:
            cells = [visible(endpoint.name), visible(endpoint.url), briefly(problem)]
            item = QTreeWidgetItem(cells)
            item.setToolTip(ANSWER, tooltip(wording.explain(problem).what))
            item.setToolTip(ADDRESS, tooltip(cells[ADDRESS]))
            item.setSizeHint(ANSWER, QSize(0, theme.ROW_HEIGHT))
            self._tried.addTopLevelItem(item)
        self._fit(len(connection.tried))
        self._advice.setText(self._advise(connection))

    def _advise(self, connection: Connection) -> str:
        general = self.tr(
            "Start Docker (sudo systemctl start docker) or Podman (systemctl --user start "
            "podman.socket), or name an engine with --host or --context. Layerhold connects as "
            "soon as you look again."
        )
        if connection.problem is None:
            return general
        said = wording.explain(connection.problem)
        return "\n".join(part for part in (said.what, said.hint or general) if part)

    def _fit(self, rows: int) -> None:
        """One place is told in the sentence already."""
        self._tried.setVisible(rows > 1)
        header = self._tried.header().sizeHint().height()
        self._tried.setFixedHeight(header + min(rows, MOST_ROWS) * theme.ROW_HEIGHT + 2)

    def _make_list(self) -> None:
        tree = self._tried
        tree.setAccessibleName(self.tr("Engines that were looked for"))
        tree.setHeaderLabels([self.tr("Name"), self.tr("Address"), self.tr("Answer")])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        tree.setSelectionMode(tree.SelectionMode.NoSelection)
        tree.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tree.setMinimumWidth(WIDTH)
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
        for label in (self._title, self._advice):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.setSpacing(16)
        body = QWidget(maximumWidth=WIDTH)
        body.setLayout(column)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(body, alignment=Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(2)
