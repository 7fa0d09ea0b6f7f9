import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.labels import LARGE, Labels, labelled, lines_of, text_of

texts = st.text(st.characters(codec="utf-8"))


@given(st.dictionaries(texts, texts))
def test_labels_are_the_dict_that_was_written(plain):
    labels = Labels(msgspec.json.encode(plain))

    assert labels == plain
    assert dict(labels) == plain
    assert len(labels) == len(plain)


@given(st.dictionaries(texts, texts))
def test_their_lines_are_those_of_the_dict(plain):
    assert Labels(msgspec.json.encode(plain)).lines() == [f"{k}={v}" for k, v in plain.items()]


@pytest.mark.parametrize("value", ["1", "true", "null", '[1,":"]', '{"a":"b","c":"d"}'])
def test_values_that_are_no_text_read_as_their_json(value):
    labels = Labels(f'{{"x":"y","n":{value}}}'.encode())

    assert dict(labels) == {"x": "y", "n": value}
    assert lines_of(labels) == ["x=y", f"n={value}"]


def test_labels_written_otherwise_are_still_the_same():
    assert Labels(b'{"a":"1"}') == Labels(b'{ "a": "1" }')
    assert Labels(b'{"a":"1"}') != Labels(b'{"a":"2"}')


simple = st.text(st.sampled_from('aAzZ=\n"\\ /é0'), max_size=6)
written = st.sampled_from([msgspec.json.encode, lambda labels: json.dumps(labels).encode()])


@given(st.dictionaries(simple | texts, simple | texts), written)
def test_being_searched_changes_nothing(plain, write):
    labels, same = Labels(write(plain)), Labels(write(plain))
    assert text_of(labels) == text_of(labels)

    assert dict(labels) == plain
    assert labels == same == plain
    assert labels.lines() == [f"{k}={v}" for k, v in plain.items()]


@given(st.dictionaries(simple, simple), written)
def test_every_line_stands_in_the_text_in_small_letters(plain, write):
    text = text_of(Labels(write(plain)))
    for line in lines_of(plain):
        assert f"\n{line}\n".lower().encode() in text


@given(st.dictionaries(simple, simple), simple, simple, st.booleans(), written)
def test_a_label_is_among_them_as_in_the_dict(plain, key, value, searched, write):
    labels = Labels(write(plain))
    if searched:
        assert labels.searchable
    for known, content in [*plain.items(), (key, value)]:
        for wanted in (known, f"{known}={content}", f"{known}={content}".lower()):
            name, equals, rest = wanted.partition("=")
            there = name in plain and (not equals or plain[name] == rest)
            assert labelled(wanted)(labels) is there
            assert labelled(wanted)(plain) is there


def test_capitals_may_stand_far_apart():
    plain = {"a": "x" * 3000 + "Y" + "z" * 500 + "B"}
    labels = Labels(msgspec.json.encode(plain))
    assert text_of(labels).islower()
    assert labels == plain


def test_large_labels_are_cut_where_words_search_and_nowhere_else():
    plain = {"a": "x" * LARGE + "Y"}
    labels = Labels(msgspec.json.encode(plain))
    assert len(text_of(labels)) < LARGE
    assert labels == plain
    assert labelled(f"a={plain['a']}")(labels)


def test_images_with_the_same_keys_share_them():
    one, other = (Labels(b'{"key":"%b","100%%":"x"}' % value) for value in (b"A", b"b"))
    assert one.searchable[0] is other.searchable[0]
    assert [text_of(labels) for labels in (one, other)] == [
        b"\nkey=a\n100%=x\n",
        b"\nkey=b\n100%=x\n",
    ]
    assert one == {"key": "A", "100%": "x"}


@pytest.mark.parametrize(
    "text",
    [
        '{"a":"","":"b","":""}',
        '{"a":1,"b":"c"}',
        '{"a":["x","y"],"b":"c"}',
        '{"a":{"b":"c"}}',
        '{"a":"b" , "c":"d"}',
        '{"a":"b","c":"d\\"}","e":"f"}',
        '{"a":"b\\\\","c":"d"}',
    ],
)
def test_json_of_every_shape_reads_the_same_before_and_after_a_search(text):
    labels = Labels(text.encode())
    before = dict(labels)
    assert labels.searchable
    assert dict(labels) == before
    assert before.keys() == json.loads(text).keys()
