import pytest

from layerhold.domain.committing import changes
from layerhold.domain.container_errors import InputFault, InvalidInput


def test_each_line_is_an_instruction():
    text = '# as the base has it\nCMD ["sleep", "5"]\n\n  env A=b\r\nLABEL k="v w"\n'

    assert changes(text) == ('CMD ["sleep", "5"]', "env A=b", 'LABEL k="v w"')


@pytest.mark.parametrize(
    ("line", "part"),
    [("RUN make", "RUN"), ("COPY a /", "COPY"), ("CMD", "CMD"), ("hello", "hello")],
)
def test_what_would_need_a_build_is_refused(line, part):
    with pytest.raises(InvalidInput) as caught:
        changes(f"USER root\n{line}")
    assert (caught.value.fault, caught.value.part) == (InputFault.BAD_INSTRUCTION, part)
