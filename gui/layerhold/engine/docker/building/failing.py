"""What the words of a builder mean when it gives up."""

import re
from http import HTTPStatus
from pathlib import Path

from layerhold.archives.context.sending import read_dockerfile
from layerhold.domain import dockerfile
from layerhold.domain.build_errors import (
    BuilderLacks,
    BuildFailed,
    ContextFault,
    ContextProblem,
    DockerfileFault,
    DockerfileProblem,
)
from layerhold.domain.builders import Builder, Limit
from layerhold.domain.building import BuildStep, BuildWish, StepState
from layerhold.domain.errors import EngineRefused, Failure, ImageNotFound, InvalidReference
from layerhold.domain.references import parse
from layerhold.domain.registry_errors import RegistryFailure
from layerhold.engine.docker.refusals import meaning

FAULTS = {
    re.compile(pattern, re.IGNORECASE): fault
    for pattern, fault in {
        r"no build stage in current context|no stages to build": DockerfileFault.NO_BASE,
        r"dockerfile parse error (?:on )?line (\d+)": DockerfileFault.SYNTAX,
        r"dockerfile parse error|unknown instruction": DockerfileFault.SYNTAX,
        r"resolving step \{.* StartLine:(\d+)": DockerfileFault.SYNTAX,
        r"failed to parse Dockerfile|parsing main Dockerfile": DockerfileFault.SYNTAX,
        r"^FROM requires either|no FROM statement found|must have two arguments$": (
            DockerfileFault.SYNTAX
        ),
        r"the Dockerfile.* cannot be empty|file with no instructions": DockerfileFault.EMPTY,
        r"cannot locate specified Dockerfile|failed to read dockerfile": DockerfileFault.MISSING,
        r"failed to reach build target|target (?:stage )?\S+ (?:could|was) not": (
            DockerfileFault.NO_TARGET
        ),
    }.items()
}
FOUND_WHERE = re.compile(
    r"^(?:(?:dockerfile parse error(?: on)? line \d+|failed to (?:parse|read) dockerfile"
    r"|parsing main Dockerfile|resolving step \{.*\}|/\S*/Dockerfile"
    r"|building at STEP \".*?\"|Build error): )+",
    re.IGNORECASE,
)
INCOMPLETE = re.compile(r"(ENV|LABEL) must have two arguments")
NEEDS_BUILDKIT = re.compile(r"--mount option requires BuildKit")
STAGE = re.compile(r"[a-z][\w.-]*", re.IGNORECASE)
"""What a stage may be called; an image is called so too, but seldom one to copy from."""
ABOUT_IMAGES = (RegistryFailure, ImageNotFound, InvalidReference)
NO_STAGE = re.compile(r"no stage or image found with that name")
EXIT_CODE = re.compile(r"(?:non-zero code|exit code|exit status): ?(\d+)|exit status (\d+)")
CONTEXT_ENTRY = re.compile(r"(?:open|lstat|readlink) (/.*?): permission denied")


def subject_of(wish: BuildWish) -> str:
    """What a wish is called in messages: its first tag, else its folder."""
    return wish.tags[0] if wish.tags else str(wish.context)


def dockerfile_of(wish: BuildWish) -> dockerfile.Dockerfile:
    """What is to be built; raises `DockerfileProblem`, also where there is nothing but arguments.

    At these Docker 20.10 breaks the connection off, and Docker 26.1 ends (`lastTarget` panics).
    """
    found = dockerfile.read(read_dockerfile(wish).decode(errors="replace"))
    if {each.word for each in found.instructions} == {"ARG"}:
        raise DockerfileProblem(str(wish.dockerfile_path), DockerfileFault.NO_BASE)
    return found


def failure_of(
    words: str, wish: BuildWish, steps: tuple[BuildStep, ...] = (), line: int = 0
) -> Failure:
    """The failure that the builder's words describe; `line` is where it says that it happened."""
    if NEEDS_BUILDKIT.search(words):
        return BuilderLacks(subject_of(wish), words, Limit.MOUNTS)
    step = next((step for step in steps if step.state is StepState.FAILED), None)
    line = line or (step.line if step else 0)
    if problem := _dockerfile_problem(words, wish, line):
        return problem
    if problem := _context_problem(words, wish):
        return problem
    exit_code = EXIT_CODE.search(words)
    return BuildFailed(
        subject_of(wish),
        _bare(words),
        step,
        str(wish.dockerfile_path),
        line,
        int(exit_code[1] or exit_code[2]) if exit_code else None,
        None if exit_code else _reason(words, wish, line),
    )


