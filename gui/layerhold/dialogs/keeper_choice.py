"""Where a login will be kept: said where it is configured, else asked."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from layerhold.dialogs.sentences import note
from layerhold.registry.places import Keeper, Place
from layerhold.wording import explain
from layerhold.wording.quoting import name

INDENT = 24


class KeeperChoice(QWidget):
    """Shows nothing until the places are known."""

    changed = Signal()

    def __init__(self, usual: str = "", parent: QWidget | None = None) -> None:
        """`usual` is the value of the `Keeper` that the user chose before."""
        super().__init__(parent)
        self._usual = usual
        self._places: dict[QRadioButton, Place] = {}
        self._shown: tuple[Place, ...] = ()
        self._only: Place | None = None
        self._options: list[QWidget] = []
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.said = note()
        self._column.addWidget(self.said)
        self.said.hide()

    @property
    def place(self) -> Place | None:
        """Where to keep it, once that is decided and possible."""
        if self._only:
            return None if self._only.problem else self._only
        return next((it for button, it in self._places.items() if button.isChecked()), None)

    @property
    def asks(self) -> bool:
        """Whether the user has a choice."""
        return bool(self._places)

    @property
    def options(self) -> tuple[QRadioButton, ...]:
        """The places, to choose from."""
        return tuple(self._places)

    def show_places(self, places: Sequence[Place]) -> None:
        """Offer these, unless they are offered already; a single one is no question."""
        if tuple(places) == self._shown:
            return
        self._shown = tuple(places)
        self._clear()
        self._only = places[0] if len(places) == 1 else None
        if self._only:
            self.say(self._where(self._only))
        elif places:
            self.say(self.tr("Where shall the password be kept?"))
            for place in places:
                self._offer(place)
        self.changed.emit()

    def say(self, text: str) -> None:
        """Say this, and offer nothing."""
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _clear(self) -> None:
        for option in self._options:
            option.deleteLater()
        self._options, self._places = [], {}

    def _offer(self, place: Place) -> None:
        option = QWidget()
        column = QVBoxLayout(option)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(2)
        button, meaning = QRadioButton(self._title(place)), note(self._meaning(place))
        meaning.setContentsMargins(INDENT, 0, 0, 0)
        button.setAccessibleDescription(meaning.text())
        button.setToolTip(meaning.text())
        button.setEnabled(place.problem is None)
        column.addWidget(button)
        column.addWidget(meaning)
        self._column.addWidget(option)
        self._options.append(option)
        self._group.addButton(button)
        self._places[button] = place
        button.setChecked(button.isEnabled() and place.keeper.value == self._usual)
        button.toggled.connect(self.changed)

    def _where(self, place: Place) -> str:
        if place.problem:
            said = explain(place.problem)
            return f"{said.what} {said.hint}"
        text = self.tr("It will be kept by the credential helper “{name}”, as Docker is set up.")
        return text.replace("{name}", name(place.name))

    def _title(self, place: Place) -> str:
        if place.keeper is Keeper.CONFIG:
            return self.tr("In Docker's &configuration file")
        return self.tr("In the desktop's &keyring")

    def _meaning(self, place: Place) -> str:
        if place.problem:
            return explain(place.problem).what
        if place.keeper is Keeper.CONFIG:
            text = self.tr(
                "The docker command uses it too. It is not encrypted: whoever can read {path} "
                "can read it."
            )
            return text.replace("{path}", name(place.name))
        return self.tr("It is encrypted, and only Layerhold uses it.")
