"""What stands in the image list when no image does: why, and the next step."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from layerhold import resources
from layerhold.colours import Role
from layerhold.jobs.snapshot import NOTHING
from layerhold.library import Library
from layerhold.models.image_tree import ImageTree
from layerhold.models.image_views import View
from layerhold.views.image_tree_view import ImageTreeView
from layerhold.wording.abilities import Ability, lack

SIGN = 40


class EmptyList(QWidget):
    """Lies over the rows while there are none."""

    filter_removal_wanted = Signal()
    view_wanted = Signal(object)
    pull_wanted = Signal()

    def __init__(self, library: Library, images: ImageTree, tree: ImageTreeView) -> None:
        super().__init__(tree.viewport())
        self._library, self._images, self._tree = library, images, tree
        self._sign = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.title = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._hint = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._clear = QPushButton(self.tr("Clear the filter"))
        self._all = QPushButton(self.tr("Show all images"))
        self._pull = QPushButton(self.tr("Pull an image…"))

        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        for label in (self._sign, self.title, self._hint):
            column.addWidget(label)
        for button in (self._clear, self._all, self._pull):
            column.addWidget(button, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

        self._dress()
        self._connect()
        self.follow()

    def follow(self) -> None:
        """Say why no image is to be seen, or make way for the rows."""
        empty = not self._images.shown
        if empty:
            name, title, hint = self._told()
            self._sign.setPixmap(resources.icon(name, Role.QUIET).pixmap(SIGN, SIGN))
            self.title.setText(title)
            self._hint.setText(hint)
            self._hint.setVisible(bool(hint))
            self._clear.setVisible(self._images.filtered)
            self._all.setVisible(self._images.view is not View.ALL)
            self._pull.setVisible(self._is_engine_empty)
            self._cover()
        self.setVisible(empty)

    @property
    def _is_engine_empty(self) -> bool:
        """Whether no filter and no view hides anything."""
        images, known = self._images, self._library.snapshot is not NOTHING
        return known and not images.filtered and images.view is View.ALL

    def _told(self) -> tuple[str, str, str]:
        """Icon, what is so, and what to do about it."""
        if self._library.snapshot is NOTHING:
            return "image", self.tr("Reading images…"), ""
        if self._images.filtered:
            hint = self.tr("Try fewer words, or another filter.")
            return "search", self.tr("No image matches the filter"), hint
        match self._images.view:
            case View.IN_USE:
                hint = self.tr("No container was made from an image here.")
                return "container", self.tr("No images in use"), hint
            case View.UNUSED:
                hint = self.tr("Every image here has a container that needs it.")
                return "success", self.tr("No unused images"), hint
            case View.DANGLING:
                hint = self.tr("Every image here has a tag.")
                return "success", self.tr("No dangling images"), hint
            case View.ALL:
                hint = self.tr("Pull one from a registry, build one, or load one from a file.")
                if lack(self._library.connection.about, Ability.BUILD):
                    hint = self.tr("Pull one from a registry, or load one from a file.")
                return "image", self.tr("No images yet"), hint

    def _dress(self) -> None:
        font = self.title.font()
        font.setPointSizeF(font.pointSizeF() * 1.25)
        self.title.setFont(font)
        self._hint.setForegroundRole(self._hint.palette().ColorRole.PlaceholderText)
        self._clear.setToolTip(self.tr("Take back the filter, and show all images of the view"))
        self._all.setToolTip(self.tr("Leave the view, and show all images"))
        self._pull.setToolTip(self.tr("Bring an image from a registry"))

    def _connect(self) -> None:
        self._clear.clicked.connect(self.filter_removal_wanted)
        self._all.clicked.connect(lambda: self.view_wanted.emit(View.ALL))
        self._pull.clicked.connect(self.pull_wanted)
        self._images.rearranged.connect(self.follow)
        self._library.listed.connect(self.follow)
        self._library.images_changed.connect(self.follow)
        self._library.connection_changed.connect(self.follow)
        self._tree.resized.connect(self._cover)

    def _cover(self) -> None:
        self.setGeometry(self._tree.viewport().rect())
