"""What the words of a builder mean when it gives up."""

import re
from http import HTTPStatus
from pathlib import Path

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
from layerhold.domain.errors import EngineRefused, Failure
from layerhold.engine.docker.refusals import meaning

FAULTS = {
    re.compile(pattern, re.IGNORECASE): fault
    for pattern, fault in {
        r"dockerfile parse error (?:on )?line (\d+)": DockerfileFault.SYNTAX,
        r"dockerfile parse error|unknown instruction": DockerfileFault.SYNTAX,
        r"the Dockerfile.* cannot be empty|file with no instructions": DockerfileFault.EMPTY,
        r"cannot locate specified Dockerfile|failed to read dockerfile": DockerfileFault.MISSING,
        r"failed to reach build target|target (?:stage )?\S+ (?:could|was) not": (
            DockerfileFault.NO_TARGET
        ),
    }.items()
}
NEEDS_BUILDKIT = re.compile(r"--mount option requires BuildKit")
EXIT_CODE = re.compile(r"(?:non-zero code|exit code|exit status): ?(\d+)|exit status (\d+)")
CONTEXT_ENTRY = re.compile(r"(?:open|lstat|readlink) (/.*?): permission denied")


def subject_of(wish: BuildWish) -> str:
    """What a wish is called in messages: its first tag, else its folder."""
    return wish.tags[0] if wish.tags else str(wish.context)


def failure_of(
    words: str, wish: BuildWish, steps: tuple[BuildStep, ...] = (), line: int = 0
) -> Failure:
    """The failure that the builder's words describe; `line` is where it says that it happened."""
    if NEEDS_BUILDKIT.search(words):
        return BuilderLacks(subject_of(wish), words, Limit.MOUNTS)
    if problem := _dockerfile_problem(words, wish, line):
        return problem
    if problem := _context_problem(words, wish):
        return problem
    step = next((step for step in steps if step.state is StepState.FAILED), None)
    exit_code = EXIT_CODE.search(words)
    reason = meaning(words, HTTPStatus.OK)
    return BuildFailed(
        subject_of(wish),
        words,
        step,
        str(wish.dockerfile_path),
        line or (step.line if step else 0),
        int(exit_code[1] or exit_code[2]) if exit_code else None,
        None if type(reason) is EngineRefused or exit_code else reason,
    )


def _dockerfile_problem(words: str, wish: BuildWish, line: int) -> Failure | None:
    for pattern, fault in FAULTS.items():
        if found := pattern.search(words):
            line = int(found[1]) if found.lastindex else line
            if fault is DockerfileFault.SYNTAX and _stumbled_over_heredoc(wish, line):
                return BuilderLacks(subject_of(wish), words, Limit.HEREDOCS)
            detail = wish.target if fault is DockerfileFault.NO_TARGET else words
            return DockerfileProblem(str(wish.dockerfile_path), fault, line, detail)
    return None


def _stumbled_over_heredoc(wish: BuildWish, line: int) -> bool:
    """The classic builder takes the text of a here-document for instructions."""
    if wish.builder is Builder.BUILDX or not line:
        return False
    written = dockerfile.read(_text(wish.dockerfile_path)).instructions
    return any(each.has_heredoc and each.line <= line <= each.end for each in written)


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
