"""How images are called in the index of a store, by us and by other programs.

The names that an OCI layout allows (image spec, annotations, `org.opencontainers.image.ref.name`)
are fewer than those that Docker does: `a__b:1-` is none of them. Runs of signs that it does not
allow are written as `+`, their bytes in hexadecimal, and `+` where more follows; no reference has a
`+` of its own. A run at the very beginning, which is a `[` as in `[::1]:5000/a`, has a `0` before
it.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256

from layerhold.archives.documents import FULL_NAME, REF_NAME
from layerhold.domain.errors import InvalidReference
from layerhold.domain.references import Reference, parse

TRUE_NAME = "io.layerhold.reference"
"""The reference itself, where the other annotation has it escaped."""
ORIGIN = "io.layerhold.digest"
"""`repository@digest` by which a registry knows the image that has the name."""
OURS = frozenset((REF_NAME, FULL_NAME, TRUE_NAME, ORIGIN))
_RUN = re.compile(r"[^A-Za-z0-9/]+")
_ALLOWED = frozenset(("-", ".", "_", ":", "@", "+", "--"))
_ESCAPED = re.compile(r"(?:^0(?=\+5b))?\+((?:[0-9a-f]{2})+)(?:\+|(?=/)|$)")
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
_NO_TAG = re.compile(r"[^A-Za-z0-9_.-]")
_REMEMBERED = 1 << 14
"""Names; every look at an index asks for all of them again."""
_LONGEST = 1000
"""Characters of an escaped name."""


def annotations(reference: Reference | None, origin: Reference | None = None) -> dict[str, str]:
    """What names an image in an index, and says what a registry calls it."""
    named: dict[str, str] = {}
    if reference:
        named[REF_NAME] = escaped(reference.full)
        if named[REF_NAME] != reference.full:
            named[TRUE_NAME] = reference.full
    return named | ({ORIGIN: origin.full} if origin else {})


def reference_in(told: Mapping[str, object], folder: str) -> Reference | None:
    """What an entry's annotations call it; a bare tag is one of the folder that it is in."""
    written, full = _text(told, REF_NAME), _text(told, FULL_NAME)
    for name in (_true_name(told, written), full, unescaped(written)):
        if name and (":" in name or "/" in name) and (found := _parsed(name)):
            return found
    return _of_folder(written, folder) if written else None


def origin_in(told: Mapping[str, object]) -> Reference | None:
    """`repository@digest`, where a registry knows the image by it."""
    found = _parsed(_text(told, ORIGIN))
    return found if found and found.digest else None


def escaped(name: str) -> str:
    """The name as an OCI layout allows it; different for different references."""
    return _RUN.sub(_escape, name)


def unescaped(name: str) -> str:
    """The name that was escaped."""
    return _ESCAPED.sub(lambda found: bytes.fromhex(found[1]).decode(errors="replace"), name)


def _escape(run: re.Match[str]) -> str:
    text, whole = run[0], run.string
    starts = run.start() == 0 or whole[run.start() - 1] == "/"
    ends = run.end() == len(whole) or whole[run.end()] == "/"
    if text in _ALLOWED and text != "+" and not starts and not ends:
        return text
    return f"{'0' if starts else ''}+{text.encode().hex()}{'' if ends else '+'}"


def _true_name(told: Mapping[str, object], written: str) -> str:
    """Ours, unless another program has renamed the entry since."""
    name = _text(told, TRUE_NAME)
    return name if name and escaped(name) == written else ""


def _text(told: Mapping[str, object], key: str) -> str:
    value = told.get(key)
    return value[:_LONGEST] if isinstance(value, str) else ""


@lru_cache(_REMEMBERED)
def _parsed(name: str) -> Reference | None:
    try:
        return parse(name)
    except InvalidReference:
        return None


def _of_folder(written: str, folder: str) -> Reference:
    """A name without a repository, or one that is no reference, so that it can be shown at all."""
    tag = written
    if not _TAG.fullmatch(written):
        mark = sha256(written.encode(errors="replace")).hexdigest()[:8]
        tag = f"{_NO_TAG.sub('-', written)[:100].lstrip('-.') or 'name'}-{mark}"
    path = re.sub(r"[^a-z0-9]+", "-", folder.lower()).strip("-") or "layout"
    return Reference("localhost", path[:100], tag)
