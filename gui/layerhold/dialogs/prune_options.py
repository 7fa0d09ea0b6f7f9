"""Which unused images are to go."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QRadioButton, QWidget

from layerhold.dialogs.checked_field import CheckedField
from layerhold.domain.errors import FilterFault, InvalidFilter
from layerhold.planning.durations import parse_duration
from layerhold.planning.prune import Prune


class PruneOptions(QWidget):
    """Announces every change; a field that is wrong says why and counts for nothing."""

    changed = Signal()

    def __init__(self, *, containers: bool = True) -> None:
        """Without containers, every image is unused."""
        super().__init__()
        self.dangling = QRadioButton(self.tr("&Dangling images only"))
        self.all_unused = QRadioButton(self.tr("&All unused images"))
        self._containers = containers
        if not containers:
            self.all_unused.setText(self.tr("&All images"))
        self.older_than = CheckedField(self.tr("&Older than"), _age, self.tr("such as 24h or 30d"))
        self.labels = CheckedField(self.tr("&Label"), _labels, self.tr("key or key=value, …"))
        self.not_labels = CheckedField(
            self.tr("&Not label"), _labels, self.tr("key or key=value, …")
        )

        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.addWidget(self.dangling, 0, 0)
        grid.addWidget(self.all_unused, 0, 1)
        for column, field in enumerate((self.older_than, self.labels, self.not_labels)):
            grid.addWidget(field, 1, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, 1)

        self._explain()
        self._connect()

    @property
    def prune(self) -> Prune | None:
        """What is wished, or `None` while a field is wrong."""
        fields = (self.older_than, self.labels, self.not_labels)
        if any(field.problem for field in fields):
            return None
        return Prune(
            all_unused=self.all_unused.isChecked(),
            older_than=self.older_than.value,
            labels=self.labels.value or (),
            not_labels=self.not_labels.value or (),
        )

    def _explain(self) -> None:
        self.dangling.setChecked(True)
        self.dangling.setToolTip(self.tr("Images that have lost their last tag"))
        self.all_unused.setToolTip(
            self.tr("Tagged images too, if no container uses them")
            if self._containers
            else self.tr("Tagged images too")
        )
        self.older_than.hint(self.tr("Only images that were created longer ago"))
        self.labels.hint(self.tr("Only images that have all of these labels"))
        self.not_labels.hint(self.tr("No image that has one of these labels"))

    def _connect(self) -> None:
        self.all_unused.toggled.connect(self.changed)
        for field in (self.older_than, self.labels, self.not_labels):
            field.changed.connect(self.changed)


def _age(text: str) -> float:
    return parse_duration(text)


def _labels(text: str) -> tuple[str, ...]:
    labels = tuple(part.strip() for part in text.split(",") if part.strip())
    for label in labels:
        if label.startswith("="):
            raise InvalidFilter(label, FilterFault.BAD_VALUE, ("stage", "stage=build"))
    return labels
