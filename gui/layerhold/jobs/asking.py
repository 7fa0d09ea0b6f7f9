"""Ask several engines at once whether they answer. Knows no Qt."""

from collections.abc import Iterable, Iterator
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic

from layerhold.domain.cancel import Token
from layerhold.domain.errors import EngineUnreachable, Failure, Unreachability
from layerhold.engine.about import About, Endpoint
from layerhold.engine.connect import reach
from layerhold.jobs.knocking import Reach

PATIENCE_SECONDS = 2.0

Answer = tuple[Endpoint, About | Failure]


def answering(
    endpoints: Iterable[Endpoint],
    token: Token,
    *,
    reach: Reach = reach,
    seconds: float = PATIENCE_SECONDS,
) -> Iterator[Answer]:
    """What each engine says about itself, or why it does not; quick ones first, then the silent."""
    waiting = list(endpoints)
    answers: SimpleQueue[Answer] = SimpleQueue()
    question = Token()
    for endpoint in waiting:
        ask = partial(_ask, endpoint, question, reach, answers)
        Thread(target=ask, name=f"Ask {endpoint.name}", daemon=True).start()
    with token.breaking(question.cancel):
        end = monotonic() + seconds
        while waiting and (answer := _next(answers, end)):
            token.check()
            waiting.remove(answer[0])
            yield answer
    question.cancel()
    token.check()
    for endpoint in waiting:
        yield endpoint, EngineUnreachable(endpoint.url, why=Unreachability.TIMEOUT)


def is_late(answer: object) -> bool:
    """Whether an engine only took too long, and may well answer whoever waits longer."""
    return isinstance(answer, EngineUnreachable) and answer.why is Unreachability.TIMEOUT


def _next(answers: SimpleQueue[Answer], end: float) -> Answer | None:
    try:
        return answers.get(timeout=max(0.0, end - monotonic()))
    except Empty:
        return None


def _ask(endpoint: Endpoint, token: Token, reach: Reach, answers: SimpleQueue[Answer]) -> None:
    try:
        engine = reach(endpoint, token)
    except Failure as why:
        answers.put((endpoint, why))
        return
    engine.close()
    answers.put((endpoint, engine.about))
