"""How archives are packed, and for which platform."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QVBoxLayout, QWidget

from layerhold.archives.compression import Compression
from layerhold.colours import colours
from layerhold.dialogs.pull import USUAL
from layerhold.dialogs.sentences import sentence
from layerhold.engine.about import About


class SaveOptions(QWidget):
    """Warns of what the engine itself could not load again."""

    changed = Signal()

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._about = about
        self.compression, self.platform = QComboBox(), QComboBox()
        self.warning = sentence()
        self._place()
        self._offer_compressions()
        self._offer_platforms()
        self._warn()
        self.compression.currentIndexChanged.connect(self._warn)
        self.compression.currentIndexChanged.connect(self.changed)

    @property
    def packing(self) -> Compression:
        """How the archives are to be compressed."""
        chosen: Compression = self.compression.currentData()
        return chosen

    @property
    def wanted_platform(self) -> str:
        """`os/architecture[/variant]`; empty for everything that the engine has."""
        return self.platform.currentData() or ""

    @property
    def is_size_exact(self) -> bool:
        """Whether an archive will be about as large as its layers are told to be."""
        is_plain = self.packing is Compression.NONE
        return is_plain and not self._about.caps.keeps_content

    def _place(self) -> None:
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(self.tr("&Compression"), self.compression)
        form.addRow(self.tr("P&latform"), self.platform)
        form.setRowVisible(self.platform, self._about.caps.saves_platform)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addWidget(self.warning)

    def _offer_compressions(self) -> None:
        box = self.compression
        box.setAccessibleName(self.tr("Compression"))
        box.setToolTip(self.tr("Smaller archives take longer"))
        box.addItem(self.tr("None"), Compression.NONE)
        box.addItem("gzip", Compression.GZIP)
        box.addItem("zstd", Compression.ZSTD)

    def _offer_platforms(self) -> None:
        box = self.platform
        box.setAccessibleName(self.tr("Platform"))
        box.setToolTip(self.tr("Which of an image's platforms to save, where the engine has more"))
        box.addItem(self.tr("All that the engine has"), "")
        for platform in USUAL:
            box.addItem(platform, platform)

    def _warn(self) -> None:
        lost = self.packing is Compression.ZSTD and not self._about.caps.loads_zstd
        text = self.tr("{engine} {version} itself cannot load what is compressed with zstd.")
        said = text.format(engine=self._about.kind.value, version=self._about.version)
        self.warning.setText(said if lost else "")
        self.warning.setStyleSheet(f"color: {colours().care}")
        self.warning.setVisible(lost)
