"""What a person does to the image list, and what the engine does meanwhile."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from fakes import many_images
from layerhold.domain.images import Image
from layerhold.jobs.snapshot import settle


def image(number, *tags, **facts):
    return Image(f"sha256:{number:064x}", tags, created=number, **facts)


def show(library, *images, containers=()):
    library.show(settle(tuple(images), tuple(containers), library.snapshot))


def stock(library, count=400):
    library.show(many_images.snapshot(count))


def click(images, index, modifier=Qt.KeyboardModifier.NoModifier):
    place = images.tree.visualRect(index).center()
    QTest.mouseClick(images.tree.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def click_sign(images, row):
    """The place before a name, where a branch is opened."""
    name = images.tree.visualRect(images.model.index(row, 0))
    place = QPoint(name.x() - 8, name.center().y())
    QTest.mouseClick(images.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)


def press(images, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(images.tree, key, modifier)


def names(images):
    return [entry.image.tags for entry in images.model.shown]
