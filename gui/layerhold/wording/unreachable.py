"""Why no engine answers, and how to make it answer."""

from PySide6.QtCore import QCoreApplication

from layerhold.domain.errors import (
    EngineNotStarted,
    EngineUnreachable,
    Failure,
    Unreachability,
)
from layerhold.engine.commands import remedy
from layerhold.formatting import visible
from layerhold.wording.failures import REASON_LIMIT, Said, explain
from layerhold.wording.quoting import DETAIL_LIMIT, name

translate = QCoreApplication.translate

_ON_THE_WAY = frozenset(Unreachability) - {
    Unreachability.BAD_ADDRESS,
    Unreachability.UNSUPPORTED_TRANSPORT,
}
"""What may be amiss between here and an engine on another machine."""


def _what(why: Unreachability) -> str:
    return {
        Unreachability.NO_SOCKET: translate("Unreachable", "There is no engine at {address}."),
        Unreachability.REFUSED: translate("Unreachable", "No engine listens at {address}."),
        Unreachability.NO_PERMISSION: translate(
            "Unreachable", "You are not allowed to use the engine at {address}."
        ),
        Unreachability.UNKNOWN_HOST: translate(
            "Unreachable", "There is no host by the name in {address}."
        ),
        Unreachability.TIMEOUT: translate(
            "Unreachable", "The engine at {address} does not answer."
        ),
        Unreachability.BAD_ADDRESS: translate(
            "Unreachable", "{address} is no address of an engine."
        ),
        Unreachability.UNSUPPORTED_TRANSPORT: translate(
            "Unreachable", "Layerhold cannot reach {address} yet."
        ),
        Unreachability.OTHER: translate(
            "Unreachable", "The engine at {address} cannot be reached."
        ),
    }[why]


def _hint(error: EngineUnreachable) -> str:
    why, command = error.why, remedy(error)
    if _is_remote(error.subject) and why in _ON_THE_WAY:
        return _remote_hint(why)
    start_it = translate("Unreachable", "Start it: {command}.").replace("{command}", command)
    if not command:
        start_it = translate(
            "Unreachable", "Check the path, or start the engine that is to listen there."
        )
    install_it = translate(
        "Unreachable",
        "Where no engine is installed yet, install Docker or Podman first; the menu Help says how.",
    )
    check_it = translate("Unreachable", "Check the address, the network and the engine's own log.")
    return {
        Unreachability.NO_SOCKET: f"{start_it} {install_it}" if command else start_it,
        Unreachability.REFUSED: start_it,
        Unreachability.NO_PERMISSION: translate(
            "Unreachable",
            "Add yourself to the docker group (sudo usermod -aG docker $USER, then log in again), "
            "or use rootless Docker or Podman, which need no permission.",
        ),
        Unreachability.UNKNOWN_HOST: check_it,
        Unreachability.TIMEOUT: check_it,
        Unreachability.BAD_ADDRESS: translate(
            "Unreachable", "Write unix:///path/to/socket or tcp://host:port."
        ),
        Unreachability.UNSUPPORTED_TRANSPORT: translate(
            "Unreachable",
            "Engines behind SSH or TLS come later; unix:// and plain tcp:// addresses can be used.",
        ),
        Unreachability.OTHER: check_it,
    }[why]


def _is_remote(address: str) -> bool:
    """Whether the engine is reached through the network, and not started by a command here."""
    scheme, separator, _rest = address.partition("://")
    return bool(separator) and scheme != "unix"


def _remote_hint(why: Unreachability) -> str:
    if why is Unreachability.UNKNOWN_HOST:
        return translate(
            "Unreachable", "Check how the host is spelled, and whether the network knows it."
        )
    return translate(
        "Unreachable",
        "Check the host and the port, that the engine listens on TCP there, and that no firewall "
        "stands in between.",
    )


@explain.register
def _unreachable(error: EngineUnreachable) -> Said:
    address = name(error.subject) or translate("Unreachable", "its address")
    what = _what(error.why).replace("{address}", address)
    return Said(what, _hint(error), visible(error.detail, DETAIL_LIMIT))


@explain.register
def _not_started(error: EngineNotStarted) -> Said:
    what = translate("Unreachable", "{engine} could not be started.")
    engine = name(error.subject) or translate("Unreachable", "The engine")
    own = translate("Unreachable", "Its last words: “{words}”.")
    own = own.replace("{words}", visible(error.detail, REASON_LIMIT)) if error.detail else ""
    return Said(what.replace("{engine}", engine), own, visible(error.detail, DETAIL_LIMIT))


def briefly(error: Failure) -> str:
    """Why nothing answers, in as few words as stand in a list; the whole sentence elsewhere."""
    if not isinstance(error, EngineUnreachable):
        return explain(error).what
    return {
        Unreachability.NO_SOCKET: translate("Unreachable", "Not there"),
        Unreachability.REFUSED: translate("Unreachable", "Nothing listens"),
        Unreachability.NO_PERMISSION: translate("Unreachable", "No permission"),
        Unreachability.UNKNOWN_HOST: translate("Unreachable", "Unknown host"),
        Unreachability.TIMEOUT: translate("Unreachable", "No answer in time"),
        Unreachability.BAD_ADDRESS: translate("Unreachable", "Not an address"),
        Unreachability.UNSUPPORTED_TRANSPORT: translate("Unreachable", "Not supported yet"),
        Unreachability.OTHER: translate("Unreachable", "Unreachable"),
    }[error.why]
