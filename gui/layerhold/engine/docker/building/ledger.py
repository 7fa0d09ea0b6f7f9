"""Every step of a build as it goes, and the lines that they write."""

import re
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from threading import RLock, Timer
from time import monotonic, time
from typing import Self

from layerhold.domain.building import (
    BuildProgress,
    BuildReport,
    BuildStep,
    Note,
    StepState,
)
from layerhold.domain.errors import Cancelled

KEPT_LINES = 200
"""Of what one step writes; the log has it all."""
LONGEST_LINE = 4_000
"""Characters."""
REPORT_SECONDS = 0.1
_COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Ledger:
    """Belongs to the thread that reads the builder's answers, but for what a timer tells late."""

    def __init__(
        self, report: BuildReport, note: Note, hide: Callable[[str], str] = lambda text: text
    ) -> None:
        """`hide` takes out of a text what nobody may read."""
        self._report, self._note, self.hide = report, note, hide
        self._lock = RLock()
        self._timer: Timer | None = None
        self._steps: dict[str, BuildStep] = {}
        self._output: dict[str, deque[str]] = {}
        self._rest: dict[str, str] = {}
        self._noted = ""
        """The step whose title stands in the log above what comes next."""
        self._told_over: set[str] = set()
        self._reported = 0.0
        self.begun = 0.0
        """When the last step began (`time.monotonic`)."""
        self._sent = 0
        self._to_send: int | None = None
        self.warnings: dict[str, None] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._forget_timer()

    @property
    def steps(self) -> tuple[BuildStep, ...]:
        """Every step with the end of its output."""
        steps = (self._with_output(key) for key in self._steps)
        return tuple(sorted(steps, key=_turn))

    def step(self, key: str) -> BuildStep | None:
        return self._steps.get(key)

    def put(self, key: str, step: BuildStep) -> None:
        """Take in how a step is now; its output stays."""
        with self._lock:
            before = self._steps.get(key)
            self._steps[key] = step
            changed = before is None or before.state is not step.state
            if changed:
                self._note_change(key, step)
            if changed and step.state is StepState.RUNNING:
                self.begun = monotonic()
            self.tell(now=changed and step.state is not StepState.WAITING)

    def write(self, key: str, text: str) -> None:
        """Take in what a step has written; lines may come in pieces."""
        with self._lock:
            *lines, self._rest[key] = (self._rest.get(key, "") + text).split("\n")
            for line in lines:
                self._line(key, line)
            if len(self._rest[key]) > LONGEST_LINE:
                self._line(key, self._rest.pop(key))
            self.tell()

    def say(self, line: str) -> None:
        """Write something into the log that belongs to no step."""
        self._note(plain(self.hide(line)))

    def warn(self, text: str) -> None:
        """Keep a warning, once."""
        text = self.hide(text)
        if text and text not in self.warnings:
            self.warnings[text] = None
            self._note(f"WARNING: {text}")

    def sent(self, done: int, total: int | None) -> None:
        """Take in how many bytes of the context have gone out."""
        self._sent, self._to_send = done, total
        self.tell()

    def tell(self, *, now: bool = False) -> None:
        """Report; in a moment, if that was a moment ago."""
        with self._lock:
            wait = REPORT_SECONDS - (monotonic() - self._reported)
            if now or wait <= 0:
                self._tell()
            elif self._timer is None:
                # What is not told may never be: a step can be silent for hours after a line.
                self._timer = Timer(wait, self._tell_late)
                self._timer.daemon = True
                self._timer.start()

    def close(self, state: StepState) -> None:
        """The build is over: what still ran is now in this state."""
        with self._lock:
            for key, step in tuple(self._steps.items()):
                if step.state is StepState.RUNNING:
                    seconds = time() - (step.started or time())
                    self.put(key, replace(step, state=state, seconds=seconds))
                if rest := self._rest.pop(key, ""):
                    self._line(key, rest)
            self.tell(now=True)

    def _forget_timer(self) -> None:
        with self._lock:
            timer, self._timer = self._timer, None
        if timer:
            timer.cancel()

    def _tell(self) -> None:
        self._forget_timer()
        self._reported = monotonic()
        self._report(BuildProgress(self.steps, self._sent, self._to_send))

    def _tell_late(self) -> None:
        # The thread that builds learns of the cancelling by itself.
        with self._lock, suppress(Cancelled):
            if self._timer:
                self._tell()

    def _line(self, key: str, line: str) -> None:
        text = plain(self.hide(line))
        self._output.setdefault(key, deque(maxlen=KEPT_LINES)).append(text)
        self._head(key)
        self._note(text)

    def _note_change(self, key: str, step: BuildStep) -> None:
        if step.state is StepState.WAITING or key in self._told_over:
            return
        self._head(key)
        if step.over:
            # BuildKit begins some of its own steps twice.
            self._told_over.add(key)
        if step.state is StepState.CACHED:
            self._note("CACHED")
        elif step.state is StepState.DONE and step.seconds is not None:
            self._note(f"DONE {step.seconds:.1f}s")
        elif step.over:
            self._note(step.state.name)

    def _head(self, key: str) -> None:
        """Steps of BuildKit run side by side, so that their lines mix."""
        step = self._steps.get(key)
        if step and self._noted != key:
            self._noted = key
            self._note(step.title)

    def _with_output(self, key: str) -> BuildStep:
        step = self._steps[key]
        return replace(step, output=tuple(self._output[key])) if key in self._output else step


def _turn(step: BuildStep) -> tuple[bool, float, int]:
    """Those that wait come last, as they stand in the Dockerfile."""
    return step.started is None, step.started or 0.0, step.line


def plain(line: str) -> str:
    """A line as it would stand on a terminal: without colours, after the last return."""
    text = _COLOURS.sub("", line.rstrip("\r")).rpartition("\r")[2]
    return text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE]}…"
