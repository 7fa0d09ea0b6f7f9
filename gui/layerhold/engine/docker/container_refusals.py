"""What an engine's words about making, running and committing containers mean."""

import re

from layerhold.domain.container_errors import (
    ContainerFault,
    ContainerRefused,
    InvalidChange,
    LogUnreadable,
)
from layerhold.domain.errors import ContainerNotFound, EngineRefused, Failure

MEANINGS = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), fault)
    for pattern, fault in (
        (
            r"container name \"/?(?P<part>[^\"]+)\" is already in use",
            ContainerFault.NAME_TAKEN,
        ),
        (
            r"invalid container name \((?P<part>[^)]*)\)|container create option: names must match",
            ContainerFault.BAD_NAME,
        ),
        (
            r"(?::|port )(?P<part>\d+)(?:/\w+)?(?:\D[^:]*)?: "
            r"(?:port is already allocated|(?:bind: )?address already in use)"
            r"|port is already allocated|address already in use",
            ContainerFault.PORT_TAKEN,
        ),
        (
            r"privileged port (?P<part>\d+)|invalid (?:host )?port[^\"]*\"(?P<other>[^\"]+)\""
            r"|for --expose: (?P<third>\d+)",
            ContainerFault.BAD_PORT,
        ),
        (r"no command specified|no command or entrypoint provided", ContainerFault.NO_COMMAND),
        (
            r"network (?P<part>\S+) not found|network with name or ID (?P<other>[^\s:]+)",
            ContainerFault.NO_NETWORK,
        ),
        (
            r"exec(?:utable file)?:? [\"`](?P<part>[^\"`]+)[\"`]:? "
            r"(?:executable file not found|stat \S+ no such file|not found in)",
            ContainerFault.NOT_FOUND,
        ),
        (
            r"exec: \"(?P<part>[^\"]+)\": (?:permission denied|is a directory)"
            r"|open executable: Permission denied",
            ContainerFault.NOT_EXECUTABLE,
        ),
        (
            r"unable to find (?:user|group) (?P<part>[^\s:]+)|no matching entries in",
            ContainerFault.NO_USER,
        ),
        (r"exec format error", ContainerFault.OTHER_PLATFORM),
        (
            r"can't create 'AutoRemove' container with restart|--rm option conflicts",
            ContainerFault.RESTARTS_AND_GOES,
        ),
        (
            r"mount source path '(?P<part>[^']+)'.*read-only|read-only file system",
            ContainerFault.READ_ONLY,
        ),
        (
            r"duplicate mount point: (?P<part>\S+)|(?P<other>\S+): duplicate mount dest"
            r"|invalid container path \"(?P<third>[^\"]+)\""
            r"|invalid (?:volume spec|mount config|mount path|mode|option type)"
            r"|error (?:mounting \"(?P<fourth>[^\"]+)\"|while creating mount source path)"
            r"|bind source path does not exist|statfs \S+ no such file"
            r"|invalid characters for a local volume name|volume (?:create option|mountpoint)",
            ContainerFault.BAD_MOUNT,
        ),
    )
)
"""The order matters: an error of a mount may name files that are not there."""
CHANGE = re.compile(
    r"(?P<part>\w+) is not a valid change command"
    r"|(?:parse error.*)?unknown instruction: (?P<other>\S+)"
    r"|invalid change \"(?P<third>[^\"]*)\"|parse error|requires at least one argument",
    re.IGNORECASE,
)
GOING = re.compile(r"dead or marked for removal")
NO_LOG = re.compile(r"logging driver does not support reading|not logging output|log driver")


def container_meaning(refused: EngineRefused) -> Failure:
    """The failure that the engine's message about a container describes, or what it was."""
    for pattern, fault in MEANINGS:
        if found := pattern.search(refused.detail):
            return ContainerRefused(refused.subject, refused.detail, fault, _part(found))
    return refused


def change_meaning(refused: EngineRefused) -> Failure | None:
    """The instruction that the engine does not take, if that is what its message is about."""
    found = CHANGE.search(refused.detail)
    return InvalidChange(refused.subject, refused.detail, _part(found)) if found else None


def log_meaning(refused: EngineRefused) -> Failure:
    """The missing log or container, if the engine's message is about one, or what it was."""
    if NO_LOG.search(refused.detail):
        return LogUnreadable(refused.subject, refused.detail)
    if GOING.search(refused.detail):
        return ContainerNotFound(refused.subject, refused.detail)
    return refused


def _part(found: re.Match[str]) -> str:
    return next((part for part in found.groups() if part), "")
