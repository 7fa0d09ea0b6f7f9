"""Why an image was not built, where it went wrong, and what to do about it."""

from PySide6.QtCore import QCoreApplication

from layerhold.domain import build_errors as errors
from layerhold.domain.builders import Limit
from layerhold.formatting import visible
from layerhold.wording.failures import REASON_LIMIT, Said, explain
from layerhold.wording.quoting import DETAIL_LIMIT, name

translate = QCoreApplication.translate


@explain.register
def _context(error: errors.ContextProblem) -> Said:
    faults = errors.ContextFault
    what = {
        faults.NO_FOLDER: translate("Building", "There is no folder {path} to build from."),
        faults.UNREADABLE_FILE: translate("Building", "The file {path} cannot be read."),
        faults.UNREADABLE_FOLDER: translate("Building", "The folder {path} cannot be looked into."),
        faults.SHUT: translate("Building", "The folder {path} cannot be looked into."),
        faults.CHANGED: translate("Building", "The file {path} became shorter while it was sent."),
        faults.BAD_PATTERN: translate("Building", "{path} has a line that is no pattern: {line}."),
        faults.NO_SECRET: translate("Building", "The secret in {path} cannot be read."),
    }[error.fault]
    hint = {
        faults.NO_FOLDER: translate(
            "Building", "Choose the folder that the Dockerfile copies from."
        ),
        faults.UNREADABLE_FILE: _unreadable(),
        faults.UNREADABLE_FOLDER: _unreadable(),
        faults.SHUT: translate("Building", "Change its permissions, or choose another folder."),
        faults.CHANGED: translate(
            "Building", "Wait until whatever writes it has finished, then build again."
        ),
        faults.BAD_PATTERN: translate("Building", "Correct that line, then build again."),
        faults.NO_SECRET: translate("Building", "Choose a file that you are allowed to read."),
    }[error.fault]
    said = what.replace("{line}", name(error.detail)).replace("{path}", name(error.path))
    detail = "" if error.fault is faults.BAD_PATTERN else error.detail
    return Said(said, hint, visible(detail, DETAIL_LIMIT))


def _unreadable() -> str:
    return translate(
        "Building", "Change its permissions, or leave it out with a line in .dockerignore."
    )


@explain.register
def _dockerfile(error: errors.DockerfileProblem) -> Said:
    faults = errors.DockerfileFault
    what = {
        faults.MISSING: translate("Building", "There is no Dockerfile {path}."),
        faults.UNREADABLE: translate("Building", "The Dockerfile {path} cannot be read."),
        faults.NO_FILE: translate("Building", "What is at {path} is no file."),
        faults.EMPTY: translate("Building", "The Dockerfile {path} is empty."),
        faults.SYNTAX: translate("Building", "{path} is not a proper Dockerfile."),
        faults.NO_BASE: translate("Building", "There is no FROM in {path}."),
        faults.NO_TARGET: translate("Building", "There is no stage “{target}” in {path}."),
        faults.NO_STAGE: translate(
            "Building", "There is no stage “{target}”, and no image of that name could be had."
        ),
    }[error.fault]
    if error.fault is faults.SYNTAX and error.line:
        what = translate("Building", "Line {line} of {path} is wrong: “{written}”.")
    if error.fault is faults.NO_BASE and error.line:
        what = translate("Building", "Line {line} of {path} stands before the first FROM.")
    hint = {
        faults.MISSING: translate("Building", "Choose the Dockerfile, or another folder."),
        faults.UNREADABLE: translate("Building", "Choose a file that you are allowed to read."),
        faults.NO_FILE: translate("Building", "Choose a Dockerfile, or put one in its place."),
        faults.EMPTY: _begin(),
        faults.SYNTAX: _builders_words(error.detail)
        + translate("Building", "Correct the Dockerfile, then build again."),
        faults.NO_BASE: _begin(),
        faults.NO_TARGET: translate("Building", "Choose a stage that there is, or none."),
        faults.NO_STAGE: translate(
            "Building", "Correct the name; if an image is meant, the builder's words tell why not."
        ),
    }[error.fault]
    what = what.replace("{line}", str(error.line)).replace("{target}", name(error.detail))
    what = what.replace("{path}", name(error.path)).replace("{written}", name(error.written))
    return Said(what, hint, visible(error.detail, DETAIL_LIMIT))


def _begin() -> str:
    return translate("Building", "A Dockerfile begins with FROM and the name of an image.")


def _builders_words(words: str) -> str:
    """In a sentence of their own, where there are any."""
    text = translate("Building", "The builder says: “{words}”.") + " "
    return text.replace("{words}", visible(words, REASON_LIMIT)) if words else ""


@explain.register
def _no_buildx(error: errors.BuildxGone) -> Said:
    what = translate("Building", "docker buildx could not be started.")
    hint = translate("Building", "Install it again, or build with the engine's own builder.")
    return Said(what, hint, visible(error.detail, DETAIL_LIMIT))


@explain.register
def _lacks(error: errors.BuilderLacks) -> Said:
    what = {
        Limit.SECRETS: translate("Building", "The engine's own builder cannot use secrets."),
        Limit.MOUNTS: translate("Building", "The engine's own builder has no RUN --mount."),
        Limit.HEREDOCS: translate("Building", "The engine's own builder has no here-documents."),
    }.get(error.lack, translate("Building", "The engine's own builder cannot do this."))
    hint = translate("Building", "Install docker buildx, which builds with BuildKit.")
    return Said(what, hint, visible(error.detail, DETAIL_LIMIT))


@explain.register
def _failed(error: errors.BuildFailed) -> Said:
    if error.step is None and error.line:
        what = translate("Building", "The build failed at line {line} of the Dockerfile.")
        what = what.format(line=error.line)
    elif error.step is None:
        what = translate("Building", "The build failed.")
    else:
        what = translate("Building", "The build failed at “{step}”{place}{code}.")
    what = (
        what.replace("{place}", _place(error))
        .replace("{code}", _code(error))
        .replace("{step}", name(error.step.name) if error.step else "")
    )
    return Said(what, _next(error), _detail(error))


def _detail(error: errors.BuildFailed) -> str:
    """The end of what the step wrote, line by line, and the builder's words."""
    output = error.step.output if error.step else ()
    lines = [visible(line) for line in (*output, *error.detail.splitlines())]
    return "\n".join(lines)[-DETAIL_LIMIT:]


def _place(error: errors.BuildFailed) -> str:
    if not error.line:
        return ""
    return translate("Building", ", line {line} of the Dockerfile").format(line=error.line)


def _code(error: errors.BuildFailed) -> str:
    if error.exit_code is None:
        return ""
    return translate("Building", ", with exit code {code}").format(code=error.exit_code)


def _next(error: errors.BuildFailed) -> str:
    """What is known of the reason says more than the builder's words."""
    if error.reason is not None:
        said = explain(error.reason)
        return f"{said.what} {said.hint}".strip()
    if error.exit_code is not None:
        return translate("Building", "What the command wrote says why; correct it and build again.")
    correct = translate("Building", "Correct that, then build again.")
    return f"{_builders_words(error.detail)}{correct}"
