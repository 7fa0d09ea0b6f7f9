"""Why a store cannot be used, and what to do then."""

from PySide6.QtCore import QCoreApplication

from layerhold.domain.store_errors import StoreFailure, StoreFault
from layerhold.formatting import visible
from layerhold.wording.failures import Said, explain
from layerhold.wording.quoting import DETAIL_LIMIT, name

translate = QCoreApplication.translate


@explain.register
def _store(error: StoreFailure) -> Said:
    subject = name(error.subject) if error.subject else translate("Stores", "The store")
    what = _what(error.fault).replace("{path}", subject)
    return Said(what, _hint(error.fault), visible(error.detail, DETAIL_LIMIT))


def _what(fault: StoreFault) -> str:
    return {
        StoreFault.NOT_A_FOLDER: translate("Stores", "{path} is not a folder."),
        StoreFault.NOT_A_STORE: translate("Stores", "The folder {path} holds no images."),
        StoreFault.NEWER: translate(
            "Stores", "{path} is of a version that Layerhold does not know."
        ),
        StoreFault.DAMAGED: translate("Stores", "{path} is damaged."),
        StoreFault.TOO_LARGE: translate("Stores", "{path} lists more than a store may hold."),
        StoreFault.HOSTILE: translate(
            "Stores", "{path} is a link or a device where a folder or a file belongs."
        ),
        StoreFault.NO_PERMISSION: translate("Stores", "You are not allowed to use {path}."),
        StoreFault.READ_ONLY: translate("Stores", "Nothing can be written to {path}."),
        StoreFault.BUSY: translate("Stores", "Another program holds on to {path}."),
        StoreFault.UNREADABLE: translate("Stores", "{path} could not be read or written."),
    }[fault]


def _hint(fault: StoreFault) -> str:
    another = translate("Stores", "Choose an empty folder, or one with an OCI layout.")
    return {
        StoreFault.NOT_A_FOLDER: another,
        StoreFault.NOT_A_STORE: another,
        StoreFault.NEWER: translate("Stores", "Use the program that made it."),
        StoreFault.DAMAGED: translate(
            "Stores", "Bring back a copy of it, or choose another folder."
        ),
        StoreFault.TOO_LARGE: another,
        StoreFault.HOSTILE: translate(
            "Stores", "Nothing was read or written there; ask who made the folder."
        ),
        StoreFault.NO_PERMISSION: translate(
            "Stores", "Ask its owner, or change its permissions with chmod."
        ),
        StoreFault.READ_ONLY: translate("Stores", "Choose a folder on another disk."),
        StoreFault.BUSY: translate("Stores", "Wait until it has finished, then try again."),
        StoreFault.UNREADABLE: translate(
            "Stores", "Look whether its disk is still there and in order."
        ),
    }[fault]
