"""Names from outside, as they stand inside a sentence: short, visible, and never markup."""

import re

from layerhold.domain.digests import short
from layerhold.formatting import visible

NAME_LIMIT = 120
"""Characters of a name that a sentence can carry."""

DETAIL_LIMIT = 4000
"""Characters of an engine's own words that are worth reading."""

NAMED = 5
"""How many names a sentence carries before it says how many more there are."""

_CONTAINER_ID = re.compile("[0-9a-f]{64}")


def name(subject: str) -> str:
    """A reference, an address, or an ID in its short form."""
    is_id = subject.startswith("sha256:") or _CONTAINER_ID.fullmatch(subject)
    return short(subject) if is_id else visible(subject, NAME_LIMIT)


def tooltip(text: str) -> str:
    """A tooltip that Qt shows letter by letter, although it may look like markup."""
    # Brings the names of 2,000 characters along, and there may never be a tooltip.
    from html import escape

    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>" if text else ""
