"""Numbers of bytes as people write them: decimal as Docker prints them, or binary."""

import re

from layerhold.domain.errors import FilterFault, InvalidFilter

EXAMPLES = ("500kB", "100MB", "1.5GB", "1GiB")
_SIZE = re.compile(r"(\d{1,18}(?:\.\d{0,9})?|\.\d{1,9})\s*(?:([kmgt])(i?)b?|b)?", re.IGNORECASE)
_POWERS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}


def parse_size(text: str) -> int:
    """Bytes of `100MB`, `1.5g` or `1GiB`; raises `InvalidFilter`."""
    match = _SIZE.fullmatch(text.strip())
    if not match:
        raise InvalidFilter(text, FilterFault.BAD_VALUE, EXAMPLES)
    number, prefix, binary = match.groups()
    return int(float(number) * (1024 if binary else 1000) ** _POWERS[(prefix or "").lower()])
