"""What is wrong with one image of an archive, in a line that stands beside it."""

from PySide6.QtCore import QCoreApplication

from layerhold.archives.contents import Problem, ProblemKind
from layerhold.formatting import visible
from layerhold.wording.quoting import NAME_LIMIT, name

translate = QCoreApplication.translate


def problem(problem: Problem) -> str:
    """One sentence."""
    is_as_written = problem.kind is ProblemKind.INVALID_REFERENCE
    if is_as_written and not problem.subject:
        return translate("Archives", "One of its tags is empty.")
    called = visible(problem.subject, NAME_LIMIT) if is_as_written else name(problem.subject)
    return _sentence(problem.kind).replace("{subject}", called)


def _sentence(kind: ProblemKind) -> str:
    return {
        ProblemKind.MISSING_LAYER: translate("Archives", "The layer {subject} is missing."),
        ProblemKind.FOREIGN_LAYER: translate(
            "Archives", "The layer {subject} is not in the archive, but to be had elsewhere."
        ),
        ProblemKind.ENCRYPTED_LAYER: translate("Archives", "The layer {subject} is encrypted."),
        ProblemKind.LAYERS_DIFFER: translate(
            "Archives", "The configuration tells of other layers than there are."
        ),
        ProblemKind.TOO_MANY_LAYERS: translate("Archives", "No engine takes so many layers."),
        ProblemKind.MISSING_DOCUMENT: translate(
            "Archives", "The configuration or manifest {subject} is missing."
        ),
        ProblemKind.BAD_DOCUMENT: translate(
            "Archives", "The configuration or manifest cannot be read."
        ),
        ProblemKind.WRONG_SIZE: translate("Archives", "{subject} is not as large as it should be."),
        ProblemKind.WRONG_DIGEST: translate("Archives", "{subject} is damaged."),
        ProblemKind.UNSAFE_NAME: translate(
            "Archives", "“{subject}” leads out of the archive, and was not followed."
        ),
        ProblemKind.NOT_AN_IMAGE: translate("Archives", "This is no image."),
        ProblemKind.NOT_INCLUDED: translate("Archives", "This platform is not in the archive."),
        ProblemKind.INVALID_REFERENCE: translate(
            "Archives", "No engine takes “{subject}” as a tag."
        ),
        ProblemKind.DUPLICATE_TAG: translate(
            "Archives", "A later image of the archive has the tag {subject}, too, and gets it."
        ),
        ProblemKind.NO_NAME: translate(
            "Archives", "“{subject}” is no whole tag, since it tells no repository."
        ),
    }[kind]
