from dataclasses import replace

import pytest

from fakes.memory_engine import MemoryEngine
from layerhold.domain.cancel import Token
from layerhold.domain.containers import State
from layerhold.domain.errors import DiskFull, EngineGone, OutcomeUnknown
from layerhold.domain.progress import Phase, Progress
from layerhold.jobs.context import Context, Progressed
from layerhold.jobs.job import Job
from layerhold.jobs.pruning import PruneResult
from layerhold.jobs.removing import carry_out
from layerhold.jobs.runner import JobRunner
from layerhold.planning.removal import Choice, Remedy, plan
from layerhold.planning.targets import WholeImage
from layerhold.wording.progress import line, outcome, progress
from planning.model_engine import GraphDriver

A, B = (f"sha256:{letter * 64}" for letter in "ab")


def two_images():
    model = GraphDriver(sizes={"base": 100, "a": 10}).add(A, ["a:1"], ["base", "a"])
    return model.add(B, ["b:1"], ["base"])


def fail(engine, call, error):
    def strike(name):
        if name.split("(")[0] == call:
            raise error

    engine.before_each_call = strike


def remove(engine, *image_ids, choices=None):
    planned = plan(engine.model.world(), [WholeImage(each) for each in image_ids], choices)
    return carry_out(engine, planned, {}, Context(lambda _: None, Token()))


@pytest.fixture
def said(qtbot):
    runner = JobRunner()

    def say(result):
        job = runner.start("Remove", lambda _: result)
        qtbot.waitUntil(lambda: not job.running)
        return outcome(job)

    return say


def test_all_done_is_done(said):
    assert said(remove(MemoryEngine(two_images()), A)) == "Done"


def test_some_done_is_partly_done(said):
    engine = MemoryEngine(two_images())
    world_before = engine.model.world()
    engine.tag(B, "new:1")
    planned = plan(world_before, [WholeImage(A), WholeImage(B)])
    result = carry_out(engine, planned, {}, Context(lambda _: None, Token()))
    assert said(result) == "Partly done"


def test_what_did_nothing_is_not_partly_done(said):
    engine = MemoryEngine(two_images())
    fail(engine, "remove", DiskFull())
    result = remove(engine, A, B)
    assert said(result) == "Nothing done"
    assert said(PruneResult(result)) == "Nothing done"
    assert said(PruneResult(result, cache_freed=5)) == "Partly done"


@pytest.mark.parametrize("error", [EngineGone(), OutcomeUnknown()])
def test_what_may_have_been_done_is_not_called_nothing(said, error):
    engine = MemoryEngine(two_images())
    fail(engine, "remove", error)
    assert said(remove(engine, A)) == "Partly done"


def test_a_stopped_container_is_something(said):
    engine = MemoryEngine(two_images().run("web", A, State.RUNNING))
    fail(engine, "remove_container", DiskFull())
    remedies = {WholeImage(A): Choice(remedy=Remedy.STOP_AND_REMOVE_CONTAINERS)}
    assert said(remove(engine, A, choices=remedies)) == "Partly done"


@pytest.mark.parametrize(
    ("snapshot", "text"),
    [
        (Progress(), ""),
        (Progress(0, 66_000_000, "bytes"), "0 B of 66 MB"),
        (Progress(900_000, 66_000_000, "bytes"), "900 kB of 66 MB"),
        (Progress(5_000_000, None, "bytes", rate=2e6), "5 MB · 2 MB/s"),
        (Progress(1, 2, "bytes", phase=Phase.VERIFYING), "Verifying · 1 of 2 B"),
        (Progress(phase=Phase.PACKING), "The engine packs"),
        (Progress(2, 3, subject="nginx:1.27"), "2 of 3 · nginx:1.27"),
        (Progress(1, 9, "bytes", seconds_left=75), "1 of 9 B · 1 min left"),
    ],
)
def test_progress_is_told_with_what_is_known(snapshot, text):
    assert progress(snapshot) == text


def test_a_speed_is_not_told_for_longer_than_it_is_true():
    moving = Progress(
        20_000_000, 80_000_000, "bytes", "it:1", Phase.DOWNLOADING, rate=8e6, seconds_left=6
    )
    assert progress(moving, 1) == "20 of 80 MB · 8 MB/s · 6 s left · it:1"
    assert progress(moving, 4) == "20 of 80 MB · it:1"
    assert progress(moving, 15) == "20 of 80 MB · stalled for 15 s · it:1"
    assert (
        progress(replace(moving, phase=Phase.EXTRACTING), 15) == "Extracting · 20 of 80 MB · it:1"
    )


def test_silence_counts_from_the_last_news(monkeypatch):
    now = [100.0]
    monkeypatch.setattr("layerhold.jobs.job.monotonic", lambda: now[0])
    job = Job("Pull it:1", Token())
    job.receive(Progressed(Progress(1, 4, "bytes", phase=Phase.DOWNLOADING)))
    now[0] = 107
    job.receive(Progressed(Progress(1, 4, "bytes", phase=Phase.DOWNLOADING)))
    assert job.silence == 7
    now[0] = 112
    assert line(job) == "Pull it:1 · 1 of 4 B · stalled for 12 s · 12 s"
    job.receive(Progressed(Progress(2, 4, "bytes", phase=Phase.DOWNLOADING)))
    assert job.silence == 0
