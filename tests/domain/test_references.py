"""References, against what real engines take and refuse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.errors import InvalidReference, ReferenceFault
from layerhold.domain.references import (
    parse,
    parse_remote,
    parse_tag_target,
    split,
)

HEX = "0123456789abcdef"
SHA = "sha256:" + "a" * 64

components = st.from_regex(r"[a-z0-9]{1,8}((\.|_|__|-{1,3})[a-z0-9]{1,8}){0,2}", fullmatch=True)
hosts = st.one_of(
    st.sampled_from(
        ["localhost", "localhost:5000", "[fe80::1]:5000", "[::1]:80", "Reg.Example.com"]
    ),
    st.from_regex(r"[a-z0-9]{1,8}\.[a-z]{2,4}(:[0-9]{2,5})?", fullmatch=True),
)
tags = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}", fullmatch=True)
digests = st.text(HEX, min_size=64, max_size=64).map("sha256:{}".format)


@st.composite
def references(draw):
    parts = draw(st.lists(components, min_size=1, max_size=3))
    host = draw(st.one_of(st.just(""), hosts))
    if not host and len(parts) > 1:
        parts[0] = parts[0].replace(".", "-")
    text = "/".join(([host] if host else []) + parts)
    if draw(st.booleans()):
        text += ":" + draw(tags)
    if draw(st.booleans()):
        text += "@" + draw(digests)
    return text


@given(references())
def test_a_reference_survives_both_of_its_spellings(text):
    reference = parse(text)
    assert parse(reference.full) == reference
    assert parse(reference.familiar) == reference
    assert reference.tag or reference.digest


@given(references())
def test_split_agrees_with_parse(text):
    reference = parse(text)
    if not reference.digest:
        assert split(reference.familiar) == (reference.repository, reference.tag)


@given(st.text(max_size=300))
def test_any_text_is_a_reference_or_an_invalid_one(text):
    try:
        reference = parse(text)
    except InvalidReference:
        return
    assert parse(reference.full) == reference


@given(st.text())
def test_split_never_raises(text):
    repository, tag = split(text)
    assert len(repository) + len(tag) <= len(text)


@pytest.mark.parametrize(
    ("text", "full", "familiar", "repository"),
    [
        ("nginx", "docker.io/library/nginx:latest", "nginx:latest", "nginx"),
        ("docker.io/nginx:1", "docker.io/library/nginx:1", "nginx:1", "nginx"),
        ("docker.io/library/nginx", "docker.io/library/nginx:latest", "nginx:latest", "nginx"),
        ("index.docker.io/a/b:1", "docker.io/a/b:1", "a/b:1", "a/b"),
        ("a/b", "docker.io/a/b:latest", "a/b:latest", "a/b"),
        ("library/a/b", "docker.io/library/a/b:latest", "library/a/b:latest", "library/a/b"),
        ("localhost/z:1", "localhost/z:1", "localhost/z:1", "localhost/z"),
        (
            "localhost:5000/z",
            "localhost:5000/z:latest",
            "localhost:5000/z:latest",
            "localhost:5000/z",
        ),
        ("[fe80::1]:5000/x:1", "[fe80::1]:5000/x:1", "[fe80::1]:5000/x:1", "[fe80::1]:5000/x"),
        ("a--b", "docker.io/library/a--b:latest", "a--b:latest", "a--b"),
        ("a__b", "docker.io/library/a__b:latest", "a__b:latest", "a__b"),
        (f"nginx@{SHA}", f"docker.io/library/nginx@{SHA}", f"nginx@{SHA}", "nginx"),
        (f"nginx:1@{SHA}", f"docker.io/library/nginx:1@{SHA}", f"nginx:1@{SHA}", "nginx"),
        ("localhost", "docker.io/library/localhost:latest", "localhost:latest", "localhost"),
        ("host:5000", "docker.io/library/host:5000", "host:5000", "host"),
    ],
)
def test_names_as_docker_normalises_them(text, full, familiar, repository):
    reference = parse(text)
    assert (reference.full, reference.familiar) == (full, familiar)
    assert reference.repository == repository


@pytest.mark.parametrize(
    ("text", "fault", "part"),
    [
        ("", ReferenceFault.EMPTY, ""),
        ("a" * 64, ReferenceFault.IS_AN_ID, "a" * 64),
        ("Nginx", ReferenceFault.UPPERCASE, "Nginx"),
        ("Team/app:1", ReferenceFault.UPPERCASE, "Team/app"),
        ("127.0.0.1:5000/App", ReferenceFault.UPPERCASE, "App"),
        ("a___b", ReferenceFault.BAD_PATH, "a___b"),
        ("a..b", ReferenceFault.BAD_PATH, "a..b"),
        ("a//b", ReferenceFault.BAD_PATH, "a//b"),
        ("-a", ReferenceFault.BAD_PATH, "-a"),
        ("müsli", ReferenceFault.BAD_CHARACTER, "ü"),
        ("a b", ReferenceFault.BAD_CHARACTER, " "),
        ("a\n", ReferenceFault.BAD_CHARACTER, "\n"),
        ("a:", ReferenceFault.BAD_TAG, ""),
        ("a:.1", ReferenceFault.BAD_TAG, ".1"),
        ("a:b c", ReferenceFault.BAD_TAG, "b c"),
        ("a:1\n", ReferenceFault.BAD_TAG, "1\n"),
        ("a:1:2", ReferenceFault.BAD_TAG, "1:2"),
        ("a:" + "t" * 129, ReferenceFault.TOO_LONG, "t" * 129),
        ("a@sha256:12", ReferenceFault.BAD_DIGEST, "sha256:12"),
        ("a@", ReferenceFault.BAD_DIGEST, ""),
        (f"a@{SHA.upper()}", ReferenceFault.BAD_DIGEST, SHA.upper()),
        ("ex_ample.com/a", ReferenceFault.BAD_REGISTRY, "ex_ample.com"),
        ("host:port/a", ReferenceFault.BAD_REGISTRY, "host:port"),
        (":5000/a", ReferenceFault.BAD_REGISTRY, ":5000"),
        ("localhost/", ReferenceFault.BAD_PATH, ""),
    ],
)
def test_what_no_engine_takes(text, fault, part):
    with pytest.raises(InvalidReference) as caught:
        parse(text)
    assert (caught.value.fault, caught.value.part) == (fault, part)


@pytest.mark.parametrize(
    ("text", "fault", "part"),
    [
        ("scratch", ReferenceFault.RESERVED, "scratch"),
        ("scratch:1", ReferenceFault.RESERVED, "scratch"),
        ("docker.io/library/scratch", ReferenceFault.RESERVED, "scratch"),
        ("h:99999/x", ReferenceFault.BAD_REGISTRY, "h:99999"),
        ("h:0/x", ReferenceFault.BAD_REGISTRY, "h:0"),
        ("[::1]:99999/x", ReferenceFault.BAD_REGISTRY, "[::1]:99999"),
    ],
)
def test_what_no_registry_can_be_asked_for(text, fault, part):
    with pytest.raises(InvalidReference) as caught:
        parse_remote(text)
    assert (caught.value.fault, caught.value.part) == (fault, part)


@pytest.mark.parametrize("text", ["h:65535/x", "team/scratch", "[::1]/x", "nginx"])
def test_what_a_registry_can_be_asked_for(text):
    assert parse_remote(text) == parse(text)


def test_lengths_are_counted_as_docker_20_10_counts_them():
    longest = 255 - len("docker.io/library/")
    assert parse("a" * longest).path == "library/" + "a" * longest
    with pytest.raises(InvalidReference):
        parse("a" * (longest + 1))
    assert parse("a:" + "t" * 128).tag == "t" * 128
    with pytest.raises(InvalidReference) as caught:
        parse("a" * 10_000)
    assert caught.value.fault is ReferenceFault.TOO_LONG


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "a-" * 5_000, "a." * 5_000 + "/", "[" + ":" * 9_999]
)
def test_ten_thousand_characters_are_refused(text):
    with pytest.raises(InvalidReference):
        parse(text)


def test_a_digest_cannot_be_tagged():
    with pytest.raises(InvalidReference) as caught:
        parse_tag_target(f"nginx@{SHA}")
    assert caught.value.fault is ReferenceFault.DIGEST_NOT_ALLOWED
    assert parse_tag_target("nginx").full == "docker.io/library/nginx:latest"


@pytest.mark.parametrize("text", ["sha256:abc", "sha256", "docker.io/library/sha256:1"])
def test_no_tag_reads_as_a_digest(text):
    with pytest.raises(InvalidReference) as caught:
        parse_tag_target(text)
    assert caught.value.fault is ReferenceFault.READS_AS_DIGEST
    assert parse_tag_target("team/sha256:1").familiar == "team/sha256:1"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("nginx:1", ("nginx", "1")),
        ("localhost:5000/x:1", ("localhost:5000/x", "1")),
        ("localhost:5000/x", ("localhost:5000/x", "")),
        (f"a/b@{SHA}", ("a/b", SHA)),
        ("", ("", "")),
    ],
)
def test_split_of_what_engines_print(text, parts):
    assert split(text) == parts
