"""A line in the window that tells what happened, without asking for a click."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from layerhold import resources
from layerhold.colours import Role, colours
from layerhold.views.announcing import Politeness, announce
from layerhold.views.own_copy import OwnCopy

ICON_PIXELS = 20
STAY_MILLISECONDS = 8000
"""How long good news stays; bad news stays until it is closed or replaced."""


class NoticeBar(QFrame):
    """Shows the newest notice; hidden while there is none."""

    confirmed = Signal(str)
    """Something small was done; it is not worth a notice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Notice"))
        self._ground = "ok_ground"
        self._act: Callable[[], None] | None = None
        self._icon = QLabel()
        self._text = _label()
        self._hint = _label()
        self.action = QToolButton()
        self.closer = QToolButton(autoRaise=True)
        self._timer = QTimer(self, singleShot=True, interval=STAY_MILLISECONDS)

        self._place()
        self._connect()
        self.hide()

    @property
    def text(self) -> str:
        """What it says now, hint included."""
        return " ".join(part for part in (self._text.text(), self._hint.text()) if part)

    def inform(self, text: str, action: str = "", act: Callable[[], None] | None = None) -> None:
        """Say that something was done; it goes away by itself."""
        self._show("success", Role.OK, text, "", Politeness.Polite)
        self.offer(action, act)
        self._timer.start()

    def warn(
        self, text: str, hint: str = "", action: str = "", act: Callable[[], None] | None = None
    ) -> None:
        """Say what went wrong, and what to do next; it stays until it is closed."""
        self._show("warning", Role.CARE, text, hint, Politeness.Assertive)
        self.offer(action, act)
        self._timer.stop()

    def confirm(self, text: str) -> None:
        """Say in passing that something small was done."""
        self.confirmed.emit(text)

    def dismiss(self) -> None:
        """Take the notice away."""
        self._timer.stop()
        self.hide()

    def _show(self, icon: str, role: Role, text: str, hint: str, politeness: Politeness) -> None:
        self._ground = f"{role.value}_ground"
        self._icon.setPixmap(resources.icon(icon, role).pixmap(ICON_PIXELS, ICON_PIXELS))
        self._text.setText(text)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.setAccessibleDescription(self.text)
        self.show()
        # Texts that change repaint no more than themselves.
        self.update()
        announce(self, self.text, politeness)

    def offer(self, action: str, act: Callable[[], None] | None) -> None:
        """Let the button of the notice that is shown say and do this."""
        self._act = act
        self.action.setText(action)
        self.action.setVisible(act is not None)

    def _place(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._text)
        words.addWidget(self._hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addLayout(words, stretch=1)
        row.addWidget(self.action)
        row.addWidget(self.closer)

    def _connect(self) -> None:
        self.closer.setIcon(resources.icon("close"))
        self.closer.setAccessibleName(self.tr("Close the notice"))
        self.closer.setToolTip(self.tr("Close the notice"))
        self.closer.clicked.connect(self.dismiss)
        self.action.setToolTip(self.tr("Go on from here, and close the notice"))
        self.action.clicked.connect(self._do)
        self._timer.timeout.connect(self.dismiss)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(getattr(colours(), self._ground)))
        painter.end()

    def _do(self) -> None:
        act = self._act
        self.dismiss()
        if act:
            act()


def _label() -> QLabel:
    label = QLabel(
        wordWrap=True,
        textFormat=Qt.TextFormat.PlainText,
        textInteractionFlags=Qt.TextInteractionFlag.TextSelectableByMouse,
    )
    OwnCopy(label)
    # A long name must not widen the window.
    manners = label.sizePolicy()
    manners.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    label.setSizePolicy(manners)
    return label
