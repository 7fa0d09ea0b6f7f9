"""What an engine's words of refusal mean; status codes tell little."""

import re
from collections.abc import Callable

from layerhold.domain.errors import (
    ApiMismatch,
    ContainerNotFound,
    DiskFull,
    EngineRefused,
    EngineUnreachable,
    Failure,
    HasChildren,
    HistoryUnavailable,
    ImageNotFound,
    InUse,
    InvalidReference,
    ReferenceFault,
    SeveralTags,
    Unreachability,
)
from layerhold.engine.docker.registry_refusals import registry_meaning

HOLDERS = re.compile(
    r"(?:being used by (?:running |stopped )?container|- container|image used by"
    r"|: container)\s+(?P<names>[^\s:,]+(?:, *[^\s:,]+)*)",
    re.IGNORECASE,
)
FIRMLY = re.compile(
    r"cannot be forced|using image could not be removed.*cannot be removed without force", re.DOTALL
)
REFERENCE_FAULTS = {
    "lowercase": ReferenceFault.UPPERCASE,
    "invalid tag": ReferenceFault.BAD_TAG,
    "64-byte": ReferenceFault.IS_AN_ID,
    "digest reference": ReferenceFault.DIGEST_NOT_ALLOWED,
    "repo parameter is required": ReferenceFault.EMPTY,
}


def meaning(message: str, status: int, subject: str = "") -> Failure:
    """The failure that the engine's message describes; `EngineRefused` for anything unknown."""
    for pattern, make in MEANINGS:
        if pattern.search(message):
            return make(subject, message)
    return registry_meaning(message, status) or EngineRefused(subject, message, status)


def _in_use(subject: str, message: str) -> Failure:
    found = HOLDERS.search(message)
    names = re.split(r", *", found["names"]) if found else []
    return InUse(subject, message, tuple(names), firmly=bool(FIRMLY.search(message)))


def _bad_reference(subject: str, message: str) -> Failure:
    faults = (fault for words, fault in REFERENCE_FAULTS.items() if words in message)
    fault = next(faults, ReferenceFault.BAD_CHARACTER)
    return InvalidReference(subject, fault, detail=message)


def _api(subject: str, message: str) -> Failure:
    newest = re.search(r"[Mm]aximum supported API version is ([\d.]*\d)", message)
    oldest = re.search(r"[Mm]inimum supported API version is ([\d.]*\d)", message)
    return ApiMismatch(
        subject,
        message,
        engine_min=oldest[1] if oldest else "",
        engine_max=newest[1] if newest else "",
    )


def _needs_tls(subject: str, message: str) -> Failure:
    return EngineUnreachable(subject, message, Unreachability.UNSUPPORTED_TRANSPORT)


MEANINGS: tuple[tuple[re.Pattern[str], Callable[[str, str], Failure]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), make)
    for pattern, make in (
        (r"no space left on device", DiskFull),
        (r"used by (running|stopped) container", _in_use),
        (r"is using its referenced image|image is in use by a container", _in_use),
        (r"using image could not be removed", _in_use),
        (r"dependent child|image has children", HasChildren),
        (r"referenced in multiple repositories|by ID with more than one tag", SeveralTags),
        (r"snapshot .*does not exist", HistoryUnavailable),
        (r"no such container|no container with", ContainerNotFound),
        (r"no such image|reference does not exist|image not known", ImageNotFound),
        (r"failed to find image|unable to find image", ImageNotFound),
        (r"image does not exist locally|^tag does not exist:", ImageNotFound),
        (r"client version .* is too (new|old)", _api),
        (r"HTTP request to an HTTPS server", _needs_tls),
        (r"invalid (reference|tag) format|invalid repository name", _bad_reference),
        (r"must be lowercase|64-byte hexadecimal|digest reference", _bad_reference),
        (r"repo parameter is required", _bad_reference),
    )
)
