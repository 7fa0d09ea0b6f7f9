"""What to save, and to which files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QWidget,
)

from layerhold.archives.compression import Compression
from layerhold.colours import colours
from layerhold.dialogs.save_list import SaveList
from layerhold.dialogs.save_options import SaveOptions
from layerhold.dialogs.save_target import Look, SaveTarget
from layerhold.dialogs.sentences import headline, note, sentence
from layerhold.dialogs.verb_dialog import VerbDialog
from layerhold.domain.digests import short
from layerhold.engine.about import About
from layerhold.formatting import size
from layerhold.library import Library
from layerhold.planning.saving import (
    FileWish,
    Item,
    SaveWish,
    file_name,
    file_names,
    items_of,
    saved_size,
)
from layerhold.planning.targets import Target, WholeImage
from layerhold.wording.counting import listed
from layerhold.wording.quoting import name
from layerhold.wording.saving import counted

WIDTH = 600


@dataclass(frozen=True, slots=True)
class SaveTools:
    """What the dialog can have done."""

    look: Look
    tag: Callable[[str], None]
    """Ask for a tag for the image of that ID, and give it."""


class SaveDialog(VerbDialog):
    """Follows the library, since an image may get its tag while the dialog is open."""

    def __init__(
        self,
        parent: QWidget | None,
        library: Library,
        about: About,
        targets: Sequence[Target],
        folder: Path,
        tools: SaveTools,
    ) -> None:
        super().__init__(parent, self.tr("Save images"), self.tr("&Save"))
        self._library, self._tools = library, tools
        self._image_ids = list(dict.fromkeys(target.image_id for target in targets))
        self.headline, self.list = headline(), SaveList()
        self.untagged, self.give_tag = sentence(), QPushButton(self.tr("&Tag…"))
        self.one, self.each = QRadioButton(self.tr("&One archive")), QRadioButton()
        self.target = SaveTarget(folder, tools.look)
        self.options = SaveOptions(about)
        self.weight, self.lost = note(), sentence()
        self._lost: list[Item] = []
        """What was to be saved, and is no tag of its image any more."""
        self._place()
        self._connect()
        self.list.offer(items_of(library.images, targets), library.images)
        self.target.name.setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        library: Library,
        about: About,
        targets: Sequence[Target],
        folder: Path,
        tools: SaveTools,
    ) -> SaveWish | None:
        """What to save, or `None` if the user changed their mind."""
        dialog = cls(parent, library, about, targets, folder, tools)
        return dialog.wish if dialog.confirmed() else None

    @property
    def wish(self) -> SaveWish | None:
        """What is wished now, while it is right."""
        ticked, target = self.list.ticked, self.target
        if not ticked or not target.is_ready or self._lacking:
            return None
        groups = self._groups()
        files = tuple(
            FileWish(path, items, self._size(items), replaces=target.replaces)
            for path, items in zip(target.paths, groups, strict=True)
        )
        return SaveWish(files, self.options.packing, self.options.wanted_platform)

    def done(self, result: int) -> None:
        """Look at no folder any more."""
        self.target.stop()
        super().done(result)

    def _place(self) -> None:
        shape = QHBoxLayout()
        shape.setSpacing(16)
        shape.addWidget(self.one)
        shape.addWidget(self.each, stretch=1)
        untagged = QHBoxLayout()
        untagged.setSpacing(8)
        untagged.addWidget(self.untagged, stretch=1)
        untagged.addWidget(self.give_tag)
        self.body.addWidget(self.headline)
        self.body.addWidget(self.list, stretch=1)
        self.body.addWidget(self.lost)
        self.body.addLayout(untagged)
        self.body.addLayout(shape)
        self.body.addWidget(self.target)
        self.body.addWidget(self.options)
        self.body.addWidget(self.weight)
        self.setMinimumWidth(WIDTH)

    def _connect(self) -> None:
        self._shape = QButtonGroup(self)
        for button in (self.one, self.each):
            self._shape.addButton(button)
        self.one.setChecked(True)
        self.one.setToolTip(self.tr("Layers that several images share are saved once"))
        self.each.setText(self.tr("One &file for each tag"))
        self.each.setToolTip(self.tr("Each file can be loaded by itself"))
        self.give_tag.setToolTip(self.tr("Give the image a tag first, which is saved too"))
        self._shape.buttonToggled.connect(self._follow)
        self.options.changed.connect(self._follow)
        self.give_tag.clicked.connect(self._tag)
        self.list.changed.connect(self._follow)
        self.target.changed.connect(self._judge)
        self._library.images_changed.connect(self._renew)
        self._library.figures_changed.connect(self._judge)

    def _groups(self) -> list[tuple[Item, ...]]:
        """What goes into which file."""
        ticked = self.list.ticked
        return [(item,) for item in ticked] if self.each.isChecked() else [ticked]

    def _follow(self) -> None:
        ticked, compression = self.list.ticked, self.options.packing
        several = len(ticked) > 1
        for button in (self.one, self.each):
            button.setVisible(several)
        names = [file_name(ticked, compression)] if ticked else []
        if several and self.each.isChecked():
            names = file_names(ticked, compression)
        self.headline.setText(self._say_what(ticked))
        self._show_untagged(ticked)
        self._show_lost()
        self.target.suggest(names, compression)
        self._judge()

    def _say_what(self, ticked: Sequence[Item]) -> str:
        if not ticked:
            return self.tr("Nothing will be saved")
        if len(ticked) == 1:
            called = name(ticked[0].reference)
            return self.tr("Save {name} to a file").replace("{name}", called)
        files = self.each.isChecked()
        text = self.tr("Save {tags} to files") if files else self.tr("Save {tags} to a file")
        return text.replace("{tags}", counted(ticked))

    def _show_untagged(self, ticked: Sequence[Item]) -> None:
        bare = [item.image_id for item in ticked if not item.tag]
        text = self.tr(
            "{image} has no tag. It is saved by its ID, and has no name when it is loaded again."
        )
        if len(bare) > 1:
            text = self.tr(
                "%n images have no tag. They are saved by their IDs, and have no names when they "
                "are loaded again.",
                None,
                len(bare),
            )
        self.untagged.setText(text.replace("{image}", short(bare[0])) if bare else "")
        self.untagged.setStyleSheet(f"color: {colours().care}")
        self.untagged.setVisible(bool(bare))
        self.give_tag.setVisible(len(bare) == 1)

    def _show_lost(self) -> None:
        saved = {item.tag for item in self.list.ticked}
        names = [item.tag for item in self._lost if item.tag not in saved]
        text = self.tr("{names} are no tags of these images any more, and are not saved.")
        if len(names) == 1:
            text = self.tr("{names} is no tag of this image any more, and is not saved.")
        self.lost.setText(text.replace("{names}", listed(names)) if names else "")
        self.lost.setStyleSheet(f"color: {colours().care}")
        self.lost.setVisible(bool(names))

    def _judge(self) -> None:
        wish, total = self.wish, self._total
        text = self.tr("About {size}")
        if self.options.packing is not Compression.NONE:
            text = self.tr("At most about {size}")
        self.weight.setText(text.replace("{size}", size(total)) if total else "")
        reason = self._lacking if self.list.ticked else self.tr("Tick what is to be saved.")
        self.allow(None if wish else reason, careful=self.target.replaces)

    @property
    def _total(self) -> int | None:
        """Bytes of all files before they are packed; `None` where they are not known."""
        sizes = [self._size(items) for items in self._groups()]
        known = [each for each in sizes if each is not None]
        return sum(known) if self.list.ticked and len(known) == len(sizes) else None

    @property
    def _lacking(self) -> str:
        """What there is no room for; empty where it may fit."""
        total, place = self._total, self.target.place
        if not (total and place and self.options.is_size_exact) or total <= place.free:
            return ""
        text = self.tr("There is no room in the folder: {size} are needed, and {free} are free.")
        return text.replace("{size}", size(total)).replace("{free}", size(place.free))

    def _size(self, items: Sequence[Item]) -> int | None:
        return saved_size(self._library.anatomies, items)

    def _tag(self) -> None:
        bare = next((item.image_id for item in self.list.ticked if not item.tag), "")
        if bare:
            self._tools.tag(bare)

    def _renew(self) -> None:
        """What came is ticked where it takes the place of what had no name."""
        before, images = self.list.states(), self._library.images
        had_none = {item.image_id for item, ticked in before.items() if ticked and not item.tag}
        found = items_of(images, map(WholeImage, self._image_ids))
        wished = [*self._lost, *(item for item, ticked in before.items() if ticked and item.tag)]
        self._lost = [item for item in wished if item not in found]
        self.list.offer(
            {item: before.get(item, item.image_id in had_none) for item in found}, images
        )
