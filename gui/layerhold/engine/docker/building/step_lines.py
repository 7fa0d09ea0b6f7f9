"""The lines of the classic builder and of Buildah, read into steps.

`Step 3/7 : RUN make`, ` ---> Using cache`, ` ---> 885713f6615d`, `Removing intermediate container`.
Buildah writes `STEP 3/7: RUN make`, numbers each stage from 1, and puts `[1/2] ` before steps where
there are several.
"""

import re
from dataclasses import replace
from time import time

from layerhold.domain.building import BuildStep, StepState
from layerhold.domain.dockerfile import Dockerfile, Stage, line_of_step
from layerhold.engine.docker.building.ledger import Ledger, plain

STEP = re.compile(r"(?:\[(\d+)/\d+\] )?(Step|STEP) (\d+)/(\d+) ?: (.*)")
CACHED = re.compile(r" ?-{2,3}> Using cache.*")
ABOUT_IMAGES = re.compile(
    r" ?-{2,3}> (?:Running in )?[0-9a-f]{0,64} ?|Removing intermediate container [0-9a-f]+"
    r"|Successfully (?:built|tagged) .*|(?:\[\d+/\d+\] )?COMMIT .*|[0-9a-f]{64}|"
)
WARNING = re.compile(r"\[Warning\] (.*)")
BUILT = re.compile(r"Successfully built ([0-9a-f]+)")


class StepLines:
    """Takes text as it comes, and keeps the ledger's steps."""

    def __init__(self, ledger: Ledger, dockerfile: Dockerfile) -> None:
        self.image_id = ""
        """The last that the engine told, the short form at first."""
        self._ledger, self._dockerfile = ledger, dockerfile
        self._current = ""
        self._stage = self._number = 0
        self._rest = ""

    def write(self, text: str) -> None:
        """Take in a piece of the stream, which need not end where a line does."""
        *lines, self._rest = (self._rest + text).split("\n")
        for line in lines:
            self._line(plain(line))

    def end(self) -> None:
        """The builder is done, and so is the last step."""
        self._line(self._rest)
        self._finish()

    def _line(self, line: str) -> None:
        step = STEP.fullmatch(line)
        if step and self._is_next(step):
            self._begin(step)
        elif CACHED.fullmatch(line):
            self._cached()
        elif warning := WARNING.fullmatch(line):
            self._ledger.warn(warning[1])
        elif built := BUILT.fullmatch(line):
            self.image_id = self.image_id or built[1]
        elif not ABOUT_IMAGES.fullmatch(line):
            self._output(line)

    def _is_next(self, step: re.Match[str]) -> bool:
        """What a command prints may look like a step too, but hardly like the next one."""
        stage, number = int(step[1] or 0), int(step[3])
        if number > int(step[4]):
            return False
        return number == 1 if stage > self._stage else number == self._number + 1

    def _begin(self, step: re.Match[str]) -> None:
        self._finish()
        self._stage, self._number = int(step[1] or 0), int(step[3])
        self._current = f"{self._stage}.{self._number}"
        stage, line = self._place(by_stage=step[2] == "STEP")
        of, name = int(step[4]), step[5]
        begun = BuildStep(name, StepState.RUNNING, self._number, of, stage, line, time())
        self._ledger.put(self._current, begun)

    def _place(self, *, by_stage: bool) -> tuple[str, int]:
        """The stage's name where steps are numbered by stages, and the line."""
        if not by_stage:
            return "", line_of_step(self._dockerfile, self._number)
        stages = self._dockerfile.stages[max(self._stage - 1, 0) :]
        written = stages[0].instructions[self._number - 1 :] if stages else ()
        return self._named(stages) if self._stage else "", written[0].line if written else 0

    @staticmethod
    def _named(stages: tuple[Stage, ...]) -> str:
        return stages[0].called if stages else ""

    def _cached(self) -> None:
        if step := self._ledger.step(self._current):
            self._ledger.put(self._current, replace(step, state=StepState.CACHED, seconds=0.0))

    def _finish(self) -> None:
        step = self._ledger.step(self._current)
        if step and not step.over:
            seconds = time() - (step.started or time())
            self._ledger.put(self._current, replace(step, state=StepState.DONE, seconds=seconds))

    def _output(self, line: str) -> None:
        if self._current:
            self._ledger.write(self._current, f"{line}\n")
        else:
            self._ledger.say(line)
