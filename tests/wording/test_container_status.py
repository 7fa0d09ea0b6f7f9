import pytest

from layerhold.domain.containers import Container
from layerhold.wording.container_status import status, status_since

SEEN = 1_700_000_000
MINUTE, HOUR, DAY = 60, 3600, 86_400


def container(said, seen=SEEN):
    return Container("1", "web", "sha256:2", status=said, seen=seen)


@pytest.mark.parametrize(
    ("said", "passed", "now"),
    [
        ("Up 5 seconds", 20, "Up Less than a minute"),
        ("Up 1 second", -5, "Up Less than a minute"),
        ("Exited (3) Less than a second ago", 12, "Exited (3) Less than a minute ago"),
        ("Up Less than a second", MINUTE, "Up About a minute"),
        ("Up 50 seconds (healthy)", 10, "Up About a minute (healthy)"),
        ("Up 15 minutes", 0, "Up 15 minutes"),
        ("Up 15 minutes", 59, "Up 15 minutes"),
        ("Up 15 minutes", 3 * MINUTE, "Up 18 minutes"),
        ("Up 59 minutes (Paused)", MINUTE, "Up About an hour (Paused)"),
        ("Up About an hour", HOUR, "Up 2 hours"),
        ("Exited (137) About a minute ago", MINUTE, "Exited (137) 2 minutes ago"),
        ("Exited (0) 3 days ago", 11 * DAY, "Exited (0) 2 weeks ago"),
        ("Up 2 years", DAY, "Up 2 years"),
        ("Created", DAY, "Created"),
        ("Removal In Progress", DAY, "Removal In Progress"),
        ("", DAY, ""),
    ],
)
def test_the_time_of_a_sentence_goes_on(said, passed, now):
    assert status(container(said), SEEN + passed) == now


@pytest.mark.parametrize(
    "unit", ["2 minutes", "2 hours", "2 days", "2 weeks", "2 months", "2 years", "About an hour"]
)
def test_the_engines_own_words_are_kept_while_they_are_true(unit):
    assert status(container(f"Up {unit}"), SEEN) == f"Up {unit}"


def test_a_sentence_of_unknown_age_stays_as_it_is():
    assert status(container("Up 2 hours", seen=0), SEEN) == "Up 2 hours"
    assert status_since(container("Up 2 hours", seen=0)) == 0
    assert status_since(container("Created")) == 0


def test_a_clock_that_was_put_back_makes_nothing_younger():
    assert status(container("Up 2 hours"), SEEN - DAY) == "Up 2 hours"


def test_when_it_was_said_makes_no_other_container():
    assert container("Up 2 hours") == container("Up 2 hours", seen=SEEN + 1)
