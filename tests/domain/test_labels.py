import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.labels import Labels, lines_of

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
