import random
import time

import pytest

from fakes import many_images
from layerhold.domain.errors import InvalidFilter
from layerhold.library import Library
from layerhold.models.image_entries import Entries
from layerhold.models.matches import Matches
from layerhold.planning.filters import parse

TEXTS = (
    *("n ng ngi nginx", "w we web web- web-f", "1 1. 1.2", "dangling=true", "size>1GB"),
    *("value 12 used=no", "val 3 label=maintainer.0", "zzz", "ghcr.io size<1GB age>1d"),
)


@pytest.fixture
def entries(qtbot):
    del qtbot
    library = Library()
    library.show(many_images.snapshot(300, 40))
    return Entries(library)


@pytest.mark.parametrize("seed", range(4))
def test_what_was_found_before_changes_nothing(entries, seed):
    dice, matches = random.Random(seed), Matches(entries)
    everything = b"\1" * len(entries.listed)
    for _ in range(60):
        words = dice.choice(TEXTS).split()
        wanted = parse(" ".join(words[: dice.randrange(len(words) + 1)]))
        found = matches.among(everything, wanted)
        assert [row for row, flag in enumerate(found) if flag] == wanted.select(
            entries.rows, time.time()
        )


def test_only_those_among_the_flagged_match(entries):
    first = b"\1" + b"\0" * (len(entries.listed) - 1)
    name = entries.listed[0].image.id[7:19]
    assert Matches(entries).among(first, parse(name)) == first
    assert Matches(entries).among(bytes(len(first)), parse(name)) == bytes(len(first))


def test_an_image_that_is_not_there_is_told(entries):
    with pytest.raises(InvalidFilter):
        Matches(entries).among(b"\1" * len(entries.listed), parse("before=nothing:1"))
