"""Whether to remove a container."""

from PySide6.QtWidgets import QWidget

from layerhold.dialogs.sentences import headline, sentence
from layerhold.dialogs.verb_dialog import VerbDialog
from layerhold.domain.containers import Container
from layerhold.wording.quoting import name

WIDTH = 440


class RemoveContainerDialog(VerbDialog):
    """Enter does the safe thing: it stays."""

    def __init__(self, parent: QWidget | None, container: Container) -> None:
        super().__init__(parent, self.tr("Remove container"), self.tr("&Remove"))
        top = self.tr("Remove the container {name}?").replace("{name}", name(container.name))
        self.body.addWidget(headline(top))
        self.body.addWidget(sentence(self._says(container)))
        self.verb.setProperty("danger", True)
        self.allow(careful=True)
        self.cancel.setFocus()
        self.setMinimumWidth(WIDTH)

    @classmethod
    def ask(cls, parent: QWidget | None, container: Container) -> bool:
        """Whether to remove it."""
        return cls(parent, container).confirmed()

    def _says(self, container: Container) -> str:
        lost = self.tr("What it has written outside of volumes is lost.")
        if container.state.holds_firmly:
            return f"{self.tr('It runs, and is stopped first.')} {lost}"
        return lost
