"""Which platform this machine is, and which of several suits it best."""

import platform
from collections.abc import Iterable

OS = "linux"
"""What images are for, also where they run in a virtual machine."""
_ARCHITECTURES = {
    "x86_64": "amd64",
    "aarch64": "arm64",
    "armv7l": "arm/v7",
    "armv6l": "arm/v6",
    "i386": "386",
    "i686": "386",
}
_USUAL = {"arm64": "v8", "arm": "v7"}
"""The variants that go without saying."""


def platform_here() -> str:
    """`os/architecture[/variant]` as images say it."""
    machine = platform.machine().lower()
    return f"{OS}/{_ARCHITECTURES.get(machine, machine)}"


def best(platforms: Iterable[str], wished: str) -> str | None:
    """The platform that is just the wished one, else one of the same architecture."""
    known = list(platforms)
    wish = _complete(wished)
    exact = (each for each in known if _complete(each) == wish)
    similar = (each for each in known if _complete(each)[:2] == wish[:2])
    return next(exact, None) or (None if wished.count("/") > 1 else next(similar, None))


def _complete(told: str) -> tuple[str, ...]:
    pieces = tuple(told.split("/"))
    if len(pieces) == 2 and pieces[1] in _USUAL:
        return (*pieces, _USUAL[pieces[1]])
    return pieces
