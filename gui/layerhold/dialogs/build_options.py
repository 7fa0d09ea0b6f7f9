"""What else `docker build` can be told: labels, cache, network, platform."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QVBoxLayout, QWidget

from layerhold.dialogs.checked_field import CheckedText
from layerhold.dialogs.pull import USUAL
from layerhold.domain.build_inputs import cache_images, labels
from layerhold.domain.builders import Builder

LINES = 2
NETWORKS = ("none", "host")
"""What either builder knows; `default` is what it takes by itself."""


class BuildOptions(QWidget):
    """None of it is needed."""

    changed = Signal()

    def __init__(self, platform: str, parent: QWidget | None = None) -> None:
        """`platform` is the engine's own."""
        super().__init__(parent)
        self.labels = CheckedText(self.tr("&Labels"), labels, "org.opencontainers.image.source=…")
        self.cache_from = CheckedText(self.tr("Cache fro&m"), cache_images, "repository:tag")
        self.network, self.platform = QComboBox(), QComboBox()
        self.no_cache = QCheckBox(self.tr("&No cache"))
        self.always_pull = QCheckBox(self.tr("Always p&ull"))
        self._offer(platform)
        self._place()
        self._connect()

    @property
    def is_right(self) -> bool:
        return not any(field.problem for field in (self.labels, self.cache_from))

    def offer_networks(self, networks: Sequence[str], builder: Builder | None) -> None:
        """BuildKit knows no networks of the engine's."""
        chosen = self.network.currentData()
        self.network.clear()
        self.network.addItem(self.tr("The builder's default"), "")
        named = networks if builder is Builder.CLASSIC else ()
        for each in dict.fromkeys((*NETWORKS, *named)):
            self.network.addItem(each, each)
        self.network.setCurrentIndex(max(0, self.network.findData(chosen)))

    def _offer(self, platform: str) -> None:
        self.offer_networks((), None)
        own = self.tr("The engine's own ({platform})").replace("{platform}", platform)
        self.platform.addItem(own if platform else self.tr("The engine's own"), "")
        for each in USUAL:
            self.platform.addItem(each, each)

    def _place(self) -> None:
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(self.tr("Net&work"), self.network)
        form.addRow(self.tr("&Platform"), self.platform)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        for field in (self.labels, self.cache_from):
            column.addWidget(field)
            field.show_lines(LINES)
        column.addLayout(form)
        column.addWidget(self.no_cache)
        column.addWidget(self.always_pull)
        column.addStretch()

    def _connect(self) -> None:
        self.labels.hint(self.tr("One name=value in a line"))
        self.cache_from.hint(self.tr("Images whose layers may be taken over, one in a line"))
        self.network.setAccessibleName(self.tr("Network"))
        self.network.setToolTip(self.tr("What the commands of RUN can reach"))
        self.platform.setAccessibleName(self.tr("Platform"))
        self.platform.setToolTip(self.tr("For which kind of machine"))
        self.no_cache.setToolTip(self.tr("Build every step anew"))
        self.always_pull.setToolTip(self.tr("Ask registries for newer base images"))
        for field in (self.labels, self.cache_from):
            field.changed.connect(self.changed)
