"""JSON from outside, as far as we need it."""

from typing import TypeVar

import msgspec

Answer = TypeVar("Answer")


def decode(content: bytes | str, kind: type[Answer]) -> Answer:
    """What the content says; raises `ValueError` where it is nothing of the kind."""
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        # Not as the cause: a decoder quotes what it reads, and that may be a secret.
        raise ValueError(f"no such JSON: {type(error).__name__}") from None
