from threading import Event

from layerhold.domain.building import BuildStep, StepState
from layerhold.domain.errors import Cancelled
from layerhold.engine.docker.building.ledger import Ledger

RUNNING = BuildStep("RUN it", StepState.RUNNING, started=1.0)


def test_the_last_line_before_a_silence_is_told_too():
    told, seen = Event(), []

    def report(progress):
        seen.append(progress)
        if progress.steps and "last" in progress.steps[0].output:
            told.set()

    with Ledger(report, lambda _: None) as ledger:
        ledger.put("a", RUNNING)
        ledger.write("a", "first\n")
        ledger.write("a", "last\n")
        assert told.wait(5)
    assert seen[-1].steps[0].output == ("first", "last")


def test_lines_in_quick_succession_are_told_together(watched):
    with watched.ledger as ledger:
        ledger.put("a", RUNNING)
        for number in range(50_000):
            ledger.write("a", f"{number}\n")
        ledger.close(StepState.DONE)
    assert len(watched.notes) == 50_002
    assert len(watched.reports) < 100
    assert watched.reports[-1].steps[0].output[-1] == "49999"


def test_what_would_be_told_late_is_not_once_the_user_has_cancelled():
    asked = Event()

    def report(progress):
        if progress.steps[0].output:
            asked.set()
            raise Cancelled

    with Ledger(report, lambda _: None) as ledger:
        ledger.put("a", RUNNING)
        ledger.write("a", "line\n")
        assert asked.wait(5)
