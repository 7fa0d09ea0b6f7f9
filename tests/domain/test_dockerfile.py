from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.dockerfile import (
    Argument,
    line_in_stage,
    line_of_step,
    looks_like_one,
    read,
)

STAGES = """\
# syntax=docker/dockerfile:1
# A comment before everything

ARG BASE=scratch VERSION="1 2"
FROM ${BASE} AS base
RUN one \\
    # a comment within
    && two \\

    && three
copy . /srv

FROM --platform=linux/amd64 base as Build
ARG VERSION
ARG TOKEN
WORKDIR /srv
RUN <<EOF cat && <<-'END' cat
FROM nothing
EOF
\tRUN nothing
\tEND
FROM alpine:3
RUN last
"""


def test_instructions_with_their_lines():
    written = [(each.word, each.line, each.end) for each in read(STAGES).instructions]
    assert written == [
        ("ARG", 4, 4),
        ("FROM", 5, 5),
        ("RUN", 6, 10),
        ("COPY", 11, 11),
        ("FROM", 13, 13),
        ("ARG", 14, 14),
        ("ARG", 15, 15),
        ("WORKDIR", 16, 16),
        ("RUN", 17, 21),
        ("FROM", 22, 22),
        ("RUN", 23, 23),
    ]


def test_continued_lines_are_one_text():
    assert read(STAGES).instructions[2].text == "one && two && three"


def test_stages_and_their_names_are_the_targets():
    file = read(STAGES)
    assert file.targets == ("base", "Build")
    assert [stage.base for stage in file.stages] == ["${BASE}", "base", "alpine:3"]
    assert [stage.called for stage in file.stages] == ["base", "Build", "stage-2"]


def test_arguments_with_the_first_default_that_there_is():
    assert read(STAGES).arguments == (
        Argument("BASE", "scratch", 4),
        Argument("VERSION", "1 2", 4),
        Argument("TOKEN", None, 15),
    )


def test_an_empty_default_is_a_default():
    assert read("ARG A=\nARG B").arguments == (Argument("A", "", 1), Argument("B", None, 2))


def test_steps_of_the_classic_builder_are_counted_through_all_stages():
    file = read(STAGES)
    assert [line_of_step(file, number) for number in (1, 3, 11, 12, 0)] == [4, 6, 23, 0, 0]


def test_steps_of_buildkit_are_counted_within_a_stage():
    file = read(STAGES)
    assert line_in_stage(file, "base", 2, 2) == 11
    assert line_in_stage(file, "build", 1, 2) == 16
    assert line_in_stage(file, "build", 2, 2) == 17


def test_a_from_counts_where_the_sum_says_so():
    file = read(STAGES)
    assert [line_in_stage(file, "stage-2", number, 2) for number in (1, 2)] == [22, 23]
    assert line_in_stage(file, "stage-2", 1, 1) == 23


def test_what_the_file_does_not_have_is_in_no_line():
    file = read(STAGES)
    assert line_in_stage(file, "other", 1, 2) == 0
    assert line_in_stage(file, "base", 1, 7) == 0


def test_another_escape_character_where_a_directive_says_so():
    file = read("# escape=`\nFROM a\nRUN dir c:\\\nRUN one `\n  two\n")
    assert [(each.text, each.line) for each in file.instructions] == [
        ("a", 2),
        ("dir c:\\", 3),
        ("one two", 4),
    ]


def test_a_directive_after_a_comment_is_a_comment():
    file = read("# hello\n# escape=`\nFROM a\nRUN one \\\n two")
    assert [each.text for each in file.instructions] == ["a", "one two"]


def test_two_backslashes_do_not_continue_a_line():
    assert [each.word for each in read("RUN a \\\\\nRUN b").instructions] == ["RUN", "RUN"]


def test_a_byte_order_mark_and_windows_line_ends():
    assert [each.text for each in read("\ufeffFROM a\r\nRUN b \\\r\n c\r\n").instructions] == [
        "a",
        "b c",
    ]


def test_here_documents_need_an_end_to_be_left():
    assert len(read("FROM a\nRUN <<EOF\nRUN b\n").instructions) == 2
    assert [each.has_heredoc for each in read("RUN <<E\nE\nRUN a <<1\n").instructions] == [
        True,
        False,
    ]


def test_a_shift_is_no_here_document():
    assert len(read("RUN echo $((1<<A))\nRUN b").instructions) == 2


def test_what_instructions_take_images_or_stages_from():
    text = (
        "FROM --platform=x a:1 AS b\nCOPY --chown=1 --from=c d /e\nCOPY d --from=e\nRUN --from=f\n"
    )
    assert [each.image for each in read(text).instructions] == ["a:1", "c", "", ""]


def test_a_dockerfile_is_told_from_other_text():
    assert looks_like_one(read(STAGES))
    assert not looks_like_one(read("# only a comment"))
    assert not looks_like_one(read("FROM the editor\nDear reader,"))


@given(st.text(alphabet="FROMRUN argc\\\n#<E`=\t'\"", max_size=200))
def test_any_text_can_be_read_and_every_instruction_is_where_it_says(text):
    lines = text.split("\n")
    for each in read(text).instructions:
        assert lines[each.line - 1].strip().upper().startswith(each.word.rstrip("\\`").upper())
        assert each.line <= each.end <= len(lines)
