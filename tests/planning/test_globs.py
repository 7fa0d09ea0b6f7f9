"""Patterns, as Go's `path.Match` documents them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.errors import InvalidFilter
from layerhold.planning.globs import compile_glob


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("nginx", "nginx:1.27", True),
        ("nginx:1.*", "nginx:1.27", True),
        ("nginx:2*", "nginx:1.27", False),
        ("*", "nginx:1.27", True),
        ("*", "team/app:1", False),
        ("*/app", "team/app:1", True),
        ("*/*/app", "host:5000/team/app:1", True),
        ("host:5000/*", "host:5000/app:1", True),
        ("ngin?", "nginx:1", True),
        ("ngin?", "ngin/:1", False),
        ("[a-n]*", "nginx:1", True),
        ("[^a-n]*", "nginx:1", False),
        ("[\\]x]*", "x:1", True),
        ("a\\*", "a*:1", True),
        ("a\\*", "ab:1", False),
        ("a.c", "abc:1", False),
        ("nginx", "nginx@sha256:" + "0" * 64, True),
        ("ng", "nginx:1", False),
        ("*:1.*", "nginx:1.27", True),
        ("[z-a]", "b", False),
        ("[^z-a]", "b", True),
        ("nginx", "docker.io/library/nginx:1", True),
        ("team/app", "docker.io/team/app:1", True),
        ("docker.io/*/nginx", "docker.io/library/nginx:1", True),
        ("library/nginx", "docker.io/library/nginx:1", False),
        ("nginx", "quay.io/library/nginx:1", False),
    ],
)
def test_matches(pattern, text, matches):
    assert bool(compile_glob(pattern).fullmatch(text)) is matches


@pytest.mark.parametrize("pattern", ["[", "[a", "[]", "[]a]", "[-]", "[a-]", "a\\", "[^]"])
def test_where_go_says_syntax_error(pattern):
    with pytest.raises(InvalidFilter):
        compile_glob(pattern)


@given(st.text(max_size=20))
def test_any_text_is_a_pattern_or_an_invalid_one(pattern):
    try:
        compile_glob(pattern).fullmatch("nginx:1")
    except InvalidFilter:
        return


@given(st.text(alphabet="abc/:.-_1", max_size=20))
def test_a_text_without_signs_matches_itself(text):
    assert compile_glob(text).fullmatch(text)
