"""The engine's own builder, behind `POST /build`."""

import json
from collections.abc import Mapping
from typing import Any

import msgspec
import requests

from layerhold.archives.context.sending import pack
from layerhold.domain.build_errors import (
    BuilderLacks,
    BuildFailed,
    ContextProblem,
    DockerfileProblem,
)
from layerhold.domain.builders import Limit
from layerhold.domain.building import BuildWish, Built, StepState
from layerhold.domain.cancel import Token
from layerhold.domain.errors import (
    Cancelled,
    EngineGone,
    Failure,
    OutcomeUnknown,
)
from layerhold.domain.login import Login
from layerhold.engine.docker.building.failing import dockerfile_of, failure_of, subject_of
from layerhold.engine.docker.building.ledger import Ledger
from layerhold.engine.docker.building.logins import header
from layerhold.engine.docker.building.step_lines import StepLines
from layerhold.engine.docker.session import Session
from layerhold.engine.docker.stream import StreamEvent, read_stream

AS_IT_IS = (
    Cancelled,
    EngineGone,
    OutcomeUnknown,
    ContextProblem,
    DockerfileProblem,
)
"""What no step is to blame for."""


class WireBuilt(msgspec.Struct, gc=False):
    """The ID that a stage has come to."""

    id: str = msgspec.field(name="ID", default="")


def build(
    session: Session, wish: BuildWish, logins: Mapping[str, Login], ledger: Ledger, token: Token
) -> Built:
    """Send the context and follow the steps; closing the connection ends them."""
    if wish.secrets:
        raise BuilderLacks(subject_of(wish), lack=Limit.SECRETS)
    steps = StepLines(ledger, dockerfile_of(wish))
    parcel = pack(wish, token)
    request = {
        "params": _options(wish, parcel.dockerfile),
        "headers": {"Content-Type": "application/x-tar"} | header(logins),
        "data": parcel.chunks(lambda sent: ledger.sent(sent, wish.expected_bytes)),
    }
    try:
        with session.client(subject_of(wish), token, lasting=True) as client:
            answer = client.ask("POST", "/build", stream=True, **request)
            _follow(answer, steps, ledger)
    except AS_IT_IS:
        raise
    except Failure as refusal:
        raise _told(refusal, wish, ledger) from refusal
    return Built(steps.image_id, wish.tags, tuple(ledger.warnings))


def _follow(answer: requests.Response, steps: StepLines, ledger: Ledger) -> None:
    for event in read_stream(answer, _is_result):
        steps.image_id = _id_in(event) or steps.image_id
        if event.stream:
            steps.write(event.stream)
        elif event.status and not event.progress_detail:
            ledger.say(f"{event.id}: {event.status}" if event.id else event.status)
    steps.end()
    ledger.close(StepState.DONE)


def _is_result(event: StreamEvent) -> bool:
    return bool(_id_in(event)) or (event.stream or "").startswith("Successfully built")


def _id_in(event: StreamEvent) -> str:
    try:
        built = msgspec.json.decode(event.aux, type=WireBuilt | None)
    except msgspec.DecodeError:
        return ""
    return built.id if built else ""


def _told(refusal: Failure, wish: BuildWish, ledger: Ledger) -> Failure:
    """A step has failed, unless there was none yet and the engine refused for another reason."""
    ledger.close(StepState.FAILED)
    failure = failure_of(str(refusal), wish, ledger.steps)
    in_no_step = not ledger.steps and isinstance(failure, BuildFailed)
    return refusal if in_no_step else failure


def _options(wish: BuildWish, dockerfile: str) -> dict[str, Any]:
    options = {
        "t": list(wish.tags),
        "dockerfile": dockerfile,
        "nocache": "1" if wish.no_cache else "",
        "pull": "1" if wish.always_pull else "",
        "target": wish.target,
        "networkmode": wish.network,
        "platform": wish.platform,
        "buildargs": json.dumps(dict(wish.arguments)) if wish.arguments else "",
        "labels": json.dumps(dict(wish.labels)) if wish.labels else "",
        "cachefrom": json.dumps(wish.cache_from) if wish.cache_from else "",
    }
    return {name: value for name, value in options.items() if value} | {"rm": 1, "forcerm": 1}
