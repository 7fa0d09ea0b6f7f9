"""Which engines there are, and what each of them says."""

from collections.abc import Iterable

from layerhold.domain.errors import Failure
from layerhold.engine.about import About, Endpoint

Answered = tuple[Endpoint, About | Failure | None]
"""An engine, and what it says about itself or why it does not, as far as that is known."""


def with_shown(
    engines: Iterable[Answered], shown: Endpoint | None, about: About | None
) -> tuple[Answered, ...]:
    """The engine that is shown counts by what it said to us, and comes first if nobody named it."""
    every = tuple(engines)
    if shown is None:
        return every
    if all(place.url != shown.url for place, _answer in every):
        return ((shown, about), *every)
    return tuple(
        (place, about or answer if place.url == shown.url else answer) for place, answer in every
    )
