"""What is measured, beside what it should be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """What the figures after it are about."""

    text: str
    missed = False

    def __str__(self) -> str:
        return f"\n{self.text}"


@dataclass(frozen=True)
class Figure:
    """A number that is met where it is not above its target."""

    what: str
    number: float
    unit: str
    target: float
    detail: str = ""
    """What the number is made of."""

    @property
    def missed(self) -> bool:
        return self.number > self.target

    def __str__(self) -> str:
        number = f"{self.number:8.2f} {self.unit:2} ≤ {self.target:<6g}"
        return f"  {self.what:42} {number} {'missed' if self.missed else 'met   '} {self.detail}"
