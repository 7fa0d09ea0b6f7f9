"""What is wrong with what was typed to run a container."""

from PySide6.QtCore import QCoreApplication

from layerhold.domain.container_errors import InputFault, InvalidInput
from layerhold.wording.failures import Said, explain
from layerhold.wording.quoting import name

translate = QCoreApplication.translate


@explain.register
def _input(error: InvalidInput) -> Said:
    part = name(error.part or error.text)
    return Said(_wrong(error.fault).replace("{part}", part), _right(error.fault))


def _wrong(fault: InputFault) -> str:
    return {
        InputFault.BAD_PORT: translate("RunInputs", "“{part}” is no port."),
        InputFault.BAD_ADDRESS: translate("RunInputs", "“{part}” is no IP address."),
        InputFault.BAD_PROTOCOL: translate("RunInputs", "“{part}” is no protocol of ports."),
        InputFault.RANGES_DIFFER: translate(
            "RunInputs", "“{part}” has another number of ports than the container's side."
        ),
        InputFault.BAD_VOLUME: translate("RunInputs", "“{part}” is no volume."),
        InputFault.NOT_ABSOLUTE: translate("RunInputs", "“{part}” is not an absolute path."),
        InputFault.BAD_VOLUME_NAME: translate("RunInputs", "“{part}” is no name of a volume."),
        InputFault.BAD_OPTION: translate("RunInputs", "“{part}” is no option of a volume."),
        InputFault.BAD_VARIABLE: translate("RunInputs", "“{part}” is no variable."),
        InputFault.BAD_NAME: translate("RunInputs", "“{part}” is no name for a container."),
        InputFault.OPEN_QUOTE: translate("RunInputs", "A quote in “{part}” does not end."),
        InputFault.BAD_INSTRUCTION: translate(
            "RunInputs", "“{part}” cannot be applied to an image by itself."
        ),
        InputFault.NO_ARGUMENT: translate("RunInputs", "Nothing follows “{part}”."),
        InputFault.NO_VALUE: translate("RunInputs", "“{part}” has no value."),
        InputFault.BAD_EXPOSED: translate("RunInputs", "“{part}” is no port to listen at."),
    }[fault]


def _right(fault: InputFault) -> str:
    volume = translate("RunInputs", "Write source:target or source:target:ro, such as data:/data.")
    port = translate("RunInputs", "Write host:container, such as 8080:80 or 127.0.0.1:8080:80.")
    return {
        InputFault.BAD_PORT: port,
        InputFault.BAD_ADDRESS: port,
        InputFault.BAD_PROTOCOL: translate("RunInputs", "It is tcp, udp or sctp."),
        InputFault.RANGES_DIFFER: translate("RunInputs", "Write as many on either side."),
        InputFault.BAD_VOLUME: volume,
        InputFault.NOT_ABSOLUTE: translate("RunInputs", "Begin it with a slash."),
        InputFault.BAD_VOLUME_NAME: name_rule(),
        InputFault.BAD_OPTION: translate("RunInputs", "The usual ones are ro, rw, z and Z."),
        InputFault.BAD_VARIABLE: translate("RunInputs", "Write NAME=value, one to a line."),
        InputFault.BAD_NAME: name_rule(),
        InputFault.OPEN_QUOTE: translate("RunInputs", "End it, or write a backslash before it."),
        InputFault.BAD_INSTRUCTION: instructions(),
        InputFault.NO_ARGUMENT: translate(
            "RunInputs", 'Write what it is to be, such as CMD ["server"] or USER 1000.'
        ),
        InputFault.NO_VALUE: translate("RunInputs", "Write NAME=value; NAME= for an empty one."),
        InputFault.BAD_EXPOSED: translate(
            "RunInputs", "Write a number from 1 to 65535, such as 80 or 53/udp."
        ),
    }[fault]


def name_rule() -> str:
    return translate(
        "RunInputs",
        "Two or more letters, digits, “_”, “.” and “-”, beginning with a letter or a digit.",
    )


def instructions() -> str:
    return translate("RunInputs", "Use CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, USER and the like.")
