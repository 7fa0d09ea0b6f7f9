import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.container_errors import InputFault, InvalidInput
from layerhold.domain.run_inputs import command, container_name, environment, mount, variable
from layerhold.domain.running import Mount


def wrong(read, text):
    with pytest.raises(InvalidInput) as caught:
        read(text)
    assert caught.value.text == text
    return caught.value.fault, caught.value.part


@pytest.mark.parametrize("text", ["", "  ", "web", "web_1.a-b", "00"])
def test_names_that_every_engine_takes(text):
    assert container_name(text) == text.strip()


@pytest.mark.parametrize("text", ["a", "-web", "web 1", "wéb", "a/b", ".web"])
def test_names_that_no_docker_takes(text):
    assert wrong(container_name, text) == (InputFault.BAD_NAME, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/data", Mount("/data")),
        ("data:/data", Mount("/data", "data")),
        (" /srv/www:/www:ro ", Mount("/www", "/srv/www", ("ro",))),
        ("data:/data:ro,Z", Mount("/data", "data", ("ro", "Z"))),
    ],
)
def test_volumes(text, expected):
    assert mount(text) == expected
    assert mount(str(expected)) == expected


@pytest.mark.parametrize(
    ("text", "fault", "part"),
    [
        ("", InputFault.BAD_VOLUME, ""),
        ("data:", InputFault.BAD_VOLUME, "data:"),
        ("a:/b:ro:c", InputFault.BAD_VOLUME, "a:/b:ro:c"),
        ("/srv:/", InputFault.BAD_VOLUME, "/"),
        ("data", InputFault.NOT_ABSOLUTE, "data"),
        ("/data:ro", InputFault.NOT_ABSOLUTE, "ro"),
        ("./www:/www", InputFault.NOT_ABSOLUTE, "./www"),
        ("~/www:/www", InputFault.NOT_ABSOLUTE, "~/www"),
        ("www/a:/www", InputFault.NOT_ABSOLUTE, "www/a"),
        ("my data:/www", InputFault.BAD_VOLUME_NAME, "my data"),
        ("d:/www", InputFault.BAD_VOLUME_NAME, "d"),
        ("data:/www:readonly", InputFault.BAD_OPTION, "readonly"),
        ("data:/www:ro,", InputFault.BAD_OPTION, ""),
    ],
)
def test_what_is_wrong_with_a_volume(text, fault, part):
    assert wrong(mount, text) == (fault, part)


@given(st.text(alphabet="/ab.:~ ,roz", max_size=20))
def test_a_volume_is_either_read_or_refused(text):
    try:
        read = mount(text)
    except InvalidInput:
        return
    assert read.target.startswith("/")
    assert mount(str(read)) == read


def test_variables_stand_one_to_a_line():
    text = "# where it listens\nA=b\r\n\n  B=\nC=x=y # z\nD= spaced \n"

    assert environment(text) == (("A", "b"), ("B", ""), ("C", "x=y # z"), ("D", " spaced "))


@pytest.mark.parametrize("line", ["A", "=b", "A B=c", "A =b"])
def test_what_is_no_variable(line):
    assert wrong(variable, line) == (InputFault.BAD_VARIABLE, line)
    with pytest.raises(InvalidInput):
        environment(f"OK=1\n{line}")


words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)


@given(st.lists(words, max_size=5))
def test_a_command_is_split_as_a_shell_does(argv):
    assert command(shlex.join(argv)) == tuple(argv)


def test_a_quote_that_does_not_end():
    assert wrong(command, " sh -c 'oh ") == (InputFault.OPEN_QUOTE, "sh -c 'oh")
