"""The filter field's language."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.errors import FilterFault, InvalidFilter
from layerhold.domain.images import Image
from layerhold.domain.labels import LONGEST, Labels
from layerhold.planning.filters import KEYS, Filter, parse
from layerhold.planning.rows import Rows

DAY = 86_400
NOW = 1_000 * DAY
HEX = "0123456789abcdef" * 4

NGINX = Image(
    "sha256:aaaa" + HEX[4:],
    ("nginx:1.27", "web:latest"),
    (f"nginx@sha256:dddd{HEX[4:]}",),
    created=NOW - 40 * DAY,
    size=190_000_000,
    labels={"maintainer": "Ann Example", "tier": "web"},
)
DANGLING = Image("sha256:bbbb" + HEX[4:], created=NOW - DAY, size=5_000)
PODMAN = Image(
    "sha256:cccc" + HEX[4:],
    ("docker.io/library/busybox:1", "localhost/own/app:2"),
    created=NOW - 10 * DAY,
    size=1_500_000_000,
    labels={"tier": "db"},
)
STEP = Image("sha256:eeee" + HEX[4:], created=NOW - 50 * DAY, intermediate=True)
IMAGES = (NGINX, DANGLING, PODMAN, STEP)


@pytest.fixture
def rows():
    rows = Rows.of(IMAGES)
    rows.used_by = ["site", "", "", ""]
    rows.platforms = ["linux/amd64", "linux/arm64/v8", "linux/arm/v7", ""]
    return rows


def chosen(rows, text):
    return [IMAGES[row] for row in parse(text).select(rows, NOW)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", IMAGES),
        ("   ", IMAGES),
        ("nginx", [NGINX]),
        ("NGINX 1.27", [NGINX]),
        ("nginx busybox", []),
        ("aaaa01", []),
        ("sha256:aaaa", [NGINX]),
        ("dddd4567", [NGINX]),
        (f"nginx@sha256:dddd{HEX[4:]}", [NGINX]),
        (f"web@sha256:dddd{HEX[4:]}", [NGINX]),
        ("ann", [NGINX]),
        ('"ann example"', [NGINX]),
        ('"tier=web"', [NGINX]),
        ('"ann exam', [NGINX]),
        ("dangling=true", [DANGLING]),
        ("dangling=false", [NGINX, PODMAN, STEP]),
        ("Dangling=TRUE", [DANGLING]),
        ("label=tier", [NGINX, PODMAN]),
        ("label=tier=web", [NGINX]),
        ("label=tier=", []),
        ("label!=tier", [DANGLING, STEP]),
        ("label!=tier=web", [DANGLING, PODMAN, STEP]),
        ('label="maintainer=Ann Example"', [NGINX]),
        ("used=yes", [NGINX]),
        ("used=no", [DANGLING, PODMAN, STEP]),
        ("size>100MB", [NGINX, PODMAN]),
        ("size<=190MB", [NGINX, DANGLING, STEP]),
        ("size<190MB", [DANGLING, STEP]),
        ("size>=1.5GB", [PODMAN]),
        ("age>30d", [NGINX, STEP]),
        ("age<2d", [DANGLING]),
        ("age>=10d", [NGINX, PODMAN, STEP]),
        ("age<=10d", [DANGLING, PODMAN]),
        ("until=30d", [NGINX, STEP]),
        ("before=nginx:1.27", [STEP]),
        ("since=nginx:1.27", [DANGLING, PODMAN]),
        ("since=web", [DANGLING, PODMAN]),
        ("since=aaaa", [DANGLING, PODMAN]),
        ("before=busybox:1", [NGINX, STEP]),
        ("reference=nginx", [NGINX]),
        ("reference=nginx:1.*", [NGINX]),
        ("reference=busybox", [PODMAN]),
        ("reference=docker.io/library/busybox:*", [PODMAN]),
        ("reference=*/*/app", [PODMAN]),
        ("platform=arm64", [DANGLING]),
        ("platform=arm64/v8", [DANGLING]),
        ("platform=linux/arm", [PODMAN]),
        ("platform=linux", [NGINX, DANGLING, PODMAN]),
        ("platform=Linux/AMD64", [NGINX]),
        ("tier used=no size>1GB", [PODMAN]),
    ],
)
def test_what_a_filter_selects(rows, text, expected):
    assert chosen(rows, text) == list(expected)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("dangling=", FilterFault.MISSING_VALUE),
        ("dangling=tr", FilterFault.BAD_VALUE),
        ("dangling>true", FilterFault.BAD_VALUE),
        ("label=", FilterFault.MISSING_VALUE),
        ("label>x", FilterFault.BAD_VALUE),
        ("size>", FilterFault.MISSING_VALUE),
        ("size>big", FilterFault.BAD_VALUE),
        ("size=100MB", FilterFault.BAD_VALUE),
        ("age>3", FilterFault.BAD_VALUE),
        ("age>2026-99-99", FilterFault.BAD_VALUE),
        ("used=maybe", FilterFault.BAD_VALUE),
        ("platform=/", FilterFault.BAD_VALUE),
        ("reference=[", FilterFault.BAD_VALUE),
        ("until=x", FilterFault.BAD_VALUE),
        ("tag=1", FilterFault.UNKNOWN_KEY),
        ("=1", FilterFault.UNKNOWN_KEY),
        ("sze>1GB", FilterFault.UNKNOWN_KEY),
        ("nginx maintainer=ann", FilterFault.UNKNOWN_KEY),
    ],
)
def test_what_is_wrong_with_a_term(text, fault):
    with pytest.raises(InvalidFilter) as caught:
        parse(text)
    assert caught.value.fault is fault
    assert caught.value.term == text.split()[-1]
    assert caught.value.expected


def test_an_unknown_key_names_the_right_ones():
    with pytest.raises(InvalidFilter) as caught:
        parse("colour=red")
    assert caught.value.expected == KEYS
    assert {"dangling", "label", "before", "since", "reference"} <= set(KEYS)


@pytest.mark.parametrize("text", ["before=nope:1", "since=", "since=eeeeeeeeeeeee", "before=:::"])
def test_an_image_that_is_not_there(rows, text):
    with pytest.raises(InvalidFilter) as caught:
        parse(text).select(rows, NOW)
    assert caught.value.fault in {FilterFault.NO_SUCH_IMAGE, FilterFault.MISSING_VALUE}
    assert caught.value.term == text


@pytest.mark.parametrize("text", ["label", "dang", "SIN", "nginx siz", "used=no plat", "refer "])
def test_a_key_without_its_value_is_half_typed_where_no_image_has_the_word(rows, text):
    with pytest.raises(InvalidFilter) as caught:
        parse(text).select(rows, NOW)
    assert caught.value.fault is FilterFault.MISSING_VALUE
    assert caught.value.term == text.split()[-1].lower()
    assert all(parse(example) for example in caught.value.expected)


@pytest.mark.parametrize("text", ["xla", "labels", '"label"', "label nope", "siz1"])
def test_other_words_are_only_searched(rows, text):
    assert chosen(rows, text) == []


def test_a_word_like_a_key_is_searched_where_an_image_has_it():
    rows = Rows.of([Image("sha256:ab1", ("label-studio:1",)), Image("sha256:ab2", ("x:1",))])
    assert parse("label").select(rows, 0) == [0]
    assert parse("x lab").select(rows, 0) == []


def test_an_ambiguous_id_is_no_image():
    rows = Rows.of([Image("sha256:ab1"), Image("sha256:ab2")])
    assert parse("before=ab1").select(rows, 0) == []
    with pytest.raises(InvalidFilter):
        parse("before=ab").select(rows, 0)


@given(st.text(max_size=60))
def test_any_text_is_a_filter_or_an_invalid_one(text):
    try:
        found = parse(text)
    except InvalidFilter as problem:
        found = problem
    assert isinstance(found, Filter) or found.term


@given(st.lists(st.from_regex(r"[a-zA-Z0-9./:_-]{1,10}", fullmatch=True), max_size=4))
def test_words_are_all_searched_in_lower_case(words):
    assert parse(" ".join(words)).words == tuple(word.lower() for word in words)


@given(st.text(alphabet=st.characters(exclude_characters='"'), min_size=1, max_size=20))
def test_quotes_keep_a_text_together(text):
    found = parse(f'"{text}"')
    assert found.conditions == ()
    assert "@sha256:" in text or found.words == (text.lower(),)


def test_a_megabyte_of_label_is_not_searched_to_its_end():
    rows = Rows.of([Image("sha256:1", labels={"notes": "x" * 1_000_000})])
    assert len(rows.words.values[0]) < LONGEST + 100


@given(
    st.dictionaries(st.text(max_size=5), st.text(max_size=8), max_size=4),
    st.integers(0, 40),
    st.integers(1, 6),
)
def test_words_are_found_in_labels_however_they_are_written(labels, start, length):
    for text in (json.dumps(labels).encode(), msgspec.json.encode(labels)):
        rows = Rows.of([Image("sha256:1", labels=Labels(text))])
        for line in (f"{key}={value}".lower() for key, value in labels.items()):
            word = line[start : start + length]
            assert rows.words.having(word, [0]) == [0]
        assert rows.words.having("neither here nor there", [0]) == []


@pytest.mark.parametrize("word", ["cafe", "sha256:cafe", "d00d", "repo", "6:ca", "nginx"])
def test_ids_and_digests_are_searched(word):
    image = Image("sha256:cafe", ("nginx:1",), ("repo@sha256:d00d",))
    found = Rows.of([image]).words.having(word, [0])
    assert bool(found) is (word != "repo")
