"""The field that filters images, and the words beside it when a filter cannot be understood."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from layerhold import resources, wording
from layerhold.colours import Role
from layerhold.domain.errors import InvalidFilter
from layerhold.wording.quoting import tooltip

COMPLETIONS = (
    "age>30d",
    "age<2w",
    "before=",
    "dangling=true",
    "dangling=false",
    "label=",
    "label!=",
    "platform=arm64",
    "platform=amd64",
    "reference=",
    "since=",
    "size>100MB",
    "size<1GB",
    "until=24h",
    "used=yes",
    "used=no",
)
SIGN = 16
LEAST_TYPED = 2
"""Characters of a word that are needed to guess at a filter."""
PAUSE_MILLISECONDS = 250
"""Completions are offered to who stops to think, not to who types on."""
_OF_COMPLETIONS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape})
"""Keys that a completer sees only if the field ignores them."""


class FilterField(QLineEdit):
    """Words and filters; Down goes to the list, Escape clears."""

    list_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = FilterMessage()
        self._completer: QCompleter | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MILLISECONDS)

        self.setAccessibleName(self.tr("Filter images"))
        self.setPlaceholderText(self.tr("Filter images: nginx size>100MB"))
        self.setToolTip(
            self.tr("Words of repository, tag, ID, digest and labels, and filters such as")
            + " used=no, age>30d, label=tier=web (Ctrl+F)"
        )
        self._search = self.addAction(
            resources.icon("search", Role.QUIET), self.ActionPosition.LeadingPosition
        )

        self.textEdited.connect(self._pause.start)
        self._pause.timeout.connect(self._offer)

    def furnish(self) -> None:
        """Make what the first picture can do without."""
        self.setClearButtonEnabled(True)

    def show_problem(self, problem: InvalidFilter | None) -> None:
        """Say beside the field what is wrong, or that nothing is."""
        said = wording.explain(problem) if problem else None
        self.message.say(f"{said.what} {said.hint}".strip() if said else "")
        self.setAccessibleDescription(self.message.text)
        if bool(self.property("wrong")) != bool(problem):
            self.setProperty("wrong", bool(problem))
            self.style().unpolish(self)
            self.style().polish(self)

    def seek(self) -> None:
        """Take the keyboard, ready for another text."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _OF_COMPLETIONS and self._offering():
            event.ignore()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.list_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _offer(self) -> None:
        """Show the filters that begin like the word before the cursor."""
        completer, word = self._completer or self._make_completer(), self._word()
        completer.setCompletionPrefix(word)
        offered = completer.completionCount()
        if len(word) >= LEAST_TYPED and offered and completer.currentCompletion() != word:
            completer.complete()
        elif popup := completer.popup():
            popup.hide()

    def _offering(self) -> bool:
        popup = self._completer.popup() if self._completer else None
        return popup is not None and popup.isVisible()

    def _make_completer(self) -> QCompleter:
        """Made when first needed, since its list takes as long as all the rest of the field."""
        self._completer = completer = QCompleter(COMPLETIONS, self)
        completer.setWidget(self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._complete)
        return completer

    def _complete(self, completion: str) -> None:
        end = self.cursorPosition()
        self.setSelection(end - len(self._word()), len(self._word()))
        self.insert(completion)

    def _word(self) -> str:
        return self.text()[: self.cursorPosition()].rpartition(" ")[2]


class FilterMessage(QWidget):
    """An icon and a sentence that takes what room there is; the whole is in the tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.sign, self.words = QLabel(), QLabel()
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(self.tr("Filter message"))

        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(6)
        row.addWidget(self.words, stretch=1)
        row.addWidget(self.sign)

    def say(self, text: str) -> None:
        """Show the sentence; an empty one leaves the place free."""
        self.text = text
        self.setToolTip(tooltip(text))
        self.setAccessibleDescription(text)
        self.sign.setPixmap(
            resources.icon("warning", Role.CARE).pixmap(SIGN, SIGN) if text else QPixmap()
        )
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        words = self.words
        words.setText(
            words.fontMetrics().elidedText(self.text, Qt.TextElideMode.ElideRight, words.width())
        )
