"""What a registry is asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Body(Protocol):
    """What goes along with a request; it may be asked for again where the first time failed."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[bytes]: ...


@dataclass(frozen=True, slots=True)
class Request:
    """One request, about a subject that failures name."""

    path: str
    """Below the registry's host, or a whole URL where the registry itself named it."""
    method: str = "GET"
    scope: str = ""
    """What a token has to allow; tokens are asked for it."""
    subject: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Body | bytes | None = field(default=None, repr=False)
