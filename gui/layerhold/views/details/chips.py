"""The tags of an image as chips in one line; what has no room is counted."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from layerhold.colours import colours
from layerhold.formatting import visible
from layerhold.views.details.buttons import icon_button, word_button
from layerhold.wording.quoting import tooltip

GAP = 6
HEIGHT = 26
LONGEST = 240
"""Pixels of a tag's text."""
MOST = 12
"""Chips that are made; the Tags tab has all."""


class Chip(QFrame):
    """One tag, with push, copy and untag on it."""

    def __init__(self, reference: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.reference = reference
        shown = visible(reference)
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        middle = Qt.TextElideMode.ElideMiddle
        self._label.setText(self.fontMetrics().elidedText(visible(text), middle, LONGEST))
        self.setToolTip(tooltip(shown))
        self.setAccessibleName(self.tr("Tag {name}").format(name=shown))
        self.pusher = icon_button("push", self.tr("Push {name}…").format(name=shown))
        self.copier = icon_button("copy", self.tr("Copy {name}").format(name=shown))
        self.untagger = icon_button("untag", self.tr("Untag {name}").format(name=shown))
        self.buttons = (self.pusher, self.copier, self.untagger)

        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 2, 0)
        row.setSpacing(2)
        row.addWidget(self._label)
        for button in self.buttons:
            button.setStyleSheet("padding: 2px;")
            button.setIconSize(QSize(14, 14))
            row.addWidget(button)
        self.setFixedHeight(HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().chip))
        painter.drawRoundedRect(self.rect(), HEIGHT / 2, HEIGHT / 2)


class Chips(QWidget):
    """As many chips as there is room for, and a button for the rest."""

    pushing_wanted = Signal(str)
    copying_wanted = Signal(str)
    untagging_wanted = Signal(str)
    all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tags: tuple[str, ...] = ()
        self.chips: list[Chip] = []
        self.more = word_button("", self.tr("Show all tags"))
        self.more.setParent(self)
        self.more.clicked.connect(self.all_wanted)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)

    def show_tags(self, tags: Sequence[str], repository: str) -> None:
        """Make chips; a tag of the repository named beside them is shown without it."""
        if (wanted := (*tags, repository)) == self._tags:
            return
        self._tags = wanted
        for chip in self.chips:
            chip.deleteLater()
        self.chips = [self._chip(tag, repository) for tag in tags[:MOST]]
        self._count = len(tags)
        self._order_tabs()
        self._arrange()

    def _chip(self, tag: str, repository: str) -> Chip:
        chip = Chip(tag, tag.removeprefix(f"{repository}:"), self)
        chip.pusher.clicked.connect(partial(self.pushing_wanted.emit, tag))
        chip.copier.clicked.connect(partial(self.copying_wanted.emit, tag))
        chip.untagger.clicked.connect(partial(self.untagging_wanted.emit, tag))
        return chip

    def _order_tabs(self) -> None:
        """The chips come after one another, although they are made later than all else."""
        before: QWidget = self.more
        for chip in self.chips:
            for button in chip.buttons:
                QWidget.setTabOrder(before, button)
                before = button

    def _arrange(self) -> None:
        """Put the chips side by side, and leave room for the button if it is needed."""
        x, fitting = 0, 0
        widths = [chip.sizeHint().width() + GAP for chip in self.chips]
        room = self.width()
        complete = sum(widths) <= room and self._count == len(widths)
        limit = room if complete else room - self.more.sizeHint().width()
        for chip, width in zip(self.chips, widths, strict=True):
            fits = x + width <= limit
            chip.setVisible(fits)
            if not fits:
                limit = 0
                continue
            chip.setGeometry(x, 0, width - GAP, HEIGHT)
            x, fitting = x + width, fitting + 1
        self._show_more(x, self._count - fitting)

    def _show_more(self, x: int, hidden: int) -> None:
        self.more.setText(f"+{hidden}")
        self.more.setAccessibleName(self.tr("{count} more tags").format(count=hidden))
        self.more.setGeometry(x, 0, self.more.sizeHint().width(), HEIGHT)
        self.more.setVisible(hidden > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.chips:
            self._arrange()
