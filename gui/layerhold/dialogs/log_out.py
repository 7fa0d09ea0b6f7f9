"""Whether to forget a login."""

from PySide6.QtWidgets import QWidget

from layerhold.dialogs.sentences import headline, sentence
from layerhold.dialogs.verb_dialog import VerbDialog
from layerhold.registry.places import KnownLogin
from layerhold.wording.quoting import name

WIDTH = 420


class LogOutDialog(VerbDialog):
    """Enter does the safe thing: it stays logged in."""

    def __init__(self, parent: QWidget | None, login: KnownLogin) -> None:
        super().__init__(parent, self.tr("Log out"), self.tr("Log &out"))
        top = self.tr("Log out of {registry}?").replace("{registry}", name(login.registry))
        self.body.addWidget(headline(top))
        self.body.addWidget(sentence(self._says(login)))
        self.allow(careful=True)
        self.cancel.setFocus()
        self.setMinimumWidth(WIDTH)

    @classmethod
    def ask(cls, parent: QWidget | None, login: KnownLogin) -> bool:
        """Whether to forget it."""
        return cls(parent, login).confirmed()

    def _says(self, login: KnownLogin) -> str:
        if login.place.docker_sees_it:
            return self.tr("The docker command is logged out too: both use the same login.")
        return self.tr("The login is removed from the desktop's keyring.")
