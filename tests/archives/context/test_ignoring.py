from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerhold.archives.context import ignoring
from layerhold.archives.context.ignoring import Ignoring, parse
from layerhold.domain.build_errors import ContextFault, ContextProblem

FILE = Path("/context/.dockerignore")


def rules(text: str) -> Ignoring:
    return Ignoring(parse(text, FILE), FILE)


def leaves_out(text: str, path: str) -> bool:
    """As a walk finds out: folder by folder."""
    found, matched, parts = False, (), path.split("/")
    for depth in range(len(parts)):
        found, matched = rules(text).match("/".join(parts[: depth + 1]), matched)
    return found


@pytest.mark.parametrize(
    ("text", "path", "left_out"),
    [
        ("a", "a", True),
        ("a", "b/a", False),
        ("a", "a/b/c", True),
        ("/a/", "a", True),
        ("./a/../b", "b", True),
        ("*.md", "README.md", True),
        ("*.md", "docs/README.md", False),
        ("**/*.md", "docs/deep/README.md", True),
        ("**/*.md", "README.md", True),
        ("**", "any/thing", True),
        ("**/a", "ba", False),
        ("**a", "ba", True),
        ("**a", "c/ba", True),
        ("a/**", "a", False),
        ("a/**", "a/b/c", True),
        ("a**", "abc/d", True),
        ("a/**/b", "a/b", True),
        ("a/**/b", "a/x/y/b", True),
        ("a/**/b", "ab", False),
        ("a?", "ab", True),
        ("a?", "a/", False),
        ("[a-c]x", "bx", True),
        ("[^a-c]x", "bx", False),
        ("[^a-c]x", "dx", True),
        ("[!a]x", "!x", True),
        (r"a\*", "a*", True),
        (r"a\*", "ab", False),
        ("a.c", "abc", False),
        ("(a)+$", "(a)+$", True),
        ("*\n!keep", "keep", False),
        ("*\n!keep", "other", True),
        ("!keep\n*", "keep", True),
        ("a\n!a/b", "a/b/c", False),
        ("a\n!a/b\na/b/c", "a/b/c", True),
        ("*\n!**/keep", "a/b/keep", False),
        ("a/*\n!a/b", "a/b", False),
        ("*\n! /keep/", "keep", False),
        ("# a\na", "# a", False),
        (" # a", "# a", True),
        ("\n\n  a  \r\n", "a", True),
        (".", "a", False),
        ("..", "a", False),
    ],
)
def test_patterns_mean_what_they_mean_to_docker(text, path, left_out):
    assert leaves_out(text, path) is left_out


@pytest.mark.parametrize("line", ["!", "! ", "[", "a[", "[]", "a\\", "[z-a]"])
def test_a_line_that_is_no_pattern_is_told(line):
    with pytest.raises(ContextProblem) as caught:
        parse(f"fine\n{line}", FILE)
    assert (caught.value.fault, caught.value.path) == (ContextFault.BAD_PATTERN, str(FILE))
    assert caught.value.detail == line.strip()


def test_a_byte_order_mark_is_no_part_of_the_first_pattern(tmp_path):
    file = tmp_path / ".dockerignore"
    file.write_bytes("\ufeffa\n".encode())
    assert ignoring.read(file).match("a") == (True, (True,))


def test_an_ignore_file_of_the_dockerfile_comes_first(tmp_path):
    dockerfile = tmp_path / "build/app.Dockerfile"
    dockerfile.parent.mkdir()
    common, own = tmp_path / ".dockerignore", tmp_path / "build/app.Dockerfile.dockerignore"

    assert ignoring.find(tmp_path, dockerfile) is None
    common.touch()
    assert ignoring.find(tmp_path, dockerfile) == common
    own.touch()
    assert ignoring.find(tmp_path, dockerfile) == own


def test_an_ignore_file_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(ContextProblem) as caught:
        ignoring.read(tmp_path)
    assert caught.value.fault is ContextFault.UNREADABLE_FILE


NAMES = st.sampled_from(("a", "b", "ab", "c.md"))
PATHS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)
PARTS = st.sampled_from(("a", "b", "ab", "*", "**", "?", "*.md", "[ab]", "a*"))
PATTERNS = st.builds(
    lambda keeps, parts: ("!" if keeps else "") + "/".join(parts),
    st.booleans(),
    st.lists(PARTS, min_size=1, max_size=3),
)


@given(st.lists(PATTERNS, max_size=5), PATHS)
def test_nothing_is_kept_in_a_folder_that_is_passed_by(patterns, path):
    text = "\n".join(patterns)
    ignores = rules(text)
    folder, _, _ = path.rpartition("/")
    if folder and leaves_out(text, folder) and ignores.leaves_out_all(folder):
        assert leaves_out(text, path)
