import random
import time

import pytest

from fakes import many_images
from layerhold.domain.errors import InvalidFilter
from layerhold.library import Library
from layerhold.models import matches
from layerhold.models.image_entries import Entries
from layerhold.models.matches import Matches
from layerhold.planning.filters import parse

TEXTS = (
    *("n ng ngi nginx", "w we web web- web-f", "1 1. 1.2", "dangling=true", "size>1GB"),
    *("value 12 used=no", "val 3 label=maintainer.0", "zzz", "ghcr.io size<1GB age>1d"),
)
IMAGES = 300


@pytest.fixture
def entries(qtbot):
    del qtbot
    library = Library()
    library.show(many_images.snapshot(IMAGES, 40))
    return Entries(library)


def judged(found, wanted):
    while not found.complete(wanted):
        found.judge(wanted)
    return found


@pytest.mark.parametrize("seed", range(4))
def test_what_was_found_before_changes_nothing(entries, seed, monkeypatch):
    monkeypatch.setattr(matches, "AT_ONCE", 70)
    dice = random.Random(seed)
    order = dice.sample(range(IMAGES), IMAGES)
    found, everything = Matches(entries, order), b"\1" * IMAGES
    for _ in range(60):
        words = dice.choice(TEXTS).split()
        wanted = parse(" ".join(words[: dice.randrange(len(words) + 1)]))
        for _ in range(dice.randrange(4)):
            found.judge(wanted)
        flags = found.among(everything, wanted)
        matching = set(wanted.select(entries.rows, time.time()))
        assert [*map(bool, flags)] == [row in matching for row in order[: len(flags)]]


def test_entries_are_judged_from_the_first_on(entries, monkeypatch):
    monkeypatch.setattr(matches, "AT_ONCE", 70)
    found, wanted = Matches(entries, range(IMAGES)), parse("nginx")
    extents = [found.judged(wanted)]
    while not found.complete(wanted):
        found.judge(wanted)
        extents.append(found.judged(wanted))
    assert extents == [0, 70, 140, 210, 280, IMAGES]


def test_only_those_among_the_flagged_match(entries):
    first = b"\1" + b"\0" * (IMAGES - 1)
    wanted = parse(entries.listed[0].image.id[7:19])
    found = judged(Matches(entries, range(IMAGES)), wanted)
    assert found.among(first, wanted) == first
    assert found.among(bytes(IMAGES), wanted) == bytes(IMAGES)


def test_an_image_that_is_not_there_is_told(entries):
    with pytest.raises(InvalidFilter):
        Matches(entries, range(IMAGES)).judge(parse("before=nothing:1"))
