"""All images of the library, ready to be ordered and filtered."""

from collections.abc import Collection, Iterable
from operator import attrgetter
from typing import Any

from layerhold.domain.labels import searchable
from layerhold.library import Library
from layerhold.models.image_entry import Entry
from layerhold.planning.rows import Rows
from layerhold.planning.words import Words, names_of


class Entries:
    """Entries in the library's order, newest first, and the same as parallel lists."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._unread: list[Entry] = []
        self._searchable = False
        self._used: dict[str, Entry] = {}
        self.by_id: dict[str, Entry] = {}
        self.listed: list[Entry] = []
        self.rows = Rows([])
        self.take_images()

    def take_images(self) -> set[Entry]:
        """Follow the library's images; the known entries that are different now."""
        images, entries = self._library.images, self.by_id
        new = [image_id for image_id in images if image_id not in entries]
        entries |= zip(new, map(Entry, map(images.__getitem__, new)), strict=True)
        self.by_id = dict(zip(images, map(entries.__getitem__, images), strict=True))
        self.listed = list(self.by_id.values())
        changed = set[Entry]()
        for entry, image in zip(self.listed, images.values(), strict=True):
            if entry.image is not image:
                entry.show(image)
                changed.add(entry)
        changed |= self.take_users()
        self._measure(self._library.anatomies.keys() & new)
        self._fill()
        return changed

    def take_users(self) -> set[Entry]:
        """Follow the library's containers; the entries that are different now."""
        users = self._library.world.users
        before, by_id = self._used, self.by_id
        self._used = {image_id: by_id[image_id] for image_id in users if image_id in by_id}
        changed = {entry for image_id, entry in self._used.items() if entry.use(users[image_id])}
        freed = (before[image_id] for image_id in before.keys() - self._used.keys())
        changed.update(entry for entry in freed if entry.use(()))
        self.rows.used_by = self._column("used_by")
        return changed

    def take_figures(self, image_ids: Iterable[str]) -> set[Entry]:
        """Follow the library's figures and platforms of these images."""
        changed = self._measure(self.by_id.keys() & image_ids)
        self.rows.figures = self._column("figures")
        self.rows.platforms = self._column("platform")
        return changed

    def read(self, most: int) -> bool:
        """Make some entries searchable by words; whether there are more to do."""
        for entry in self._unread[-most:]:
            entry.names = names_of(entry.image)
            searchable(entry.image.labels)
        del self._unread[-most:]
        if not self._unread and not self._searchable:
            names = [entry.names or "" for entry in self.listed]
            self.rows.words = Words.of(self.rows.images, names)
            self._searchable = True
        return not self._searchable

    def read_all(self) -> None:
        """Make every entry searchable by words."""
        self.read(len(self.listed))

    def here(self, entries: Iterable[Entry]) -> Collection[Entry]:
        """Those that are in the library still."""
        return [entry for entry in entries if self.by_id.get(entry.image.id) is entry]

    def _measure(self, image_ids: Iterable[str]) -> set[Entry]:
        anatomies, figures = self._library.anatomies, self._library.figures
        measured = set[Entry]()
        for image_id in image_ids:
            entry, anatomy = self.by_id[image_id], anatomies.get(image_id)
            entry.platform = anatomy.platform if anatomy else ""
            entry.figures = figures.get(image_id)
            measured.add(entry)
        return measured

    def _fill(self) -> None:
        self._unread = [entry for entry in self.listed if entry.names is None]
        self._searchable = False
        self.rows = Rows(
            self._column("image"),
            used_by=self.rows.used_by,
            platforms=self._column("platform"),
            figures=self._column("figures"),
        )

    def _column(self, fact: str) -> list[Any]:
        """That fact of every entry."""
        return [*map(attrgetter(fact), self.listed)]
