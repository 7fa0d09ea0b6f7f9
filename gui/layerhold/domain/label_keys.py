"""The keys of labels, which thousands of images have in common."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from weakref import WeakValueDictionary


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Keys:
    """Made once for all labels that have the same keys in the same order."""

    names: tuple[str, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)
    """Which of the values belongs to a key."""
    text: bytes = b""
    """Each between line ends, in small letters; for words to search."""
    form: bytes = b"%b"
    """The same as `key=%b` for values in their order."""


NO_KEYS = Keys()

_known: WeakValueDictionary[bytes, Keys] = WeakValueDictionary()


def keys_of(lines: bytes) -> Keys:
    """The keys that these lines are, in ASCII."""
    keys = _known.get(lines)
    if keys is None:
        names, small = lines.decode().split("\n"), lines.lower()
        form = b"\n%b=%%b\n" % b"=%b\n".join(small.replace(b"%", b"%%").split(b"\n"))
        places = {name: place for place, name in enumerate(names)}
        keys = _known[lines] = Keys(tuple(names), places, b"\n%b\n" % small, form)
    return keys
