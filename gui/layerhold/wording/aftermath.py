"""What an engine or a registry may still do, or keep, when a job is cancelled."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def of_run() -> str:
    return translate(
        "Aftermath",
        "The engine may have made and started a container all the same; “Used by” shows it then.",
    )


def of_start() -> str:
    return translate("Aftermath", "The engine may start the container all the same.")


def of_stop() -> str:
    return translate(
        "Aftermath",
        "The engine goes on with it: the container stops all the same, sooner or later.",
    )


def of_remove() -> str:
    return translate("Aftermath", "The engine may stop or remove the container all the same.")


def of_commit() -> str:
    return translate(
        "Aftermath", "The engine goes on with it: the image may appear in the list all the same."
    )


def of_import() -> str:
    return translate(
        "Aftermath",
        "The engine has all of it, and may finish it all the same; the list shows it then.",
    )


def of_build() -> str:
    return translate(
        "Aftermath", "The engine was told to stop. The steps that it has built stay in its cache."
    )


def of_tag() -> str:
    return translate("Aftermath", "The engine may give the image its tag all the same.")
