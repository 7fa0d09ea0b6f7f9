"""HTTP without the library that guesses how texts are encoded, and JSON without one of types."""

import sys
import warnings
from collections.abc import Collection, Sequence
from importlib import import_module
from types import ModuleType

GUESSERS = frozenset({"chardet", "charset_normalizer"})
"""What requests looks for; without any it takes texts for UTF-8, as engines and registries do."""


TYPES = frozenset({"typing_extensions"})
"""What msgspec takes two names from, which `typing` has too; others need it, and not yet."""


class _Refusal:
    """Finds that these libraries are not there."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names

    def find_spec(
        self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> None:
        if name in self._names:
            raise ModuleNotFoundError(f"{name} is left out", name=name)


def import_json() -> None:
    """Import what reads JSON, without 1 MB that it need not have."""
    refusal = _Refusal(TYPES)
    sys.meta_path.insert(0, refusal)
    try:
        import_module("msgspec")
    finally:
        sys.meta_path.remove(refusal)


def leave_out() -> None:
    """Spare the import: 3 MB, and a tenth of the time that the SDK takes to be there."""
    warnings.filterwarnings("ignore", "Unable to find acceptable character detection")
    sys.meta_path.insert(0, _Refusal(GUESSERS))
