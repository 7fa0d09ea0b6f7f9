"""BuildKit, through `docker buildx build` as a process of its own."""

import re
import tempfile
from collections.abc import Iterator, Mapping
from itertools import chain, pairwise
from pathlib import Path

from layerhold.archives.context.summary import refuse_unreadable
from layerhold.domain.building import BuildWish, Built, StepState
from layerhold.domain.cancel import Token
from layerhold.domain.errors import EngineGone, Failure
from layerhold.domain.login import Login
from layerhold.engine.docker.answers import cut
from layerhold.engine.docker.building import arguments
from layerhold.engine.docker.building.failing import dockerfile_of, failure_of
from layerhold.engine.docker.building.ledger import Ledger
from layerhold.engine.docker.building.process import running
from layerhold.engine.docker.building.rawjson import Follower, Splitter, Update

ERROR = "ERROR: "
PREFIXES = re.compile(r"(?:failed to (?:build|solve): )+")
PLACE = re.compile(r"\S.*:(\d+)")
"""`Dockerfile:3`, above a rule and the lines around it."""
RULE = "----"
LAST = 20
"""Lines that are told where none begins as an error."""
STARTING_SECONDS = 0.2
"""A command that BuildKit is told to stop while it starts it, it leaves behind for ever."""
LOST = re.compile(
    r"cannot connect to the docker daemon|error reading from server|transport is closing"
    r"|connection refused.*docker\.sock|unexpected EOF$|closed session",
    re.IGNORECASE,
)


def build(
    url: str, wish: BuildWish, logins: Mapping[str, Login], ledger: Ledger, token: Token
) -> Built:
    """Let buildx send what BuildKit asks for, and follow the steps."""
    refuse_unreadable(wish, token)
    follower = Follower(ledger, dockerfile_of(wish), {})
    with tempfile.TemporaryDirectory(prefix="layerhold-") as folder:
        id_file = Path(folder, "id")
        command = arguments.command(wish, id_file)
        with running(command, arguments.environment(url, wish, logins), token) as process:
            pieces = process.pieces(lambda: ledger.begun + STARTING_SECONDS)
            words = list(map(ledger.hide, _words(pieces, follower)))
            status = process.status()
        if status:
            raise _failure(words, wish, url, ledger)
        ledger.close(StepState.DONE)
        return Built(id_file.read_text().strip(), wish.tags, tuple(ledger.warnings))


def _words(pieces: Iterator[bytes], follower: Follower) -> list[str]:
    """Follow the updates to their end; what stood between them."""
    splitter = Splitter()
    words = []
    for found in chain(chain.from_iterable(map(splitter.feed, pieces)), splitter.end()):
        if isinstance(found, Update):
            follower.take(found)
        elif found:
            words.append(found)
    return words


def _failure(words: list[str], wish: BuildWish, url: str, ledger: Ledger) -> Failure:
    ledger.close(StepState.FAILED)
    starts = [at for at, line in enumerate(words) if line.startswith(ERROR)]
    error = "\n".join(words[starts[-1] :] if starts else words[-LAST:]).removeprefix(ERROR)
    if LOST.search(error):
        return EngineGone(url, cut(error))
    return failure_of(cut(PREFIXES.sub("", error)), wish, ledger.steps, _line(words))


def _line(words: list[str]) -> int:
    """Where BuildKit says that it happened."""
    ruled = (
        found
        for line, rule in pairwise(words)
        if rule.startswith(RULE)
        for found in [PLACE.fullmatch(line)]
        if found
    )
    return next((int(found[1]) for found in ruled), 0)
