"""The tab that shows the engine's own words: JSON as a tree and as text."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from layerhold.domain import document
from layerhold.domain.digests import short
from layerhold.domain.document import Path, Unreadable
from layerhold.domain.document_search import MOST, matches
from layerhold.formatting import visible
from layerhold.jobs.describing import Description
from layerhold.models.json_tree import JsonTree
from layerhold.views.details.inspect_bar import InspectBar
from layerhold.views.details.json_text import JsonText
from layerhold.views.details.json_view import JsonView
from layerhold.views.details.page import Page
from layerhold.views.details.slices import Slices

LONGEST_ODD_ANSWER = 100_000
"""Characters that are shown of an answer that is no JSON."""


class Inspect(QWidget):
    """A bar for searching and choosing above the tree or the text."""

    copied = Signal(str)
    saving_wanted = Signal(str, bytes)
    """A name for the file, and what shall be in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = InspectBar()
        self.tree = JsonView(self.tr("Inspect"), JsonTree(self))
        self.text = JsonText(self.tr("Inspect as text"))
        self._shown: Description | None = None
        self._found: list[Path] = []
        self._at = -1
        self._search = Slices(self._find, self)

        self._place()
        self._connect()
        self.clear()

    @property
    def sentence(self) -> str:
        """What is said instead of the document; empty while there is one."""
        return self._page.sentence

    def show_description(self, description: Description) -> None:
        """Show the JSON; the same one again changes nothing."""
        if self._shown == description:
            return
        self._shown = description
        self._page.say("")
        self.bar.setEnabled(True)
        try:
            self.tree.json.show(document.document(description.inspect))
        except Unreadable:
            self._show_odd(description.inspect)
            return
        self.tree.reopen()
        self._choose()
        self._look(self.bar.search.field.text())

    def clear(self, sentence: str = "") -> None:
        """Show nothing but a sentence."""
        self._page.say(sentence)
        self._shown = None
        self._search.stop()
        self.tree.json.clear()
        self.text.clear()
        self.bar.setEnabled(False)

    def _place(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self.text)
        self._page = Page()
        self._page.hold(self._stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._page)
        self.setFocusProxy(self.tree)

    def _connect(self) -> None:
        self.bar.search.words_changed.connect(self._look)
        self.bar.search.next_wanted.connect(lambda: self._go(1))
        self.bar.search.previous_wanted.connect(lambda: self._go(-1))
        self.bar.chosen.connect(self._choose)
        self.bar.copier.clicked.connect(self._copy_all)
        self.bar.saver.clicked.connect(self._save)
        self.tree.copied.connect(self.copied)
        self._search.advanced.connect(self._count)
        self._search.finished.connect(self._count)

    def _choose(self) -> None:
        """Show the tree or the text; the text is only written when it is shown."""
        as_text = self.bar.as_text
        self._stack.setCurrentWidget(self.text if as_text else self.tree)
        self.setFocusProxy(self.text if as_text else self.tree)
        root = self.tree.json.root
        if as_text and root is not None:
            self.text.show_document(root)

    def _show_odd(self, answer: bytes) -> None:
        """What is no JSON can only be shown as text."""
        self.tree.json.clear()
        self._stack.setCurrentWidget(self.text)
        words = answer[:LONGEST_ODD_ANSWER].decode(errors="replace")
        said = self.tr("The engine's answer is not JSON that Layerhold can read:")
        shown = "\n".join(visible(line) for line in words.split("\n"))
        self.text.show_plain(f"{said}\n\n{shown}")

    def _look(self, words: str) -> None:
        """Search from the beginning."""
        self._found, self._at = [], -1
        root = self.tree.json.root
        if words and root is not None:
            self._search.start(matches(root, words))
        else:
            self._search.stop()
            self._count()

    def _find(self, path: Path | None) -> None:
        if path is not None:
            self._found.append(path)
            if len(self._found) == 1:
                self._go(1)

    def _go(self, step: int) -> None:
        if not self._found:
            return
        self._at = (self._at + step) % len(self._found)
        if self.bar.as_text:
            self.text.find_next(self.bar.search.field.text(), backward=step < 0)
        else:
            self.tree.show_place(self._found[self._at])
        self._count()

    def _count(self) -> None:
        words, total = self.bar.search.field.text(), len(self._found)
        if not words:
            text = ""
        elif total:
            more = "+" if total == MOST or self._search.running else ""
            at = self._at + 1
            text = self.tr("{at} of {total}").format(at=f"{at:,}", total=f"{total:,}{more}")
        else:
            text = self.tr("Searching…") if self._search.running else self.tr("No match")
        self.bar.search.show_count(text, matches=total > 0)

    def _copy_all(self) -> None:
        if self._shown:
            QGuiApplication.clipboard().setText(self._whole())
            self.copied.emit(self.tr("Document"))

    def _save(self) -> None:
        if self._shown:
            name = f"{short(self._shown.image_id)}.json"
            self.saving_wanted.emit(name, self._whole().encode(errors="replace"))

    def _whole(self) -> str:
        root = self.tree.json.root
        if root is not None:
            return document.text(root)
        return self._shown.inspect.decode(errors="replace") if self._shown else ""

    def event(self, event: QEvent) -> bool:
        # The window has Ctrl+F for the list of images; here it means the document.
        if event.type() == QEvent.Type.ShortcutOverride and self._wish(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match self._wish(event):
            case "find":
                self.bar.search.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self.bar.search.field.selectAll()
            case "next":
                self._go(1)
            case "previous":
                self._go(-1)
            case _:
                super().keyPressEvent(event)

    def _wish(self, event: QEvent) -> str:
        keys = QKeySequence.StandardKey
        if isinstance(event, QKeyEvent):
            for key, wish in (
                (keys.Find, "find"),
                (keys.FindNext, "next"),
                (keys.FindPrevious, "previous"),
            ):
                if event.matches(key):
                    return wish
        return ""
