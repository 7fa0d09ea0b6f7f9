"""How a container of an image tells that it is well."""

from collections.abc import Iterator, Mapping

from msgspec import Raw
from PySide6.QtCore import QCoreApplication

from layerhold.domain import document
from layerhold.formatting import duration
from layerhold.models.config_values import listing, text, words
from layerhold.models.facts import Fact

translate = QCoreApplication.translate

NANOSECONDS = 1_000_000_000
SECONDS_OF_A_MINUTE = 60


def health(check: Mapping[str, Raw]) -> Fact:
    """The command, and below it how often it runs and how long it may take."""
    title = translate("ConfigFacts", "Health check")
    kind, *rest = [document.beginning(raw, 4000) for raw in listing(check, "Test")] or [""]
    if kind == "NONE":
        return Fact(title, translate("ConfigFacts", "switched off"))
    command = rest[0] if kind == "CMD-SHELL" and len(rest) == 1 else words(check, "Test")
    return Fact(title, command, tuple(_timing(check)), written=True) if kind else Fact(title)


def _timing(check: Mapping[str, Raw]) -> Iterator[Fact]:
    for name, key in (
        (translate("ConfigFacts", "Interval"), "Interval"),
        (translate("ConfigFacts", "Timeout"), "Timeout"),
        (translate("ConfigFacts", "Start period"), "StartPeriod"),
        (translate("ConfigFacts", "Start interval"), "StartInterval"),
    ):
        nanoseconds = text(check, key)
        if nanoseconds.isdecimal() and int(nanoseconds):
            yield Fact(name, _span(int(nanoseconds) / NANOSECONDS))
    if (retries := text(check, "Retries")) not in {"", "0"}:
        yield Fact(translate("ConfigFacts", "Retries"), retries)


def _span(seconds: float) -> str:
    """As it was probably written: `30 s`, `1.5 s`, `5 min 0 s`."""
    return f"{seconds:g} s" if seconds < SECONDS_OF_A_MINUTE else duration(seconds)