def _reason(words: str, wish: BuildWish, line: int) -> Failure | None:
    """What the words mean, and of which image they are said; `None` where nobody knows."""
    reason, written = meaning(words, HTTPStatus.OK), _written(wish, line)
    image = written.image if written else ""
    not_had = isinstance(reason, ABOUT_IMAGES) or NO_STAGE.search(words)
    if not_had and written and written.word == "COPY" and STAGE.fullmatch(image):
        return DockerfileProblem(str(wish.dockerfile_path), DockerfileFault.NO_STAGE, line, image)
    if isinstance(reason, InvalidReference):
        return _wrong(image)
    if isinstance(reason, RegistryFailure):
        reason.subject, reason.registry = image, _registry(image)
    return None if type(reason) is EngineRefused else reason


def _wrong(image: str) -> InvalidReference | None:
    """What is wrong with the name of an image, if nothing has to be put into it before."""
    try:
        parse("" if "$" in image else image)
    except InvalidReference as fault:
        return fault if fault.text else None
    return None


def _registry(image: str) -> str:
    try:
        return parse(image).registry
    except InvalidReference:
        return ""


def _written(wish: BuildWish, line: int) -> dockerfile.Written | None:
    """The instruction in this line."""
    return next((each for each in _instructions(wish) if each.line <= line <= each.end), None)


def _instructions(wish: BuildWish) -> tuple[dockerfile.Written, ...]:
    return dockerfile.read(_text(wish.dockerfile_path)).instructions


def _dockerfile_problem(words: str, wish: BuildWish, line: int) -> Failure | None:
    for pattern, fault in FAULTS.items():
        if found := pattern.search(words):
            line = int(found[1]) if found.lastindex else line
            if fault is DockerfileFault.SYNTAX and _stumbled_over_heredoc(wish, line):
                return BuilderLacks(subject_of(wish), words, Limit.HEREDOCS)
            detail = wish.target if fault is DockerfileFault.NO_TARGET else _bare(words)
            written = _written(wish, line) or _suspect(words, fault, wish)
            line, text = (written.line, str(written)) if written else (line, "")
            return DockerfileProblem(str(wish.dockerfile_path), fault, line, detail, text)
    return None


def _bare(words: str) -> str:
    """The reason without where it was found, which is told otherwise."""
    return FOUND_WHERE.sub("", words).partition(" &imagebuilder.")[0].strip()


def _suspect(words: str, fault: DockerfileFault, wish: BuildWish) -> dockerfile.Written | None:
    """The instruction that must be meant, where the builder does not say which."""
    written = _instructions(wish)
    if fault is DockerfileFault.NO_BASE:
        first = next((each for each in written if each.word != "ARG"), None)
        return first if first and first.word != "FROM" else None
    found = INCOMPLETE.search(words)
    of_kind = [each for each in written if found and each.word == found[1]]
    return next((each for each in of_kind if re.fullmatch(r"[^\s=]+", each.text)), None)


def _stumbled_over_heredoc(wish: BuildWish, line: int) -> bool:
    """The classic builder takes the text of a here-document for instructions."""
    if wish.builder is Builder.BUILDX or not line:
        return False
    written = _written(wish, line)
    return written is not None and written.has_heredoc


def _text(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""


def _context_problem(words: str, wish: BuildWish) -> ContextProblem | None:
    """BuildKit finds out about an unreadable file when a step wants it."""
    found = CONTEXT_ENTRY.search(words)
    if found and Path(found[1]).is_relative_to(wish.context.resolve()):
        path = Path(found[1]).relative_to(wish.context.resolve()).as_posix()
        return ContextProblem(path, ContextFault.UNREADABLE_FILE, words)
    return None
