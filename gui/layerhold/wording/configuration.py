"""What is wrong with Docker's configuration, and what it comes to."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from layerhold.domain.errors import (
    ConfigProblem,
    Failure,
    UnknownContext,
    UnusableChoice,
    UnusableContext,
)
from layerhold.engine.about import Endpoint
from layerhold.formatting import visible
from layerhold.wording.counting import listed
from layerhold.wording.failures import Said, explain
from layerhold.wording.quoting import DETAIL_LIMIT, NAME_LIMIT, name

translate = QCoreApplication.translate


@explain.register
def _config(error: ConfigProblem) -> Said:
    what = translate("Configuration", "The configuration file {path} cannot be used")
    hint = translate("Configuration", "Correct such a file or move it away, then look again.")
    detail = visible(error.detail, DETAIL_LIMIT)
    because = f": {visible(error.detail, NAME_LIMIT)}" if detail else ""
    return Said(f"{what.replace('{path}', name(error.path))}{because}.", hint, detail)


@explain.register
def _context(error: UnknownContext) -> Said:
    what = translate("Configuration", "There is no Docker context “{name}”.")
    known = translate("Configuration", "There are: {names}.")
    none = translate("Configuration", "There is none at all; docker context create makes one.")
    hint = known.replace("{names}", listed(error.known)) if error.known else none
    return Said(what.replace("{name}", name(error.name)), hint)


@explain.register
def _current(error: UnusableContext) -> Said:
    what = translate("Configuration", "The current Docker context “{name}” cannot be used.")
    why = explain(error.why)
    return Said(what.replace("{name}", name(error.name)), why.what, why.detail)


@explain.register
def _choice(error: UnusableChoice) -> Said:
    what = translate("Configuration", "The engine “{name}”, which you chose last, does not serve.")
    why = explain(error.why)
    return Said(what.replace("{name}", name(error.name)), why.what, why.detail)


def doubts(failures: Sequence[Failure], shown: Endpoint | None) -> Said:
    """Several of these in one, with the engine that is shown nevertheless."""
    said = [explain(failure) for failure in failures]
    told = []
    for number, each in enumerate(said):
        told.append(each.what)
        if all(each.hint != later.hint for later in said[number + 1 :]):
            told.append(each.hint)
    if shown and isinstance(failures[0], UnusableChoice | UnusableContext):
        instead = translate("Configuration", "Layerhold shows {engine} instead.")
        told.append(instead.replace("{engine}", visible(shown.name, 60)))
    return Said(told[0], " ".join(filter(None, told[1:])))
