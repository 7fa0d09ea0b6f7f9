import re

from hypothesis import given
from hypothesis import strategies as st

from layerhold.archives.documents import FULL_NAME, REF_NAME
from layerhold.domain.references import Reference, parse
from layerhold.engine.store.naming import (
    ORIGIN,
    TRUE_NAME,
    annotations,
    escaped,
    origin_in,
    reference_in,
    unescaped,
)

# As containers/image (`oci/internal`) checks what follows `oci:DIR:`, and the image spec says.
OTHERS = re.compile(
    r"[A-Za-z0-9]+((?:[-._:@+]|--)[A-Za-z0-9]+)*(/[A-Za-z0-9]+((?:[-._:@+]|--)[A-Za-z0-9]+)*)*"
)
HEX = "0123456789abcdef"

component = st.from_regex(r"[a-z0-9]{1,3}(?:(?:\.|_|__|-{1,4})[a-z0-9]{1,3}){0,3}", fullmatch=True)
registry = st.sampled_from(
    ["docker.io/", "localhost/", "[::1]:5000/", "r.example:5000/", "A.example/"]
)
tag = st.from_regex(r"(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,8})?", fullmatch=True)
digest = st.one_of(
    st.just(""), st.text(HEX, min_size=64, max_size=64).map(lambda digits: f"@sha256:{digits}")
)
references = st.builds(
    lambda host, path, name, by: parse(f"{host}{'/'.join(path)}{name}{by}"),
    registry,
    st.lists(component, min_size=1, max_size=3).map(lambda pieces: [f"x{pieces[0]}", *pieces[1:]]),
    tag,
    digest,
)


@given(references)
def test_every_reference_can_be_said_to_other_programs_and_is_read_back(reference):
    named = annotations(reference)

    assert OTHERS.fullmatch(named[REF_NAME])
    assert unescaped(named[REF_NAME]) == reference.full
    assert reference_in(named, "images") == reference


@given(references, references)
def test_different_references_are_written_differently(one, other):
    assert (escaped(one.full) == escaped(other.full)) == (one == other)


def test_a_reference_that_a_layout_allows_is_written_as_it_is():
    assert annotations(parse("nginx")) == {REF_NAME: "docker.io/library/nginx:latest"}


def test_the_true_name_stands_beside_an_escaped_one():
    named = annotations(parse("a__b:1-"))

    assert named[TRUE_NAME] == "docker.io/library/a__b:1-"
    assert named[REF_NAME] == "docker.io/library/a+5f5f+b:1+2d"


def test_a_true_name_does_not_outlive_a_renaming_by_another_program():
    named = annotations(parse("a__b:1-")) | {REF_NAME: "example.com/c:1"}

    assert reference_in(named, "images") == parse("example.com/c:1")


def test_a_bare_tag_is_one_of_the_folder():
    assert reference_in({REF_NAME: "v1.0"}, "My App") == Reference("localhost", "my-app", "v1.0")


def test_what_is_no_reference_at_all_has_a_name_too():
    odd = [{REF_NAME: name} for name in ("a+b", "A/B:1", "ä", "-", "x" * 2000)]
    found = [reference_in(each, "images") for each in odd]

    assert len(set(found)) == len(odd)
    assert all(parse(each.full) == each for each in found)


def test_containerds_name_counts_more_than_the_tag_beside_it():
    named = {FULL_NAME: "docker.io/library/app:1", REF_NAME: "1"}

    assert reference_in(named, "images") == parse("app:1")


def test_what_is_no_text_names_nothing():
    assert reference_in({REF_NAME: 5, FULL_NAME: None, TRUE_NAME: []}, "images") is None


def test_the_origin_is_told_as_docker_does():
    by = f"@sha256:{64 * '0'}"

    assert origin_in({ORIGIN: f"docker.io/library/a{by}"}) == parse(f"a{by}")
    assert origin_in({ORIGIN: "docker.io/library/a:1"}) is None
