"""How far an operation has come; each snapshot is the whole truth, so some may be skipped."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` in `unit`; a total of `None` is not known."""

    done: int = 0
    total: int | None = None
    unit: str = "items"
    """`bytes` or `items`."""
    subject: str = ""
    """What is being worked on now, such as a reference."""
