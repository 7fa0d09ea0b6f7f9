"""Which version of the Docker API we speak with an engine."""

LOWEST = "1.41"
"""Docker 20.10 and Podman 4, the oldest that Layerhold was measured with."""
HIGHEST = "1.51"
"""What Layerhold was measured with; answers lose fields from 1.52 on."""


def common(engine_min: str, engine_max: str) -> str | None:
    """The newest version that both sides speak; `None` without one, `ValueError` for no version."""
    newest = min(number(engine_max), number(HIGHEST))
    oldest = max(number(engine_min or LOWEST), number(LOWEST))
    return ".".join(map(str, newest)) if oldest <= newest else None


def number(version: str) -> tuple[int, ...]:
    """What a version compares by: 1.9 is older than 1.10."""
    return tuple(int(part) for part in version.split("."))
