"""Numbers of things, in the language's own plural."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from layerhold.wording.quoting import NAMED, name

translate = QCoreApplication.translate


def images(count: int) -> str:
    if count == 1:
        return translate("Counting", "1 image")
    return translate("Counting", "%n images", None, count)


def tags(count: int) -> str:
    if count == 1:
        return translate("Counting", "1 tag")
    return translate("Counting", "%n tags", None, count)


def containers(count: int) -> str:
    if count == 1:
        return translate("Counting", "1 container")
    return translate("Counting", "%n containers", None, count)


def layers(count: int) -> str:
    if count == 1:
        return translate("Counting", "1 layer")
    return translate("Counting", "%n layers", None, count)


def jobs(count: int) -> str:
    if count == 1:
        return translate("Counting", "1 job")
    return translate("Counting", "%n jobs", None, count)


def items(count: int) -> str:
    if count == 1:
        return translate("Counting", "1 item")
    return translate("Counting", "%n items", None, count)


def listed(names: Sequence[str], limit: int = NAMED) -> str:
    """`web, db and 3 more`."""
    shown = ", ".join(name(each) for each in names[:limit])
    if (rest := len(names) - limit) <= 0:
        return shown
    more = translate("Counting", "{names} and {count} more")
    return more.format(names=shown, count=rest)
