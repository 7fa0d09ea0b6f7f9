"""The few facts about an image that are seen at a glance, in one line."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from layerhold.theme import fixed_font
from layerhold.views.details.buttons import word_button
from layerhold.wording.quoting import tooltip

SPACING = 20


class Glance(QWidget):
    """A quiet title and a value."""

    def __init__(self, title: str, font: QFont | None = None) -> None:
        super().__init__()
        self.said = False
        """Whether there is anything to show."""
        self.value = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.value.setAccessibleName(title)
        if font:
            self.value.setFont(font)
        heading = QLabel(title)
        heading.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(heading)
        row.addWidget(self.value)

    def say(self, text: str, tip: str = "") -> None:
        self.value.setText(text)
        self.setToolTip(tooltip(tip))
        self.said = bool(text)

    def append(self, button: QToolButton) -> None:
        """Put a button behind the value."""
        layout = self.layout()
        if layout is not None:
            layout.addWidget(button)


class Glances(QWidget):
    """ID, size, age, platform and users."""

    users_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.id = Glance(self.tr("ID"), fixed_font())
        self.weight = Glance(self.tr("Size"))
        self.created = Glance(self.tr("Created"))
        self.platform = Glance(self.tr("Platform"))
        self.users = Glance(self.tr("Used by"))
        self.leader = word_button("", self.tr("Show the containers"))
        self.users.append(self.leader)
        self.users.value.hide()
        self.leader.setStyleSheet("padding: 1px 4px; color: palette(link);")
        self.leader.clicked.connect(self.users_wanted)

        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        for glance in self._all():
            row.addWidget(glance)
        row.addStretch()
        # A narrow pane leaves some out instead of forcing the window to be wide.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def hold(self, copier: QToolButton) -> None:
        """Put the button that copies behind the ID."""
        copier.setStyleSheet("padding: 2px;")
        self.id.append(copier)
        QWidget.setTabOrder(copier, self.leader)

    def show_id(self, text: str, whole: str) -> None:
        self.id.say(text, whole)

    def show_size(self, text: str) -> None:
        self.weight.say(text)

    def show_created(self, text: str, exact: str) -> None:
        self.created.say(text, exact)

    def show_platform(self, text: str) -> None:
        self.platform.say(text)

    def show_users(self, text: str, names: str) -> None:
        """Say how many containers there are; a click leads to them."""
        self.users.said = bool(text)
        self.leader.setText(text)
        self.leader.setAccessibleName(self.tr("Used by {count}").format(count=text))
        self.leader.setToolTip(tooltip(names))

    def fit(self) -> None:
        """Show what there is room for; the ID, the size and the users always stay."""
        room = self.width()
        shown = [glance for glance in self._all() if glance.said]
        for spare in (self.platform, self.created):
            if sum(glance.sizeHint().width() + SPACING for glance in shown) > room:
                shown = [glance for glance in shown if glance is not spare]
        for glance in self._all():
            glance.setVisible(glance in shown)

    def _all(self) -> tuple[Glance, ...]:
        return self.id, self.weight, self.created, self.platform, self.users

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
