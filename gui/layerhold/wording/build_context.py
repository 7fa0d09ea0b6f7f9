"""What of a folder would be sent to a builder."""

from PySide6.QtCore import QCoreApplication

from layerhold.domain.builders import Limit
from layerhold.domain.building import ContextSummary
from layerhold.formatting import size
from layerhold.wording.counting import files, items, listed
from layerhold.wording.quoting import name

NAMED = 2
"""How many paths a warning names."""
translate = QCoreApplication.translate


def summed(summary: ContextSummary, limits: frozenset[Limit]) -> str:
    """`12 files, 3.4 MB are sent`, or how many at most."""
    text = translate("BuildContext", "At most {files}, {size} are sent: what the steps need.")
    if Limit.WHOLE_CONTEXT in limits:
        text = translate("BuildContext", "{files}, {size} are sent.")
    return text.replace("{files}", files(summary.files)).replace("{size}", size(summary.bytes))


def left_out(summary: ContextSummary) -> str:
    """What is not sent, and why."""
    if summary.ignore_file is None:
        return translate("BuildContext", "There is no .dockerignore: everything is sent.")
    text = translate("BuildContext", "{items} left out by {file}.")
    called = name(summary.ignore_file.name)
    return text.replace("{items}", items(summary.left_out)).replace("{file}", called)


def warnings(summary: ContextSummary, limits: frozenset[Limit]) -> tuple[str, ...]:
    """What will not arrive, or stop the build."""
    found = []
    if summary.unreadable:
        text = translate(
            "BuildContext",
            "{path} cannot be read, which stops the build. Change the permissions, or leave it out "
            "with a line in .dockerignore.",
        )
        found.append(text.replace("{path}", listed(summary.unreadable, NAMED)))
    if summary.skipped:
        text = translate("BuildContext", "Sockets arrive as empty files: {path}.")
        if Limit.WHOLE_CONTEXT in limits:
            text = translate("BuildContext", "Sockets cannot be sent: {path}.")
        found.append(text.replace("{path}", listed(summary.skipped, NAMED)))
    return tuple(found)
