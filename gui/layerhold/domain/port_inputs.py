"""Published ports as a person types them: `[[address:]host:]container[/protocol]`."""

import re
from ipaddress import IPv4Address, IPv6Address

from layerhold.domain.container_errors import InputFault, InvalidInput
from layerhold.domain.running import Port

PROTOCOLS = ("tcp", "udp", "sctp")
HIGHEST = 65535

_FORM = re.compile(r"(?:(?:\[(?P<six>[^\]]*)\]|(?P<four>[^:\[\]]*)):(?=[^:]*:))?(?P<ports>.*)")
_RANGE = re.compile(r"([0-9]{1,5})(?:-([0-9]{1,5}))?")


def ports(text: str) -> tuple[Port, ...]:
    """One mapping, or one for each port of a range; raises `InvalidInput`."""
    mapping, slash, protocol = text.strip().partition("/")
    if slash and protocol.lower() not in PROTOCOLS:
        raise InvalidInput(text, InputFault.BAD_PROTOCOL, protocol)
    address, outside, inside = _split(text, mapping)
    container = _range(text, inside, lowest=1)
    hosts = _hosts(text, outside, len(container))
    chosen = protocol.lower() or PROTOCOLS[0]
    pairs = zip(container, hosts, strict=True)
    return tuple(Port(port, host, address, chosen) for port, host in pairs)


def _split(text: str, mapping: str) -> tuple[str, str, str]:
    """Address, host ports and container ports."""
    form = _FORM.fullmatch(mapping)
    if form is None:
        raise InvalidInput(text, InputFault.BAD_PORT, mapping)
    address = form["six"] if form["six"] is not None else form["four"]
    outside, _colon, inside = form["ports"].rpartition(":")
    if address is not None and not _is_address(address, six=form["six"] is not None):
        raise InvalidInput(text, InputFault.BAD_ADDRESS, address)
    return address or "", outside, inside


def _is_address(address: str, *, six: bool) -> bool:
    try:
        IPv6Address(address) if six else IPv4Address(address)
    except ValueError:
        return False
    return True


def _hosts(text: str, outside: str, count: int) -> list[str]:
    """A host's port for each of the container's; one port may be taken from a whole range."""
    if not outside:
        return [""] * count
    taken = _range(text, outside, lowest=0)
    if count == 1 and len(taken) > 1:
        return [outside]
    if len(taken) != count:
        raise InvalidInput(text, InputFault.RANGES_DIFFER, outside)
    return [str(port) if port else "" for port in taken]


def _range(text: str, part: str, *, lowest: int) -> range:
    found = _RANGE.fullmatch(part)
    first = int(found[1]) if found else 0
    last = int(found[2] or first) if found else 0
    if not found or not lowest <= first <= last <= HIGHEST:
        raise InvalidInput(text, InputFault.BAD_PORT, part or text.strip())
    return range(first, last + 1)
