import pytest

from layerhold.domain.committing import changes
from layerhold.domain.container_errors import InputFault, InvalidInput


def test_each_line_is_an_instruction():
    text = '# as the base has it\nCMD ["sleep", "5"]\n\n  env A=b\r\nLABEL k="v w"\n'

    assert changes(text) == ('CMD ["sleep", "5"]', "env A=b", 'LABEL k="v w"')


@pytest.mark.parametrize(
    ("line", "part"),
    [("RUN make", "RUN"), ("COPY a /", "COPY"), ("hello", "hello")],
)
def test_what_would_need_a_build_is_refused(line, part):
    with pytest.raises(InvalidInput) as caught:
        changes(f"USER root\n{line}")
    assert (caught.value.fault, caught.value.part) == (InputFault.BAD_INSTRUCTION, part)


@pytest.mark.parametrize(
    ("line", "fault", "part"),
    [
        ("CMD", InputFault.NO_ARGUMENT, "CMD"),
        ("ENV A", InputFault.NO_VALUE, "A"),
        ("label a", InputFault.NO_VALUE, "a"),
        ("EXPOSE 99999", InputFault.BAD_EXPOSED, "99999"),
        ("EXPOSE 80 http", InputFault.BAD_EXPOSED, "http"),
        ("EXPOSE 53/dns", InputFault.BAD_EXPOSED, "53/dns"),
    ],
)
def test_what_an_engine_would_refuse_is_named(line, fault, part):
    with pytest.raises(InvalidInput) as caught:
        changes(line)
    assert (caught.value.fault, caught.value.part) == (fault, part)


@pytest.mark.parametrize(
    "line", ["ENV A b c", "ENV A=", "ENV A=b C=d", "EXPOSE 80 53/udp 8000-8010", "EXPOSE $PORT"]
)
def test_what_an_engine_takes_is_taken(line):
    assert changes(line) == (line,)
