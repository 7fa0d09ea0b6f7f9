"""The headers of lists and tables."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QTableView, QTreeView


def name_header(rows: QTreeView | QTableView) -> None:
    """Let assistive technology say whose columns they are."""
    header = rows.header() if isinstance(rows, QTreeView) else rows.horizontalHeader()
    said = QCoreApplication.translate("Headers", "Columns of “{list}”")
    header.setAccessibleName(said.replace("{list}", rows.accessibleName()))
