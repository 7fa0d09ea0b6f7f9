"""What this program is, which version, and on what it stands."""

from platform import python_version

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from layerhold import __version__, resources
from layerhold.dialogs.sentences import headline, note, sentence
from layerhold.engine.about import About as EngineAbout
from layerhold.formatting import visible

ICON_PIXELS = 64
WIDTH = 440


class AboutDialog(QDialog):
    """Its text can be selected, for bug reports."""

    def __init__(self, parent: QWidget | None, engine: EngineAbout | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Layerhold"))
        picture = QLabel()
        picture.setPixmap(resources.application_icon().pixmap(ICON_PIXELS, ICON_PIXELS))
        self.versions = sentence(self._versions(engine))
        self.versions.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_button = QPushButton(self.tr("Close"))

        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(headline(self.tr("Layerhold {version}").format(version=__version__)))
        words.addWidget(
            sentence(self.tr("See, understand and safely remove the images of your engine."))
        )
        words.addWidget(self.versions)
        words.addWidget(note(self.tr("Free software under the MIT licence.")))
        words.addWidget(self.close_button, alignment=Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(16)
        row.addWidget(picture, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, stretch=1)

        self.close_button.setDefault(True)
        self.close_button.setToolTip(self.tr("Back to the window (Enter or Esc)"))
        self.close_button.clicked.connect(self.accept)
        self.setMinimumWidth(WIDTH)

    @classmethod
    def ask(cls, parent: QWidget | None, engine: EngineAbout | None = None) -> None:
        """Show it; there is nothing to decide."""
        dialog = cls(parent, engine)
        dialog.exec()
        dialog.deleteLater()

    def _versions(self, engine: EngineAbout | None) -> str:
        lines = [f"Python {python_version()}", f"Qt {qVersion()}"]
        if engine:
            store = engine.driver or engine.store.value
            api = self.tr("API {version}").replace("{version}", engine.api)
            lines.insert(0, f"{engine.kind.value} {engine.version} ({store}), {api}")
        return "\n".join(visible(line) for line in lines)
