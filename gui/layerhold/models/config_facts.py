"""What an image is set up to do, read from the engine's JSON."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from itertools import islice

from msgspec import Raw
from PySide6.QtCore import QCoreApplication

from layerhold.domain import document
from layerhold.formatting import moment
from layerhold.models.config_health import health
from layerhold.models.config_values import listing, mapping, text, words
from layerhold.models.facts import LONGEST, Fact

translate = QCoreApplication.translate

MOST = 200
"""Labels and variables that are listed; Inspect has them all."""

ABSENT = Raw(b"null")


def config_facts(answer: bytes) -> tuple[Fact, ...]:
    """The facts worth showing, in the order in which people ask; raises `Unreadable`."""
    image = mapping(document.document(answer))
    config = mapping(image.get("Config", ABSENT))
    facts = (*_start(config), *_surroundings(config), *_life(config), *_origin(image))
    return tuple(fact for fact in facts if fact.value or fact.below)


def _start(config: Mapping[str, Raw]) -> Iterator[Fact]:
    none = translate("ConfigFacts", "none")
    entrypoint, command = words(config, "Entrypoint"), words(config, "Cmd")
    yield Fact(translate("ConfigFacts", "Entrypoint"), entrypoint or none, written=bool(entrypoint))
    yield Fact(translate("ConfigFacts", "Command"), command or none, written=bool(command))
    folder = text(config, "WorkingDir") or "/"
    yield Fact(translate("ConfigFacts", "Working directory"), folder, written=True)
    yield Fact(translate("ConfigFacts", "User"), text(config, "User") or "root", written=True)


def _surroundings(config: Mapping[str, Raw]) -> Iterator[Fact]:
    variables = listing(config, "Env")
    title = translate("ConfigFacts", "Environment")
    yield _group(title, map(_variable, variables), len(variables))
    yield _names(translate("ConfigFacts", "Exposed ports"), config, "ExposedPorts")
    yield _names(translate("ConfigFacts", "Volumes"), config, "Volumes")
    labels = mapping(config.get("Labels"))
    named = (_fact(name, labels[name]) for name in sorted(labels))
    yield _group(translate("ConfigFacts", "Labels"), named, len(labels))


def _life(config: Mapping[str, Raw]) -> Iterator[Fact]:
    yield health(mapping(config.get("Healthcheck")))
    yield _written(translate("ConfigFacts", "Stop signal"), text(config, "StopSignal"))
    yield _written(translate("ConfigFacts", "Shell"), words(config, "Shell"))
    triggers = listing(config, "OnBuild")
    numbered = (_fact(str(at), raw) for at, raw in enumerate(triggers, 1))
    yield _group(translate("ConfigFacts", "On build"), numbered, len(triggers))


def _origin(image: Mapping[str, Raw]) -> Iterator[Fact]:
    platform = (text(image, key) for key in ("Os", "Architecture", "Variant"))
    yield Fact(translate("ConfigFacts", "Platform"), "/".join(part for part in platform if part))
    yield Fact(translate("ConfigFacts", "Windows version"), text(image, "OsVersion"))
    yield Fact(translate("ConfigFacts", "Created"), _moment(text(image, "Created")))
    yield Fact(translate("ConfigFacts", "Author"), text(image, "Author"))
    yield Fact(translate("ConfigFacts", "Comment"), text(image, "Comment"))
    yield Fact(translate("ConfigFacts", "Docker version"), text(image, "DockerVersion"))


def _variable(raw: Raw) -> Fact:
    """`NAME=value` as a name and a value."""
    name, _, value = _short(raw).partition("=")
    whole = partial(document.text, raw)
    return Fact(name, value, (), lambda: whole().partition("=")[2], written=True)


def _fact(name: str, raw: Raw) -> Fact:
    return Fact(name, _short(raw), (), partial(document.text, raw), written=True)


def _written(name: str, value: str) -> Fact:
    return Fact(name, value, written=True)


def _names(title: str, config: Mapping[str, Raw], key: str) -> Fact:
    """The keys of an object whose values say nothing."""
    return Fact(title, ", ".join(islice(mapping(config.get(key)), MOST)), written=True)


def _group(title: str, facts: Iterable[Fact], count: int) -> Fact:
    """Many facts below one; beyond what anyone reads they are only counted."""
    shown = list(islice(facts, MOST))
    if more := count - len(shown):
        text_of_more = translate("ConfigFacts", "{count} more are in Inspect").format(count=more)
        shown.append(Fact("…", text_of_more))
    return Fact(title, str(count) if count else "", tuple(shown))


def _short(raw: Raw) -> str:
    return document.beginning(raw, LONGEST * 6 + 2)


def _moment(iso: str) -> str:
    """The engine's time as a local one; nothing where it does not know."""
    try:
        seconds = int(datetime.fromisoformat(iso).timestamp())
    except ValueError:
        return ""
    return moment(seconds) if seconds > 0 else ""
