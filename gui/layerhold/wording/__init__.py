"""Every error and outcome in the user's words and language."""

from layerhold.wording import (
    archive_failures,
    configuration,
    inputs,
    registry_failures,
    unreachable,
)
from layerhold.wording.failures import Said, explain

__all__ = [
    "Said",
    "archive_failures",
    "configuration",
    "explain",
    "inputs",
    "registry_failures",
    "unreachable",
]
