"""What is wrong with a text that the user typed, or that a file holds."""

from PySide6.QtCore import QCoreApplication

from layerhold.domain.errors import FilterFault, InvalidFilter, InvalidReference, ReferenceFault
from layerhold.formatting import visible
from layerhold.wording.failures import Said, explain
from layerhold.wording.quoting import DETAIL_LIMIT, name

translate = QCoreApplication.translate


@explain.register
def _reference(error: InvalidReference) -> Said:
    part = name(error.part or error.text)
    what = _reference_fault(error.fault).replace("{part}", part)
    is_well_written = error.fault is ReferenceFault.RESERVED
    hint = "" if is_well_written else _reference_hint(error.fault)
    return Said(what, hint, visible(error.detail, DETAIL_LIMIT))


def _reference_fault(fault: ReferenceFault) -> str:
    match fault:
        case ReferenceFault.EMPTY:
            return translate("Inputs", "A reference is needed.")
        case ReferenceFault.TOO_LONG:
            return translate("Inputs", "The reference is too long.")
        case ReferenceFault.BAD_CHARACTER:
            return translate("Inputs", "“{part}” cannot stand in a reference.")
        case _:
            return _reference_name(fault)


def _reference_name(fault: ReferenceFault) -> str:
    match fault:
        case ReferenceFault.UPPERCASE:
            return translate("Inputs", "“{part}” has capital letters; repositories have none.")
        case ReferenceFault.READS_AS_DIGEST:
            return translate("Inputs", "“sha256” as a repository would read as a digest.")
        case ReferenceFault.RESERVED:
            return translate("Inputs", "“{part}” stands for nothing at all; no registry has it.")
        case _:
            return _reference_part(fault)


def _reference_part(fault: ReferenceFault) -> str:
    match fault:
        case ReferenceFault.BAD_REGISTRY:
            return translate("Inputs", "“{part}” is no address of a registry.")
        case ReferenceFault.BAD_PATH:
            return translate("Inputs", "“{part}” is no name of a repository.")
        case ReferenceFault.BAD_TAG:
            return translate("Inputs", "“{part}” is no tag.")
        case ReferenceFault.BAD_DIGEST:
            return translate("Inputs", "“{part}” is no digest.")
        case ReferenceFault.IS_AN_ID:
            return translate("Inputs", "“{part}” would read as an image ID.")
        case _:
            return translate("Inputs", "A digest cannot be given to an image.")


def _reference_hint(fault: ReferenceFault) -> str:
    match fault:
        case ReferenceFault.BAD_TAG:
            return translate(
                "Inputs", "Up to 128 letters, digits, “_”, “.” and “-”, not starting with . or -."
            )
        case ReferenceFault.BAD_REGISTRY:
            return translate("Inputs", "Write it as host or host:port, such as localhost:5000.")
        case ReferenceFault.BAD_DIGEST:
            return translate("Inputs", "A digest is sha256: and 64 digits from 0 to f.")
        case ReferenceFault.TOO_LONG:
            return translate("Inputs", "A repository has at most 255 characters, a tag 128.")
        case ReferenceFault.DIGEST_NOT_ALLOWED:
            return translate("Inputs", "Leave out what follows the @.")
        case _:
            return translate("Inputs", "Write it as repository:tag, such as team/app:1.2.")


@explain.register
def _filter(error: InvalidFilter) -> Said:
    expected = ", ".join(error.expected)
    term = name(error.term)
    sentence = _filter_fault(error.fault).replace("{term}", term)
    if not expected:
        return Said(sentence)
    hint = translate("Inputs", 'Try {expected}, or "{term}" in quotes for the word itself.')
    return Said(sentence, hint.replace("{expected}", expected).replace("{term}", term))


def _filter_fault(fault: FilterFault) -> str:
    match fault:
        case FilterFault.UNKNOWN_KEY:
            return translate("Inputs", "There is no filter “{term}”.")
        case FilterFault.MISSING_VALUE:
            return translate("Inputs", "“{term}” needs a value.")
        case FilterFault.BAD_VALUE:
            return translate("Inputs", "“{term}” has a value that cannot be used.")
        case FilterFault.NO_SUCH_IMAGE:
            return translate("Inputs", "“{term}” names no image that is here.")
