"""Everything about the selected image: a header, and a tab for each way of looking."""

from PySide6.QtCore import QByteArray, QTimer, QUrl, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from layerhold.engine.about import Kind
from layerhold.jobs.describing import Description
from layerhold.library import Difference, Library
from layerhold.views.details.failure_bar import FailureBar
from layerhold.views.details.header import Header
from layerhold.views.details.page import Page
from layerhold.views.details.tabs import Tabs

PATIENCE_MS = 500
"""How long an answer may take before it is worth a word that it is awaited."""


class ImageDetails(QStackedWidget):
    """One image; or, where none or several are selected, a sentence."""

    description_wanted = Signal(str)
    """The ID of the image whose description shall be read."""
    tagging_wanted = Signal(str)
    untagging_wanted = Signal(str, str)
    pushing_wanted = Signal(str, str)
    """The ID of an image, and one of its tags."""
    image_wanted = Signal(str)
    address_wanted = Signal(QUrl)
    """An http or https address that shall be opened in the browser."""
    saving_wanted = Signal(str, bytes)
    """A name for a file, and what shall be in it."""
    container_wanted = Signal(object, object)
    """A `Wish`, and the `Container` that it is about."""
    container_changed = Signal(object)
    """The `Container` that is chosen now, or `None`."""
    copied = Signal(str)
    """What was copied, such as `Value`."""

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Details"))
        self._library = library
        self._image_id = ""
        self._described = False
        self.header = Header(library)
        self.failure = FailureBar()
        self.tabs = Tabs(library)
        self.summary = Page()

        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)

        self._place()
        self._connect()
        self.show_image(None)

    @property
    def image_id(self) -> str:
        """The image that is shown, or an empty text."""
        return self._image_id

    def show_image(self, image_id: str | None) -> None:
        """Show at once what the library knows, and wish for the rest."""
        if not image_id or image_id not in self._library.images:
            hint = self.tr("Select an image to see what it is made of.")
            self.show_selection(hint if self._library.images else " ")
            return
        if image_id == self._image_id:
            return
        self._image_id, self._described = image_id, False
        self.tabs.clear()
        self._show_known()
        self.tabs.look()
        self.setCurrentWidget(self._body)
        self._ask()

    def show_selection(self, text: str) -> None:
        """Say something about a selection of several images, or of none."""
        self._image_id, self._described = "", False
        self.failure.hide()
        self.tabs.clear()
        self.summary.say(text)
        self.setCurrentWidget(self.summary)

    def show_description(self, description: Description) -> None:
        """Show the rest, unless another image is shown by now."""
        if description.image_id == self._image_id:
            self._described = True
            self.failure.hide()
            self.tabs.show_description(description)

    def show_failure(self, image_id: str, text: str, hint: str = "") -> None:
        """Say that the description could not be read, unless another image is shown by now."""
        if image_id == self._image_id:
            self._patience.stop()
            self.failure.say(text, hint)
            if not self._described:
                self.tabs.show_nothing()

    def prepare(self) -> None:
        """Make the open tab, so that the first image that is selected need not wait for it."""
        self.tabs.look()

    def open_tab(self, name: str) -> bool:
        """Show a tab by its name; whether there is one."""
        return self.tabs.open_tab(name)

    def state(self) -> QByteArray:
        """Which tab is open, and how wide the columns are."""
        return self.tabs.state()

    def restore(self, state: QByteArray) -> None:
        """Put tab and columns where they were; what cannot be read is left as it is."""
        self.tabs.restore(state)

    def _place(self) -> None:
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.header, self.failure, self.tabs):
            column.addWidget(part)
        column.setStretchFactor(self.tabs, 1)
        self.addWidget(self.summary)
        self.addWidget(self._body)

    def _connect(self) -> None:
        library, tabs, header = self._library, self.tabs, self.header
        library.images_changed.connect(self._follow)
        library.connection_changed.connect(self._meet)
        library.containers_changed.connect(self._refresh)
        library.figures_changed.connect(self._refresh)
        self.failure.retry_wanted.connect(self._ask)
        self._patience.timeout.connect(self._tell_waiting)
        header.pushing_wanted.connect(lambda tag: self.pushing_wanted.emit(self._image_id, tag))
        header.tags_wanted.connect(tabs.open_tags)
        header.users_wanted.connect(tabs.open_users)
        parts = tabs.parts
        parts.tagging_wanted.connect(lambda: self.tagging_wanted.emit(self._image_id))
        for part in (header, parts):
            part.untagging_wanted.connect(
                lambda tag: self.untagging_wanted.emit(self._image_id, tag)
            )
            part.copied.connect(self.copied)
        parts.image_wanted.connect(self.image_wanted)
        parts.address_wanted.connect(self.address_wanted)
        parts.saving_wanted.connect(self.saving_wanted)
        parts.container_wanted.connect(self.container_wanted)
        for changed in (parts.container_changed, tabs.currentChanged):
            changed.connect(lambda: self.container_changed.emit(tabs.container))

    def _meet(self) -> None:
        """Podman's images are pulled with Podman's command."""
        about = self._library.connection.about
        podman = about is not None and about.kind is Kind.PODMAN
        self.tabs.parts.use("podman" if podman else "docker")
        self.tabs.show_engine(about)

    def _ask(self) -> None:
        self.failure.hide()
        self._patience.start()
        self.description_wanted.emit(self._image_id)

    def _tell_waiting(self) -> None:
        if self._image_id and not self._described:
            self.tabs.show_waiting()

    def _follow(self, difference: Difference) -> None:
        """The engine's JSON names the tags, so it is read again when they change."""
        if self._image_id in difference.removed:
            self.show_selection(self.tr("This image has been removed."))
        elif self._image_id in difference.changed:
            self._show_known()
            self.description_wanted.emit(self._image_id)

    def _refresh(self) -> None:
        if self._image_id in self._library.images:
            self._show_known()

    def _show_known(self) -> None:
        image = self._library.images[self._image_id]
        self.header.show_image(image)
        self.tabs.show_image(image, self._library.users(image.id))
