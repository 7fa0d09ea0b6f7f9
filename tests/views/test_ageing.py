import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes import many_images
from layerhold.formatting import age
from layerhold.jobs.snapshot import Snapshot
from layerhold.library import Library
from layerhold.views.ageing import Ageing, until_change
from layerhold.views.image_list import ImageList

YEAR = 365 * 86_400


@given(st.floats(-YEAR, YEAR))
def test_an_age_reads_the_same_until_it_changes(seconds):
    now, created = 1_900_000_000.0, 1_900_000_000 - int(seconds)
    wait = until_change(created, now)

    assert wait > 0
    assert age(created, now) == age(created, now + wait - 1)
    assert age(created, now) != age(created, now + wait) or wait >= 86_400


@pytest.mark.parametrize(("seconds", "wait"), [(5, 55), (90, 30), (90_000, 1_800), (-90, 30)])
def test_the_alarm_is_set_for_the_next_change(seconds, wait):
    assert until_change(1_000_000 - seconds, 1_000_000.0) == wait


def test_the_alarm_follows_the_youngest_image_in_sight(qtbot):
    library = Library()
    young = replace(many_images.make(1), created=int(time.time()) - 30)
    old = replace(many_images.make(2), created=int(time.time()) - 30 * 86_400)
    images = ImageList(library)
    qtbot.addWidget(images)
    images.show()
    qtbot.waitExposed(images)
    ageing = images.tree.findChild(Ageing)

    library.show(Snapshot({old.id: old}, ()))
    qtbot.waitUntil(lambda: ageing.seconds_left > 60)
    library.show(Snapshot({young.id: young, old.id: old}, ()))
    qtbot.waitUntil(lambda: 0 < ageing.seconds_left <= 31)
