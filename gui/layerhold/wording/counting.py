"""Numbers of things, in the language's own plural."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from layerhold.wording.quoting import NAMED, name

translate = QCoreApplication.translate


def grouped(sentence: str, count: int) -> str:
    """The sentence with its number written in groups of three digits, as in the lists."""
    return sentence.replace(str(count), f"{count:,}", 1)


def images(count: int) -> str:
    if count == 1:
        return translate("Counting", "1 image")
    return grouped(translate("Counting", "%n images", None, count), count)


def tags(count: int) -> str:
    if count == 1:
        return translate("Counting", "1 tag")
    return grouped(translate("Counting", "%n tags", None, count), count)


def containers(count: int) -> str:
    if count == 1:
        return translate("Counting", "1 container")
    return grouped(translate("Counting", "%n containers", None, count), count)


def layers(count: int) -> str:
    if count == 1:
        return translate("Counting", "1 layer")
    return grouped(translate("Counting", "%n layers", None, count), count)


def jobs(count: int) -> str:
    if count == 1:
        return translate("Counting", "1 job")
    return grouped(translate("Counting", "%n jobs", None, count), count)


def files(count: int) -> str:
    if count == 1:
        return translate("Counting", "1 file")
    return grouped(translate("Counting", "%n files", None, count), count)


def items(count: int) -> str:
    if count == 1:
        return translate("Counting", "1 item")
    return grouped(translate("Counting", "%n items", None, count), count)


def listed(names: Sequence[str], limit: int = NAMED) -> str:
    """`web, db and 3 more`."""
    shown = ", ".join(name(each) for each in names[:limit])
    if (rest := len(names) - limit) <= 0:
        return shown
    more = translate("Counting", "{names} and {count} more")
    return more.format(names=shown, count=f"{rest:,}")
