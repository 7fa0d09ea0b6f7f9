"""Why a container was not made, started, read or committed, and what to do then."""

from PySide6.QtCore import QCoreApplication

from layerhold.domain.container_errors import (
    ContainerFault,
    ContainerRefused,
    InvalidChange,
    LogUnreadable,
    NotStarted,
)
from layerhold.domain.digests import short
from layerhold.formatting import visible
from layerhold.wording.failures import Said, explain
from layerhold.wording.quoting import DETAIL_LIMIT, name
from layerhold.wording.run_inputs import instructions, name_rule

translate = QCoreApplication.translate


@explain.register
def _refused(error: ContainerRefused) -> Said:
    what = _what(error.fault) if error.part else _what_unnamed(error.fault)
    detail = visible(error.detail, DETAIL_LIMIT)
    return Said(what.replace("{part}", name(error.part)), _hint(error.fault), detail)


def _what(fault: ContainerFault) -> str:
    return {
        ContainerFault.NAME_TAKEN: translate(
            "Containers", "There is a container called {part} already."
        ),
        ContainerFault.BAD_NAME: translate("Containers", "“{part}” is no name for a container."),
        ContainerFault.PORT_TAKEN: translate(
            "Containers", "Port {part} of the engine's machine is in use already."
        ),
        ContainerFault.BAD_PORT: translate("Containers", "Port {part} cannot be published."),
        ContainerFault.NO_COMMAND: _what_unnamed(ContainerFault.NO_COMMAND),
        ContainerFault.NO_NETWORK: translate("Containers", "There is no network {part}."),
        ContainerFault.NOT_FOUND: translate("Containers", "There is no program {part} in it."),
        ContainerFault.NOT_EXECUTABLE: translate("Containers", "{part} cannot be executed."),
        ContainerFault.NO_USER: translate("Containers", "The image knows no user {part}."),
        ContainerFault.BAD_MOUNT: translate("Containers", "{part} cannot be mounted."),
        ContainerFault.READ_ONLY: translate("Containers", "{part} is on a read-only disk."),
        ContainerFault.RESTARTS_AND_GOES: _what_unnamed(ContainerFault.RESTARTS_AND_GOES),
        ContainerFault.OTHER_PLATFORM: _what_unnamed(ContainerFault.OTHER_PLATFORM),
    }[fault]


def _what_unnamed(fault: ContainerFault) -> str:
    return {
        ContainerFault.NAME_TAKEN: translate("Containers", "Another container has that name."),
        ContainerFault.BAD_NAME: translate("Containers", "That is no name for a container."),
        ContainerFault.PORT_TAKEN: translate(
            "Containers", "A port of the engine's machine is in use already."
        ),
        ContainerFault.BAD_PORT: translate("Containers", "A port cannot be published."),
        ContainerFault.NO_COMMAND: translate("Containers", "The image has no command to run."),
        ContainerFault.NO_NETWORK: translate("Containers", "There is no such network."),
        ContainerFault.NOT_FOUND: translate("Containers", "The program to run is not in it."),
        ContainerFault.NOT_EXECUTABLE: translate("Containers", "The command cannot be executed."),
        ContainerFault.NO_USER: translate("Containers", "The image does not know that user."),
        ContainerFault.BAD_MOUNT: translate("Containers", "A volume cannot be mounted so."),
        ContainerFault.READ_ONLY: translate(
            "Containers", "It would have to write where nothing can be written."
        ),
        ContainerFault.RESTARTS_AND_GOES: translate(
            "Containers", "A container that is removed when it ends cannot be restarted."
        ),
        ContainerFault.OTHER_PLATFORM: translate(
            "Containers", "The image is made for another kind of machine."
        ),
    }[fault]


def _hint(fault: ContainerFault) -> str:
    return {
        ContainerFault.NAME_TAKEN: translate(
            "Containers", "Choose another name, or remove that container first."
        ),
        ContainerFault.BAD_NAME: name_rule(),
        ContainerFault.PORT_TAKEN: translate(
            "Containers", "Choose another port, or stop what uses it."
        ),
        ContainerFault.BAD_PORT: translate(
            "Containers", "Choose one from 1024 to 65535; lower ones may need more rights."
        ),
        ContainerFault.NO_COMMAND: translate("Containers", "Write the command to run."),
        ContainerFault.NO_NETWORK: translate("Containers", "Choose one that is there."),
        ContainerFault.NOT_FOUND: translate(
            "Containers", "Check the command; what needs a shell begins with sh -c."
        ),
        ContainerFault.NOT_EXECUTABLE: translate(
            "Containers", "It may be a folder, or a file without the permission to run."
        ),
        ContainerFault.NO_USER: translate("Containers", "Its /etc/passwd has the users it knows."),
        ContainerFault.BAD_MOUNT: translate(
            "Containers",
            "Both paths are absolute, each target is mounted once, and a file goes onto a file.",
        ),
        ContainerFault.READ_ONLY: translate(
            "Containers", "Choose another folder, or a volume with a name."
        ),
        ContainerFault.RESTARTS_AND_GOES: translate("Containers", "Choose one of the two."),
        ContainerFault.OTHER_PLATFORM: translate(
            "Containers", "Pull it for the engine's own platform, or install emulation (binfmt)."
        ),
    }[fault]


@explain.register
def _not_started(error: NotStarted) -> Said:
    cause = explain(error.cause) if error.cause else Said("")
    what = cause.what or translate("Containers", "The container could not be started.")
    kept = translate("Containers", "The container is still there, as {container}.")
    gone = translate("Containers", "The container was removed again.")
    state = kept.replace("{container}", short(error.container_id)) if error.left else gone
    return Said(what, f"{state} {cause.hint}".strip(), cause.detail)


@explain.register
def _change(error: InvalidChange) -> Said:
    named = translate("Containers", "“{part}” cannot be applied to an image by itself.")
    unnamed = translate("Containers", "A change cannot be applied to an image by itself.")
    what = named.replace("{part}", name(error.part)) if error.part else unnamed
    return Said(what, instructions(), visible(error.detail, DETAIL_LIMIT))


@explain.register
def _no_log(error: LogUnreadable) -> Said:
    what = translate("Containers", "The engine keeps no log of this container.")
    hint = translate("Containers", "Its log driver sends everything elsewhere, or nowhere.")
    return Said(what, hint, visible(error.detail, DETAIL_LIMIT))
