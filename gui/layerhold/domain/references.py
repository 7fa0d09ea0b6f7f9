"""How images are called: the grammar and normalisation of `distribution/reference`."""

import re
from dataclasses import dataclass

from layerhold.domain.digests import is_digest
from layerhold.domain.errors import InvalidReference, ReferenceFault

DEFAULT_REGISTRY = "docker.io"
LEGACY_REGISTRY = "index.docker.io"
OFFICIAL = "library/"
DEFAULT_TAG = "latest"
DIGEST_ALGORITHM = "sha256"
LONGEST_NAME = 255
"""Characters of registry and path; engines up to 20.10 count both."""
LONGEST_TAG = 128
LAST_PORT = 65535
NOTHING = "scratch"
"""What a Dockerfile begins with nothing by; no registry has an image of that name."""

_LABEL = r"(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])"
_REGISTRY = re.compile(rf"(?:{_LABEL}(?:\.{_LABEL})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?")
_COMPONENT = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
_PATH = re.compile(rf"{_COMPONENT}(?:/{_COMPONENT})*")
_ODD = re.compile(r"[^a-z0-9._/-]")
_TAG = re.compile(r"[a-zA-Z0-9_][a-zA-Z0-9_.-]*")
_ID = re.compile(r"[a-f0-9]{64}")


@dataclass(frozen=True, slots=True)
class Reference:
    """The normalised name of an image: with registry, and with tag or digest or both."""

    registry: str
    path: str
    tag: str = ""
    digest: str = ""

    @property
    def full(self) -> str:
        """`docker.io/library/nginx:latest`."""
        return f"{self.registry}/{self.path}{self._suffix}"

    @property
    def familiar(self) -> str:
        """`nginx:latest`, as Docker prints it."""
        return self.repository + self._suffix

    @property
    def repository(self) -> str:
        """`nginx`: familiar, without tag and digest."""
        if self.registry != DEFAULT_REGISTRY:
            return f"{self.registry}/{self.path}"
        short = self.path.removeprefix(OFFICIAL)
        return self.path if "/" in short else short

    @property
    def _suffix(self) -> str:
        return (f":{self.tag}" if self.tag else "") + (f"@{self.digest}" if self.digest else "")

    def __str__(self) -> str:
        return self.familiar


def parse(text: str) -> Reference:
    """Normalise a reference that a person typed or an engine printed; raises `InvalidReference`."""
    if not text:
        raise InvalidReference(text, ReferenceFault.EMPTY)
    if _ID.fullmatch(text):
        raise InvalidReference(text, ReferenceFault.IS_AN_ID, text)
    named, at, digest = text.partition("@")
    if at and not is_digest(digest):
        raise InvalidReference(text, ReferenceFault.BAD_DIGEST, digest)
    registry, remainder = _split_registry(named)
    path, colon, tag = remainder.partition(":")
    _check_name(text, registry, path)
    if colon:
        _check_tag(text, tag)
    return Reference(registry, path, tag or ("" if digest else DEFAULT_TAG), digest)


def parse_tag_target(text: str) -> Reference:
    """A reference that an image can be tagged with: as `parse`, but digests are refused.

    So is what reads as one, which engines refuse as well.
    """
    reference = parse(text)
    if reference.repository == DIGEST_ALGORITHM:
        raise InvalidReference(text, ReferenceFault.READS_AS_DIGEST, reference.familiar)
    if reference.digest:
        raise InvalidReference(text, ReferenceFault.DIGEST_NOT_ALLOWED, reference.digest)
    return reference


def parse_remote(text: str) -> Reference:
    """A reference that a registry can be asked for: as `parse`, but the port has to be one."""
    reference = parse(text)
    port = reference.registry.rpartition("]")[2].partition(":")[2]
    if port and not 0 < int(port) <= LAST_PORT:
        raise InvalidReference(text, ReferenceFault.BAD_REGISTRY, reference.registry)
    if reference.repository == NOTHING:
        raise InvalidReference(text, ReferenceFault.RESERVED, NOTHING)
    return reference


def split(reference: str) -> tuple[str, str]:
    """Repository and tag (or digest) of a reference as an engine prints it; never raises."""
    repository, at, digest = reference.partition("@")
    if at:
        return repository, digest
    repository, colon, tag = reference.rpartition(":")
    if not colon or "/" in tag:
        return reference, ""
    return repository, tag


def _split_registry(named: str) -> tuple[str, str]:
    """Docker's `splitDockerDomain`, except that a capital letter alone makes no registry.

    Docker 20.10 says of `Team/app` that it must be lowercase; newer engines look for a host `Team`.
    """
    first, slash, rest = named.partition("/")
    is_registry = bool(slash) and (first == "localhost" or "." in first or ":" in first)
    registry, remainder = (first, rest) if is_registry else (DEFAULT_REGISTRY, named)
    if registry == LEGACY_REGISTRY:
        registry = DEFAULT_REGISTRY
    if registry == DEFAULT_REGISTRY and "/" not in remainder:
        remainder = OFFICIAL + remainder
    return registry, remainder


def _check_name(text: str, registry: str, path: str) -> None:
    if len(registry) + 1 + len(path) > LONGEST_NAME:
        raise InvalidReference(text, ReferenceFault.TOO_LONG, path)
    if not _REGISTRY.fullmatch(registry):
        raise InvalidReference(text, ReferenceFault.BAD_REGISTRY, registry)
    if _PATH.fullmatch(path):
        return
    typed = path.removeprefix(OFFICIAL)
    if typed != typed.lower():
        raise InvalidReference(text, ReferenceFault.UPPERCASE, typed)
    if odd := _ODD.search(typed):
        raise InvalidReference(text, ReferenceFault.BAD_CHARACTER, odd[0])
    raise InvalidReference(text, ReferenceFault.BAD_PATH, typed)


def _check_tag(text: str, tag: str) -> None:
    if len(tag) > LONGEST_TAG:
        raise InvalidReference(text, ReferenceFault.TOO_LONG, tag)
    if not _TAG.fullmatch(tag):
        raise InvalidReference(text, ReferenceFault.BAD_TAG, tag)
