"""Which images the list shows, and in which order: computed on plain data."""

from dataclasses import replace
from itertools import compress
from typing import TYPE_CHECKING

from layerhold.domain.errors import InvalidFilter
from layerhold.models.image_entries import Entries
from layerhold.models.image_entry import Entry
from layerhold.models.image_views import Counts, View, count, members
from layerhold.planning.ordering import Column, order

if TYPE_CHECKING:
    from layerhold.models.matches import Matches
    from layerhold.planning.filters import Filter

ENOUGH = 100
"""Rows that are found at once, which are more than a window shows; the others follow."""
_OF_USERS = frozenset({Column.USED_BY})
_OF_FIGURES = frozenset({Column.SHARED, Column.UNIQUE, Column.PLATFORM})


class Arrangement:
    """What the user wants to see of the entries."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self._matches: Matches | None = None
        self._column, self._descending = Column.CREATED, True
        self._view, self._intermediate = View.ALL, False
        self._filter: Filter | None = None
        self._fault: InvalidFilter | None = None
        self.problem: InvalidFilter | None = None
        """Why the filter hides nothing, if it is unknown or half typed."""
        self.counts = Counts()
        self._order: list[int] = []
        """Numbers of entries in the library's order."""
        self._ordered: list[Entry] = []
        self._members = b""
        """Of those, one byte for each: 1 where the view holds it."""
        self._shown: list[Entry] = []
        self.renew()

    @property
    def view(self) -> View:
        return self._view

    @property
    def intermediate(self) -> bool:
        """Whether intermediate images are shown."""
        return self._intermediate

    @property
    def filtered(self) -> bool:
        """Whether a filter is in force."""
        return self._filter is not None and self.problem is None

    @property
    def complete(self) -> bool:
        """Whether all entries are judged by the filter."""
        wanted = self._filter if self.filtered else None
        return not wanted or self._known().complete(wanted)

    def renew(self) -> None:
        """Follow images that came, went or changed."""
        self._sort()
        self._recount()

    def follow_users(self) -> None:
        """Follow containers that came, went or changed."""
        self._matches = None
        if self._column in _OF_USERS:
            self._sort()
        self._recount()

    def follow_figures(self) -> None:
        """Follow figures and platforms that are new."""
        self._matches = None
        if self._column in _OF_FIGURES:
            self._sort()
            self._regroup()

    def sort(self, column: Column, *, descending: bool) -> None:
        """Order by a column; a tree asks for each order twice."""
        if (column, descending) != (self._column, self._descending):
            self._column, self._descending = column, descending
            self._sort()
            self._regroup()

    def filter(self, text: str) -> None:
        """Show what matches; what cannot be understood becomes `problem` and hides nothing."""
        self._filter, self._fault = None, None
        if self._matches:
            self._matches.make_room()
        if not text.strip():
            return
        # With the first key: the first picture comes sooner without filters.
        from layerhold.planning.filters import parse

        try:
            wanted = parse(text)
        except InvalidFilter as fault:
            self._fault = fault
            return
        if wanted.words or wanted.conditions:
            self._filter = wanted

    def choose(self, view: View, *, intermediate: bool) -> None:
        """Show the images of a view, with or without intermediate ones."""
        self._view, self._intermediate = view, intermediate
        self._recount()

    def shown(self) -> list[Entry]:
        """The entries to show, in order; those that are not judged yet stay as they were."""
        self.problem = self._fault
        flags = self._matching()
        shown, judged = list(compress(self._ordered, flags)), len(flags)
        if judged < len(self._ordered):
            before = set(self._shown)
            rest = compress(self._ordered[judged:], self._members[judged:])
            shown += filter(before.__contains__, rest)
        self._shown = shown
        return shown

    def judge(self) -> None:
        """Judge some more of the entries by the filter."""
        if self._filter and self.filtered:
            self._known().judge(self._filter)

    def _matching(self) -> bytes:
        if self._filter is None:
            return self._members
        try:
            return self._first_among(self._filter)
        except InvalidFilter as fault:
            self.problem = fault
            return self._members

    def _first_among(self, wanted: "Filter") -> bytes:
        """Raise `InvalidFilter` if the last word is half typed and, alone, matches nothing."""
        last = replace(wanted, words=(wanted.unfinished,), conditions=())
        if wanted.unfinished and not any(self._search(last, 1)):
            raise wanted.half_typed()
        return self._search(wanted, ENOUGH)

    def _search(self, wanted: "Filter", enough: int) -> bytes:
        """The flags of the entries that had to be judged to find enough, from the first on."""
        matches = self._known()
        found = matches.among(self._members, wanted)
        while found.count(1) < enough and not matches.complete(wanted):
            matches.judge(wanted)
            found = matches.among(self._members, wanted)
        return found

    def _known(self) -> "Matches":
        if self._matches is None:
            from layerhold.models.matches import Matches

            self._matches = Matches(self._entries, self._order)
        return self._matches

    def _sort(self) -> None:
        self._matches = None
        self._order = order(self._entries.rows, self._column, descending=self._descending)
        self._ordered = [*map(self._entries.listed.__getitem__, self._order)]

    def _recount(self) -> None:
        self.counts = count(self._ordered, intermediate=self._intermediate)
        self._regroup()

    def _regroup(self) -> None:
        self._members = members(self._ordered, self._view, intermediate=self._intermediate)
