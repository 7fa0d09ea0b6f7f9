"""Who the user is at a registry; asks the registry before it closes."""

from typing import Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from layerhold.colours import colours
from layerhold.dialogs.checked_field import CheckedField
from layerhold.dialogs.keeper_choice import KeeperChoice
from layerhold.dialogs.sentences import headline, sentence
from layerhold.dialogs.verb_dialog import VerbDialog
from layerhold.domain.login import Login
from layerhold.jobs.job import Job
from layerhold.registry import hosts
from layerhold.registry.places import Keeper, Place
from layerhold.wording import explain
from layerhold.wording.quoting import name

WIDTH = 480
TYPING_MILLISECONDS = 300
"""How long a pause in typing is before we look where the login would be kept."""


class Attempt(Protocol):
    """What the dialog can ask for; both run in the background."""

    def places(self, registry: str) -> Job:
        """Where a login for the registry can be kept: a tuple of `Place`."""

    def log_in(self, login: Login, place: Place) -> Job:
        """Ask the registry, and keep the login."""


class LoginDialog(VerbDialog):
    """Registry, user name, and a password that is never shown."""

    def __init__(
        self, parent: QWidget | None, attempt: Attempt, registry: str = "", usual: str = ""
    ) -> None:
        super().__init__(parent, self.tr("Log in to a registry"), self.tr("&Log in"))
        self._attempt = attempt
        self._job: Job | None = None
        self._looked = ""
        self.registry = CheckedField(self.tr("&Registry"), hosts.typed, self.tr("Docker Hub"))
        self.user, self.secret = QLineEdit(), QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.keeper = KeeperChoice(usual)
        self.failure = sentence()
        self._pause = QTimer(self, singleShot=True, interval=TYPING_MILLISECONDS)
        self._place()
        self._connect()
        self.registry.edit.setText("" if registry == hosts.HUB else registry)
        (self.user if registry else self.registry.edit).setFocus()
        self._look()

    @classmethod
    def ask(
        cls, parent: QWidget | None, attempt: Attempt, registry: str = "", usual: str = ""
    ) -> Keeper | None:
        """What keeps the login now, or `None` if the user changed their mind."""
        dialog = cls(parent, attempt, registry, usual)
        place = dialog.keeper.place if dialog.confirmed() else None
        return place.keeper if place else None

    @property
    def host(self) -> str:
        """The registry, or nothing while what is typed is none."""
        if self.registry.problem:
            return ""
        return str(self.registry.value or hosts.HUB)

    def accept(self) -> None:
        """Ask the registry first."""
        place = self.keeper.place
        if self._job or place is None or not self._complete():
            return
        login = Login(self.host, self.user.text().strip(), _without_line_end(self.secret.text()))
        self._job = job = self._attempt.log_in(login, place)
        job.succeeded.connect(lambda: self.done(self.DialogCode.Accepted))
        job.failed.connect(self._show_failure)
        job.settled.connect(self._settle)
        self.failure.hide()
        self._follow()

    def reject(self) -> None:
        """Ask no more."""
        if self._job:
            self._job.cancel()
        super().reject()

    def _place(self) -> None:
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(self.tr("&User name"), self.user)
        form.addRow(self.tr("&Password or access token"), self.secret)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self.body.addWidget(headline(self.tr("Log in to a registry")))
        self.body.addWidget(self.registry)
        self.body.addLayout(form)
        self.body.addWidget(self.keeper)
        self.body.addWidget(self.failure)
        self.body.addStretch()
        self.failure.hide()
        self.setMinimumWidth(WIDTH)

    def _connect(self) -> None:
        self.registry.hint(self.tr("A host such as registry.example:5000; empty for Docker Hub"))
        self.user.setAccessibleName(self.tr("User name"))
        self.user.setToolTip(self.tr("As the registry knows you"))
        self.secret.setAccessibleName(self.tr("Password or access token"))
        self.secret.setToolTip(self.tr("Goes to the registry and to where logins are kept only"))
        self.registry.changed.connect(self._pause.start)
        self.registry.edit.editingFinished.connect(self._look)
        self._pause.timeout.connect(self._look)
        for changed in (self.registry.changed, self.user.textChanged, self.secret.textChanged):
            changed.connect(self._follow)
        self.keeper.changed.connect(self._follow)

    def _look(self) -> None:
        """Find out where a login for this registry would be kept."""
        self._pause.stop()
        if not self.host or self.host == self._looked:
            return
        self._looked = host = self.host
        job = self._attempt.places(host)
        job.succeeded.connect(lambda places: self._show_places(host, places))
        job.failed.connect(self._show_failure)

    def _show_places(self, host: str, places: tuple[Place, ...]) -> None:
        if host == self._looked:
            self.keeper.show_places(places)

    def _complete(self) -> bool:
        return bool(self.host and self.user.text().strip() and self.secret.text())

    def _follow(self) -> None:
        busy = self._job is not None
        for widget in (self.registry, self.user, self.secret, self.keeper):
            widget.setEnabled(not busy)
        if busy:
            self.allow(self.tr("Asking {registry}…").replace("{registry}", name(self.host)))
        elif self._complete() and self.keeper.place is None:
            self.allow(self.tr("Choose where it shall be kept.") if self.keeper.asks else "")
        else:
            self.allow(None if self._complete() else "")

    def _settle(self) -> None:
        self._job = None
        self._follow()
        if self.isVisible():
            self.secret.setFocus()
            self.secret.selectAll()

    def _show_failure(self, error: Exception) -> None:
        said = explain(error)
        self.failure.setText(f"{said.what} {said.hint}".strip())
        self.failure.setStyleSheet(f"color: {colours().danger}")
        self.failure.show()


def _without_line_end(secret: str) -> str:
    """One may come along when a secret is pasted; `docker login --password-stdin` drops it too."""
    return secret.removesuffix("\n").removesuffix("\r")
