"""The language of the filter field: words, and terms such as `dangling=true` or `size>100MB`."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from layerhold.domain.errors import FilterFault, InvalidFilter
from layerhold.planning.durations import parse_moment
from layerhold.planning.globs import compile_glob
from layerhold.planning.matching import (
    COMPARISONS,
    Age,
    Condition,
    Created,
    Dangling,
    Label,
    Named,
    Platform,
    Size,
    Used,
)
from layerhold.planning.rows import Rows
from layerhold.planning.sizes import parse_size

_FITTING = {
    "age": ("age>30d", "age<2w"),
    "before": ("before=nginx:1.27",),
    "dangling": ("dangling=true", "dangling=false"),
    "label": ("label=maintainer", "label=tier=web", "label!=keep"),
    "platform": ("platform=arm64", "platform=linux/amd64"),
    "reference": ("reference=nginx:1.*", "reference=*/app"),
    "since": ("since=nginx:1.27",),
    "size": ("size>100MB", "size<=1.5GB"),
    "until": ("until=24h", "until=2026-01-31"),
    "used": ("used=yes", "used=no"),
}
KEYS = tuple(_FITTING)
_PIECE = re.compile(r'\s+|"[^"]*"?|[^\s"]+')
_TERM = re.compile(r"([^=<>!]*)(!=|>=|<=|=|>|<)(.*)", re.DOTALL)
LEAST_OF_KEY = 3
"""Letters that make a word the beginning of a key."""
_YES = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


@dataclass(frozen=True, slots=True)
class Filter:
    """What rows must contain and fulfil; an empty one matches everything."""

    words: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    unfinished: str = ""
    """The last word, if it is a key or the beginning of one."""

    def half_typed(self) -> InvalidFilter:
        """What is wrong with the unfinished word where it matches no image."""
        return InvalidFilter(self.unfinished, FilterFault.MISSING_VALUE, _begun(self.unfinished))

    def select(self, rows: Rows, now: float) -> list[int]:
        """The numbers of the rows that match, ascending; `now` in Unix seconds.

        Raises `InvalidFilter` if a term names an image that is not there, or is half typed.
        """
        unfinished = self.unfinished
        every = range(len(rows.images))
        if unfinished and not rows.words.having(unfinished, every):
            raise self.half_typed()
        matchers = [condition.over(rows, now) for condition in self.conditions]
        found = list(every)
        for word in self.words:
            found = rows.words.having(word, found)
        for matches in matchers:
            found = [row for row in found if matches(row)]
        return found


def parse(text: str) -> Filter:
    """Understand what was typed; raises `InvalidFilter` on an unknown or half-typed term."""
    words: list[str] = []
    conditions: list[Condition] = []
    unfinished = ""
    for term, quoted in _terms(text):
        unfinished = "" if quoted or not _begun(term.lower()) else term.lower()
        match = None if quoted else _TERM.fullmatch(term)
        if match:
            conditions.append(_condition(term, *match.groups()))
        elif term:
            words += _searchable(term.lower())
    return Filter(tuple(words), tuple(conditions), unfinished)


def _begun(word: str) -> tuple[str, ...]:
    """Filters that fit the key which a word is or begins; none where it begins no key."""
    if len(word) < LEAST_OF_KEY:
        return ()
    return tuple(example for key in KEYS if key.startswith(word) for example in _FITTING[key])


def _searchable(word: str) -> list[str]:
    """A pasted `repository@sha256:…` in two, since rows keep each digest only once."""
    repository, at, digest = word.partition("@sha256:")
    return [part for part in (repository, f"sha256:{digest}") if part] if at else [word]


def _terms(text: str) -> list[tuple[str, bool]]:
    """Terms without their quotes, and whether they begin with one."""
    terms: list[tuple[str, bool]] = []
    within = False
    for piece in _PIECE.findall(text):
        if piece.isspace():
            within = False
            continue
        plain, quoted = piece.strip('"'), piece.startswith('"')
        if within:
            terms[-1] = (terms[-1][0] + plain, terms[-1][1])
        else:
            terms.append((plain, quoted))
        within = True
    return terms


def _condition(term: str, key: str, comparison: str, value: str) -> Condition:
    key = key.lower()
    if key not in _FITTING:
        raise InvalidFilter(term, FilterFault.UNKNOWN_KEY, KEYS)
    if not value:
        raise InvalidFilter(term, FilterFault.MISSING_VALUE, _FITTING[key])
    try:
        condition = _build(key, comparison, value)
    except InvalidFilter:
        condition = None
    if condition is None:
        raise InvalidFilter(term, FilterFault.BAD_VALUE, _FITTING[key])
    return condition


def _build(key: str, comparison: str, value: str) -> Condition | None:
    """The condition, or `None` if the key cannot be compared in that way or with that value."""
    if key == "size" and comparison in COMPARISONS:
        return Size(comparison, parse_size(value))
    if key == "age" and comparison in COMPARISONS:
        return Age(comparison, parse_moment(value))
    if key == "label" and comparison in {"=", "!="}:
        return Label(value, wanted=comparison == "=")
    build = _EQUALITIES.get(key) if comparison == "=" else None
    return build(value) if build else None


def _dangling(value: str) -> Condition | None:
    return Dangling(_YES[value.lower()]) if value.lower() in _YES else None


def _used(value: str) -> Condition | None:
    return Used(_YES[value.lower()]) if value.lower() in _YES else None


def _platform(value: str) -> Condition | None:
    parts = tuple(value.lower().removesuffix("/").split("/"))
    return Platform(parts) if all(parts) else None


def _named(value: str) -> Condition:
    compile_glob(value)
    return Named(value)


_EQUALITIES: dict[str, Callable[[str], Condition | None]] = {
    "before": lambda value: Created(value, before=True),
    "dangling": _dangling,
    "platform": _platform,
    "reference": _named,
    "since": lambda value: Created(value, before=False),
    "until": lambda value: Age(">=", parse_moment(value)),
    "used": _used,
}
