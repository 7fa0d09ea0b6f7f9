"""Why an archive cannot be used, why none could be written, and what to do then."""

from PySide6.QtCore import QCoreApplication

from layerhold.domain.archive_errors import (
    ArchiveFailure,
    ArchiveFault,
    FileInTheWay,
    FolderGone,
    ImageDamaged,
    NoRoom,
)
from layerhold.formatting import size, visible
from layerhold.wording.failures import Said, explain
from layerhold.wording.quoting import DETAIL_LIMIT, name

translate = QCoreApplication.translate


@explain.register
def _archive(error: ArchiveFailure) -> Said:
    what = _what(error.fault).replace("{path}", name(error.path))
    return Said(what, _hint(error.fault), visible(error.detail, DETAIL_LIMIT))


@explain.register
def _in_the_way(error: FileInTheWay) -> Said:
    what = translate("Archives", "{path} is there already.").replace("{path}", name(error.path))
    return Said(what, translate("Archives", "Choose another name, or allow that it is replaced."))


@explain.register
def _folder_gone(error: FolderGone) -> Said:
    what = translate("Archives", "The folder {path} is not there.").replace(
        "{path}", name(error.path)
    )
    return Said(what, translate("Archives", "Choose another folder, or make that one again."))


@explain.register
def _damaged(error: ImageDamaged) -> Said:
    named = translate("Archives", "What the engine keeps of {subject} is damaged.")
    unnamed = translate("Archives", "What the engine keeps of one of the images is damaged.")
    what = named.replace("{subject}", name(error.subject)) if error.subject else unnamed
    hint = translate("Archives", "Pull or build the image again, then save it.")
    return Said(what, hint, visible(error.detail, DETAIL_LIMIT))


@explain.register
def _no_room(error: NoRoom) -> Said:
    what = translate("Archives", "There is no room for {path}.").replace("{path}", name(error.path))
    hint = translate("Archives", "Make room on the disk, or choose a folder on another one.")
    return Said(what, f"{_room(error)}{hint}", visible(error.detail, DETAIL_LIMIT))


def _room(error: NoRoom) -> str:
    if error.needed is None or error.free is None:
        return ""
    text = translate("Archives", "It needs {needed}, and {free} are free.")
    return f"{text.format(needed=size(error.needed), free=size(error.free))} "


def _what(fault: ArchiveFault) -> str:
    return {
        ArchiveFault.NOT_FOUND: translate("Archives", "{path} is not there."),
        ArchiveFault.NO_PERMISSION: translate("Archives", "You are not allowed to read {path}."),
        ArchiveFault.FOLDER: translate("Archives", "The folder {path} holds no images."),
        ArchiveFault.NOT_A_FILE: translate("Archives", "{path} is neither a file nor a folder."),
        ArchiveFault.UNREADABLE: translate("Archives", "{path} could not be read."),
        ArchiveFault.CHANGED: translate("Archives", "{path} changed while it was in use."),
        ArchiveFault.NOT_AN_ARCHIVE: translate("Archives", "{path} is no archive of images."),
        ArchiveFault.EMPTY: translate("Archives", "There is no image in {path}."),
        ArchiveFault.FILE_SYSTEM: translate(
            "Archives", "{path} is a root file system, not an archive of images."
        ),
        ArchiveFault.UNSUPPORTED_COMPRESSION: translate(
            "Archives", "{path} is compressed in a way that Layerhold cannot read."
        ),
        ArchiveFault.TRUNCATED: translate("Archives", "The end of {path} is missing."),
        ArchiveFault.CORRUPT: translate("Archives", "{path} is damaged."),
        ArchiveFault.WRONG_DIGEST: translate(
            "Archives", "{path} is damaged: what is in it is not what it says is in it."
        ),
        ArchiveFault.MISSING_PART: translate("Archives", "A part of {path} is missing."),
        ArchiveFault.UNUSABLE_IMAGE: translate(
            "Archives", "An image in {path} is not one that an engine can use."
        ),
        ArchiveFault.ENGINE_ERROR_INSIDE: translate(
            "Archives", "{path} is not complete: the engine failed while it was saving."
        ),
        ArchiveFault.TOO_LARGE: translate("Archives", "{path} holds more than an archive may."),
        ArchiveFault.HOSTILE: translate("Archives", "{path} is made to do harm, and was refused."),
    }[fault]


def _hint(fault: ArchiveFault) -> str:
    another = translate("Archives", "Choose a file that docker save or skopeo copy made.")
    fetch = translate("Archives", "Copy or download it again, or save the image once more.")
    return {
        ArchiveFault.NOT_FOUND: translate("Archives", "Look whether it was moved or renamed."),
        ArchiveFault.NO_PERMISSION: translate(
            "Archives", "Ask its owner, or change its permissions with chmod."
        ),
        ArchiveFault.FOLDER: translate(
            "Archives", "Choose an archive, or the folder with index.json of an OCI layout."
        ),
        ArchiveFault.NOT_A_FILE: another,
        ArchiveFault.UNREADABLE: translate(
            "Archives", "Look whether its disk is still there and in order."
        ),
        ArchiveFault.CHANGED: translate(
            "Archives", "Wait until whatever writes it has finished, then try again."
        ),
        ArchiveFault.NOT_AN_ARCHIVE: another,
        ArchiveFault.EMPTY: translate("Archives", "Save the image again, by its tag."),
        ArchiveFault.FILE_SYSTEM: translate("Archives", "Import it instead; that makes an image."),
        ArchiveFault.UNSUPPORTED_COMPRESSION: translate(
            "Archives", "Decompress it first with the program that compressed it."
        ),
        ArchiveFault.TRUNCATED: fetch,
        ArchiveFault.CORRUPT: fetch,
        ArchiveFault.WRONG_DIGEST: fetch,
        ArchiveFault.MISSING_PART: fetch,
        ArchiveFault.UNUSABLE_IMAGE: translate("Archives", "Leave that image out."),
        ArchiveFault.ENGINE_ERROR_INSIDE: translate(
            "Archives", "Pull or build the image anew, then save it again."
        ),
        ArchiveFault.TOO_LARGE: translate("Archives", "Save fewer images into one archive."),
        ArchiveFault.HOSTILE: translate("Archives", "Do not load it; ask where it came from."),
    }[fault]
