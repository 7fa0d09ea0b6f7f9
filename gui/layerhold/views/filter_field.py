"""The field that filters images."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QMoveEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from layerhold import resources, wording
from layerhold.colours import Role
from layerhold.domain.errors import InvalidFilter
from layerhold.views.filter_message import GAP, FilterMessage
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
LEAST_TYPED = 2
"""Characters of a word that are needed to guess at a filter."""
PAUSE_MILLISECONDS = 250
"""Completions are offered to who stops to think, not to who types on."""
_OF_COMPLETIONS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape})
"""Keys that a completer sees only if the field ignores them."""
_FOR_A_MOMENT = frozenset({Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason})
"""Why the field loses the keyboard and soon has it again."""


class FilterField(QLineEdit):
    """Words and filters; Down goes to the list, Escape clears."""

    list_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message: FilterMessage | None = None
        self._completer: QCompleter | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MILLISECONDS)

        self.setAccessibleName(self.tr("Filter images"))
        self.setPlaceholderText(self.tr("Filter images: nginx size>100MB"))
        self.setToolTip(
            self.tr("Words of repository, tag, ID, digest and labels, and filters such as")
            + ' used=no, age>30d, label=tier=web; "in quotes" all is words (Ctrl+F)'
        )
        self._search = self.addAction(
            resources.icon("search", Role.QUIET), self.ActionPosition.LeadingPosition
        )
        self._search.setText(self.tr("Search"))
        self._search.triggered.connect(self.seek)

        self.textEdited.connect(self._pause.start)
        self._pause.timeout.connect(self._offer)

    def furnish(self) -> None:
        """Make what the first picture can do without."""
        self.setClearButtonEnabled(True)
        clear = self.findChild(QAction, "_q_qlineeditclearaction")
        if isinstance(clear, QAction):
            clear.setText(self.tr("Clear the filter"))

    @property
    def message(self) -> FilterMessage:
        """Made when first needed, as most filters are right."""
        if self._message is None:
            self._message = FilterMessage(self)
            self._doubt = QAction(resources.icon("warning", Role.CARE), "", self)
            self._doubt.triggered.connect(self._tell_again)
        return self._message

    def show_problem(self, problem: InvalidFilter | None) -> None:
        """Say below the field what is wrong, or that nothing is."""
        said = wording.explain(problem) if problem else None
        text = f"{said.what} {said.hint}".strip() if said else ""
        message = self.message
        message.say(text)
        self.setAccessibleDescription(text)
        self._doubt.setToolTip(tooltip(text))
        if said:
            self.addAction(self._doubt, self.ActionPosition.TrailingPosition)
        else:
            self.removeAction(self._doubt)
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

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever goes on to the list wants to see it; the sign in the field stays."""
        super().focusOutEvent(event)
        if self._message and event.reason() not in _FOR_A_MOMENT:
            self._message.hide()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        if self._message:
            self._message.follow()

    def _tell_again(self) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.message.say(self.message.text)

    def _offer(self) -> None:
        """Show the filters that begin like the word before the cursor."""
        completer, word = self._completer or self._make_completer(), self._word()
        completer.setCompletionPrefix(word)
        offered = completer.completionCount()
        if len(word) >= LEAST_TYPED and offered and completer.currentCompletion() != word:
            shown = self._message if self._message and self._message.isVisible() else None
            told = shown.height() + 2 * GAP if shown else 0
            completer.complete(self.rect().adjusted(0, 0, 0, told))
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
        # The cells of the one that Qt would make know nothing of the style sheet.
        popup = QListView()
        popup.setObjectName("completions")
        popup.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        completer.setPopup(popup)
        return completer

    def _complete(self, completion: str) -> None:
        end = self.cursorPosition()
        self.setSelection(end - len(self._word()), len(self._word()))
        self.insert(completion)

    def _word(self) -> str:
        return self.text()[: self.cursorPosition()].rpartition(" ")[2]
