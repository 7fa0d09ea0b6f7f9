"""Reading the engine's JSON level by level."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

from layerhold.domain import document
from layerhold.domain.document import Shape, Unreadable
from layerhold.domain.document_paths import jq, pointer, template
from layerhold.domain.document_search import MOST, matches
from layerhold.domain.document_text import lines

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SCALARS = st.none() | st.booleans() | st.integers(-(2**40), 2**40) | TEXTS
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4)
)


def raw(value, **options):
    return document.document(json.dumps(value, **options).encode())


def flat(value, path=()):
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, child in inner:
        yield (*path, key), child
        if isinstance(child, dict | list):
            yield from flat(child, (*path, key))


@given(JSON, st.booleans())
def test_walking_gives_what_decoding_at_once_gives(value, ascii_only):
    root = raw(value, ensure_ascii=ascii_only)
    expected = list(flat(value)) if isinstance(value, dict | list) else []

    assert [(path, json.loads(bytes(each))) for path, each in document.walk(root)] == expected
    for path, child in expected:
        found = document.at(root, path)
        assert found is not None
        assert json.loads(bytes(found)) == child


@given(st.text(st.characters(exclude_categories=["Cs"])), st.booleans(), st.integers(2, 60))
def test_the_beginning_of_a_text_is_its_beginning(text, ascii_only, limit):
    value = raw(text, ensure_ascii=ascii_only)
    begun = document.beginning(value, limit)

    if document.length(value) <= limit:
        assert begun == text
    else:
        assert text.startswith(begun)
        assert len(begun) >= (limit - 12) // 12


@pytest.mark.parametrize(
    "answer", [b"", b"  ", b"{", b"<html>", b'{"a":[1,2', b"[" * 5000 + b"]" * 5000, b'"\x01"']
)
def test_what_is_no_json_is_told(answer):
    with pytest.raises(Unreadable):
        document.document(answer)


def test_a_text_that_cannot_be_decoded_is_shown_as_it_came():
    assert document.text(Raw(b'"\\ud800"')) == '"\\ud800"'


def test_a_place_that_is_not_there():
    root = raw({"a": [1]})

    assert document.at(root, ("a", 1)) is None
    assert document.at(root, ("b",)) is None
    assert document.at(root, ("a", 0, "x")) is None
    assert document.shape(root) is Shape.OBJECT


@pytest.mark.parametrize(
    ("path", "go", "filtered", "pointed"),
    [
        ((), "{{.}}", ".", ""),
        (("Config", "Env"), "{{.Config.Env}}", ".Config.Env", "/Config/Env"),
        (
            ("Config", "Labels", "a.b"),
            '{{index .Config.Labels "a.b"}}',
            '.Config.Labels["a.b"]',
            "/Config/Labels/a.b",
        ),
        (
            ("RootFS", "Layers", 0),
            "{{index .RootFS.Layers 0}}",
            ".RootFS.Layers[0]",
            "/RootFS/Layers/0",
        ),
        ((0, "a/b~"), '{{index . 0 "a/b~"}}', '.[0]["a/b~"]', "/0/a~1b~0"),
        (
            ("A", 0, "B", "C", "d-e", 1, "F"),
            '{{(index (index .A 0).B.C "d-e" 1).F}}',
            '.A[0].B.C["d-e"][1].F',
            "/A/0/B/C/d-e/1/F",
        ),
        (('"\\\u202e',), '{{index . "\\"\\\\\\u202e"}}', '.["\\"\\\\\\u202e"]', '/"\\\u202e'),
    ],
)
def test_a_place_has_a_name_for_every_tool(path, go, filtered, pointed):
    assert (template(path), jq(path), pointer(path)) == (go, filtered, pointed)


@given(JSON, TEXTS.filter(bool))
def test_a_search_finds_every_key_and_value_that_contains_the_words(value, words):
    def contains(path, child):
        if isinstance(path[-1], str) and words.casefold() in path[-1].casefold():
            return True
        if isinstance(child, str):
            return words.casefold() in child.casefold()
        return not isinstance(child, dict | list) and words.casefold() in json.dumps(child)

    holder = {"in": value}
    found = [path for path in matches(raw(holder), words) if path is not None]

    assert found == [path for path, child in flat(holder) if contains(path, child)]


def test_a_search_ends_when_there_is_more_than_anyone_steps_through():
    found = [path for path in matches(raw(["x"] * (MOST + 5)), "X") if path is not None]

    assert len(found) == MOST


@given(JSON)
def test_the_lines_are_the_document_again(value):
    assert json.loads("\n".join(lines(raw(value)))) == value


def test_lines_are_indented_as_people_do():
    value = {"Id": "x", "Config": {"Env": ["A=b"], "Labels": {}}, "Tags": []}

    assert "\n".join(lines(raw(value))) == json.dumps(value, indent=2)


def test_lines_show_what_could_trick_the_eye():
    (line,) = lines(raw("a\u202eb\x1b"))

    assert line == '"a\\u202eb\\u001b"'


def test_lines_are_cut():
    (line,) = lines(raw("y" * 5_000_000))

    assert len(line) < 1100
    assert line.endswith('…"')
