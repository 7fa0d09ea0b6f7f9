"""What is wrong with what was typed to build an image."""

from PySide6.QtCore import QCoreApplication

from layerhold.domain.build_errors import BuildInputFault, InvalidBuildInput
from layerhold.wording.failures import Said, explain
from layerhold.wording.quoting import name

translate = QCoreApplication.translate


@explain.register
def _input(error: InvalidBuildInput) -> Said:
    part = name(error.part or error.text)
    return Said(_wrong(error.fault).replace("{part}", part), _right(error.fault))


def _wrong(fault: BuildInputFault) -> str:
    faults = BuildInputFault
    return {
        faults.BAD_LABEL: translate("BuildInputs", "“{part}” is no label."),
        faults.BAD_ARGUMENT: translate("BuildInputs", "“{part}” is no name of an argument."),
        faults.BAD_SECRET: translate("BuildInputs", "“{part}” is no secret."),
        faults.SAME_SECRET: translate("BuildInputs", "There are two secrets “{part}”."),
        faults.NO_VARIABLE: translate("BuildInputs", "There is no environment variable “{part}”."),
        faults.NOT_ABSOLUTE: translate("BuildInputs", "“{part}” is not an absolute path."),
    }[fault]


def _right(fault: BuildInputFault) -> str:
    faults = BuildInputFault
    return {
        faults.BAD_LABEL: translate("BuildInputs", "Write name=value, one to a line."),
        faults.BAD_ARGUMENT: translate("BuildInputs", "Use letters, digits and “_”."),
        faults.BAD_SECRET: translate(
            "BuildInputs", "Write id=NAME,src=FILE or id=NAME,env=VARIABLE, one to a line."
        ),
        faults.SAME_SECRET: translate("BuildInputs", "Give each its own ID."),
        faults.NO_VARIABLE: translate("BuildInputs", "Set it before Layerhold is started."),
        faults.NOT_ABSOLUTE: translate("BuildInputs", "Begin it with a slash."),
    }[fault]
