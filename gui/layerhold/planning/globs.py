"""Patterns as Docker's `reference` filter takes them: Go's `path.Match`."""

import re
from functools import lru_cache

from layerhold.domain.errors import FilterFault, InvalidFilter
from layerhold.domain.references import DEFAULT_REGISTRY, OFFICIAL

EXAMPLES = ("nginx", "nginx:1.*", "*/app", "[a-c]*:latest")
_PIECE = re.compile(
    r"(?P<star>\*)|(?P<any>\?)|\[(?P<negated>\^?+)(?P<ranges>(?:\\.|[^\]\\])+)\]|\\(?P<escaped>.)"
    r"|(?P<plain>[^*?\[\\])",
    re.DOTALL,
)
_HUB = f"(?:{re.escape(DEFAULT_REGISTRY)}/(?:{re.escape(OFFICIAL)})?+)?"
"""Podman prints names of Docker Hub with their registry."""
_RANGE = re.compile(r"(\\.|[^\\-])(?:-(\\.|[^\\-]))?", re.DOTALL)


@lru_cache(maxsize=64)
def compile_glob(pattern: str) -> re.Pattern[str]:
    """`*` and `?` match all but `/`; raises `InvalidFilter` where Go says "syntax error".

    As Docker does, it matches a whole reference, or all of it before the tag or digest.
    """
    pieces, position = [], 0
    while position < len(pattern):
        match = _PIECE.match(pattern, position)
        if not match:
            raise InvalidFilter(pattern, FilterFault.BAD_VALUE, EXAMPLES)
        pieces.append(_regex(pattern, match))
        position = match.end()
    return re.compile(f"{_HUB}(?:{''.join(pieces)})(?:@.*|:[^:/@]*(?:@.*)?)?", re.DOTALL)


def _regex(pattern: str, match: re.Match[str]) -> str:
    if match["star"]:
        return "[^/]*"
    if match["any"]:
        return "[^/]"
    if match["ranges"]:
        ranges = _ranges(pattern, match["ranges"])
        return f"[{match['negated']}{ranges}]" if ranges else "." if match["negated"] else "(?!)"
    return re.escape(match["escaped"] or match["plain"])


def _ranges(pattern: str, ranges: str) -> str:
    found, position = [], 0
    while position < len(ranges):
        match = _RANGE.match(ranges, position)
        if not match:
            raise InvalidFilter(pattern, FilterFault.BAD_VALUE, EXAMPLES)
        low, high = (end and end[-1] for end in match.groups())
        if high is None:
            found.append(re.escape(low))
        elif low <= high:
            found.append(f"{re.escape(low)}-{re.escape(high)}")
        position = match.end()
    return "".join(found)
