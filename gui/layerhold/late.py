"""Imports that are made when what they bring is first used."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

ACTIONS = "layerhold.actions."


@contextmanager
def late_actions() -> Iterator[None]:
    """Import modules of actions in here, and none of their parts.

    With their dialogs and jobs they take megabytes, and most of them are not used on most days.
    """
    finder = _Late()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _Late:
    """Other threads may import something else meanwhile.

    It has no base class, because `importlib.abc` would bring all about resources along.
    """

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if name.startswith(ACTIONS) else None
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec
