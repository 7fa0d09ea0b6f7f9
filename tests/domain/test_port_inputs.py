import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.container_errors import InputFault, InvalidInput
from layerhold.domain.port_inputs import PROTOCOLS, ports
from layerhold.domain.running import Port


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("80", [Port(80)]),
        ("8080:80", [Port(80, "8080")]),
        (" 8080:80/udp ", [Port(80, "8080", protocol="udp")]),
        ("8080:80/TCP", [Port(80, "8080")]),
        ("127.0.0.1:8080:80", [Port(80, "8080", "127.0.0.1")]),
        ("127.0.0.1::80", [Port(80, "", "127.0.0.1")]),
        ("[::1]:8080:80/sctp", [Port(80, "8080", "::1", "sctp")]),
        ("0:80", [Port(80)]),
        ("8000-8002:80-82", [Port(80, "8000"), Port(81, "8001"), Port(82, "8002")]),
        ("80-81", [Port(80), Port(81)]),
        ("8000-8010:80", [Port(80, "8000-8010")]),
        ("1-1:65535", [Port(65535, "1")]),
    ],
)
def test_a_mapping_is_read_as_docker_reads_it(text, expected):
    assert ports(text) == tuple(expected)


@pytest.mark.parametrize(
    ("text", "fault", "part"),
    [
        ("", InputFault.BAD_PORT, ""),
        ("web", InputFault.BAD_PORT, "web"),
        ("8080:web", InputFault.BAD_PORT, "web"),
        ("0", InputFault.BAD_PORT, "0"),
        ("65536", InputFault.BAD_PORT, "65536"),
        ("8080:", InputFault.BAD_PORT, "8080:"),
        ("82-80", InputFault.BAD_PORT, "82-80"),
        ("٣", InputFault.BAD_PORT, "٣"),
        ("127.0.0.1:2:3:4", InputFault.BAD_PORT, "2:3"),
        ("80/http", InputFault.BAD_PROTOCOL, "http"),
        ("80/", InputFault.BAD_PROTOCOL, ""),
        ("localhost:8080:80", InputFault.BAD_ADDRESS, "localhost"),
        ("300.0.0.1:8080:80", InputFault.BAD_ADDRESS, "300.0.0.1"),
        ("[127.0.0.1]:8080:80", InputFault.BAD_ADDRESS, "127.0.0.1"),
        ("[]:8080:80", InputFault.BAD_ADDRESS, ""),
        (":8080:80", InputFault.BAD_ADDRESS, ""),
        ("8000-8001:80-82", InputFault.RANGES_DIFFER, "8000-8001"),
    ],
)
def test_what_is_wrong_is_named(text, fault, part):
    with pytest.raises(InvalidInput) as caught:
        ports(text)
    assert (caught.value.text, caught.value.fault, caught.value.part) == (text, fault, part)


numbers = st.integers(1, 65535)
addresses = st.sampled_from(["", "127.0.0.1", "0.0.0.0", "::", "fe80::1"])
known_ports = st.builds(
    Port,
    numbers,
    st.one_of(st.just(""), numbers.map(str), st.just("8000-8010")),
    addresses,
    st.sampled_from(PROTOCOLS),
)


@given(known_ports)
def test_what_is_written_is_read_again(port):
    assert ports(str(port)) == (port,)


@given(st.text(alphabet="0123456789:-/[].tcp", max_size=30))
def test_nothing_else_is_raised_and_everything_taken_is_possible(text):
    try:
        read = ports(text)
    except InvalidInput:
        return
    assert all(1 <= port.container <= 65535 for port in read)
    assert all(ports(str(port)) == (port,) for port in read)
