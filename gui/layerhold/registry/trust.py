"""What the user excepts one registry from, where a connection would else be refused."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Trust:
    """How much a registry has to prove."""

    authorities: Path | None = None
    """A file with the certificates of its own authority, beside those that everybody trusts."""
    unverified: bool = False
    """Its certificate is not looked at; those of other hosts that it names are."""
    plain: bool = False
    """It may speak HTTP without TLS."""


STRICT = Trust()
"""Nothing is excepted, except that a registry on this very machine may speak plain HTTP."""
