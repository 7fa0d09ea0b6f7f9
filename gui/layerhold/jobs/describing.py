"""Read what the details of one image need."""

from dataclasses import dataclass

from layerhold.domain.cancel import Token
from layerhold.domain.errors import EngineFailure
from layerhold.domain.layers import Step
from layerhold.engine.api import Engine


@dataclass(frozen=True, slots=True)
class Description:
    """Everything an engine tells about one image."""

    image_id: str
    inspect: bytes
    """The engine's JSON, as it sent it."""
    steps: tuple[Step, ...]
    """Newest first; empty where `problem` says why."""
    problem: EngineFailure | None = None


def describe(engine: Engine, image_id: str, token: Token | None = None) -> Description:
    """Inspect an image and read its history; a history that cannot be read is told, not raised."""
    inspect = engine.inspect(image_id, token)
    try:
        return Description(image_id, inspect, engine.steps(image_id, token))
    except EngineFailure as problem:
        return Description(image_id, inspect, (), problem)
