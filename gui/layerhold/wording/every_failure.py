"""The words of every kind of failure, told by one `explain`."""

from layerhold.wording import (
    archive_failures,
    build_failures,
    build_inputs,
    configuration,
    container_failures,
    credential_failures,
    inputs,
    registry_failures,
    store_failures,
    trust,
    unreachable,
)
from layerhold.wording.failures import Said, explain

__all__ = [
    "Said",
    "archive_failures",
    "build_failures",
    "build_inputs",
    "configuration",
    "container_failures",
    "credential_failures",
    "explain",
    "inputs",
    "registry_failures",
    "store_failures",
    "trust",
    "unreachable",
]
