import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerhold.registry.challenge import Challenge, best, parse

words = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True)
texts = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20)


@pytest.mark.parametrize(
    ("header", "challenges"),
    [
        ("", ()),
        ("Basic", (Challenge("basic"),)),
        ('Basic realm="a, b"', (Challenge("basic", {"realm": "a, b"}),)),
        ("Basic realm=open", (Challenge("basic", {"realm": "open"}),)),
        (
            'BEARER Realm="https://auth.example/token",service="reg",scope="repository:a:pull,push"',
            (
                Challenge(
                    "bearer",
                    {
                        "realm": "https://auth.example/token",
                        "service": "reg",
                        "scope": "repository:a:pull,push",
                    },
                ),
            ),
        ),
        (
            r'Negotiate, Digest realm="q\"uo\\ted" , qop = auth, Basic realm=""',
            (
                Challenge("negotiate"),
                Challenge("digest", {"realm": 'q"uo\\ted', "qop": "auth"}),
                Challenge("basic", {"realm": ""}),
            ),
        ),
        ('Basic realm="never closed', (Challenge("basic", {"realm": ""}),)),
        ('="x" nonsense', ()),
    ],
)
def test_headers_as_registries_send_them(header, challenges):
    assert parse(header)[: len(challenges)] == challenges
    assert challenges or not parse(header)


def test_a_token_is_better_than_the_password():
    assert best('Basic realm="a", Bearer realm="b"') == Challenge("bearer", {"realm": "b"})
    assert best('Negotiate, Basic realm="a"') == Challenge("basic", {"realm": "a"})
    assert best("Negotiate") is None


@given(st.lists(st.tuples(words, st.dictionaries(words, texts, max_size=3)), max_size=3))
def test_what_is_written_by_the_rules_is_read(wanted):
    def quoted(text):
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    header = ", ".join(
        scheme + " " + ", ".join(f"{name}={quoted(value)}" for name, value in values.items())
        for scheme, values in wanted
    )

    assert [(it.scheme, it.parameters) for it in parse(header)] == wanted


@given(st.text())
def test_no_header_is_too_odd(header):
    parse(header)
