"""Everything that an image is called: its tags, and its digests in registries."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject

from layerhold import resources
from layerhold.colours import Role
from layerhold.domain.images import Image
from layerhold.models.flat_list import Column, FlatList
from layerhold.theme import fixed_font

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Name:
    """A tag that can be taken away, or a digest that belongs to the content."""

    reference: str
    tag: bool


def names(image: Image | None) -> list[Name]:
    """Tags first, in the engine's order."""
    if image is None:
        return []
    tags = [Name(reference, tag=True) for reference in image.tags]
    return tags + [Name(reference, tag=False) for reference in image.digests]


def reference_list(parent: QObject) -> FlatList:
    """Two columns: the reference, and what kind it is."""
    return FlatList(
        (
            Column(
                lambda: translate("ReferenceList", "Reference"),
                lambda name: name.reference,
                lambda name: resources.icon("tag" if name.tag else "link", Role.QUIET),
                fixed_font,
            ),
            Column(lambda: translate("ReferenceList", "Kind"), _kind),
        ),
        parent,
    )


def _kind(name: Name) -> str:
    if name.tag:
        return translate("ReferenceList", "Tag")
    return translate("ReferenceList", "Digest")
