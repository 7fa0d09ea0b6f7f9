"""Which images the list shows, and in which order: computed on plain data."""

from layerhold.domain.errors import InvalidFilter
from layerhold.models.image_entries import Entries
from layerhold.models.image_entry import Entry
from layerhold.models.image_views import Counts, View, count, members
from layerhold.models.matches import Matches
from layerhold.planning.filters import Filter, parse
from layerhold.planning.ordering import Column, order

NO_FILTER = Filter()
_OF_USERS = frozenset({Column.USED_BY})
_OF_FIGURES = frozenset({Column.SHARED, Column.UNIQUE, Column.PLATFORM})


class Arrangement:
    """What the user wants to see of the entries."""

    def __init__(self, entries: Entries) -> None:
        self._entries, self._matches = entries, Matches(entries)
        self._column, self._descending = Column.CREATED, True
        self._view, self._intermediate = View.ALL, False
        self._filter = NO_FILTER
        self._fault: InvalidFilter | None = None
        self.problem: InvalidFilter | None = None
        """Why the filter hides nothing, if it is unknown or half typed."""
        self.counts = Counts()
        self._order: list[int] = []
        self._members = bytearray()
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
        return self._filter != NO_FILTER and self.problem is None

    def renew(self) -> None:
        """Follow images that came, went or changed."""
        self._matches.forget()
        self._sort()
        self._recount()

    def follow_users(self) -> None:
        """Follow containers that came, went or changed."""
        self._matches.forget()
        if self._column in _OF_USERS:
            self._sort()
        self._recount()

    def follow_figures(self) -> None:
        """Follow figures and platforms that are new."""
        self._matches.forget()
        if self._column in _OF_FIGURES:
            self._sort()

    def sort(self, column: Column, *, descending: bool) -> None:
        """Order by a column; a tree asks for each order twice."""
        if (column, descending) != (self._column, self._descending):
            self._column, self._descending = column, descending
            self._sort()

    def filter(self, text: str) -> None:
        """Show what matches; what cannot be understood becomes `problem` and hides nothing."""
        self._filter, self._fault = NO_FILTER, None
        try:
            self._filter = parse(text)
        except InvalidFilter as fault:
            self._fault = fault

    def choose(self, view: View, *, intermediate: bool) -> None:
        """Show the images of a view, with or without intermediate ones."""
        self._view, self._intermediate = view, intermediate
        self._recount()

    def shown(self) -> list[Entry]:
        """The entries to show, in order."""
        self.problem = self._fault
        listed, flags = self._entries.listed, self._matching()
        return [listed[number] for number in self._order if flags[number]]

    def _matching(self) -> bytes | bytearray:
        if self._filter == NO_FILTER:
            return self._members
        try:
            self._check_last_word()
            return self._matches.among(self._members, self._filter)
        except InvalidFilter as fault:
            self.problem = fault
            return self._members

    def _check_last_word(self) -> None:
        """Raise `InvalidFilter` if it begins like a filter and, alone, matches nothing."""
        word = self._filter.unfinished
        if word and not any(self._matches.among(self._members, Filter((word,)))):
            raise self._filter.half_typed()

    def _sort(self) -> None:
        self._order = order(self._entries.rows, self._column, descending=self._descending)

    def _recount(self) -> None:
        listed, intermediate = self._entries.listed, self._intermediate
        self.counts = count(listed, intermediate=intermediate)
        self._members = members(listed, self._view, intermediate=intermediate)
