import base64
import json

import pytest

from layerhold.domain.building import StepState
from layerhold.domain.dockerfile import read
from layerhold.engine.docker.building.rawjson import Follower, Splitter, Update

LINES = {
    "COPY busybox /bin/busybox": 4,
    "WORKDIR /srv": 14,
    "COPY data data": 15,
    "COPY --from=build /srv /srv": 19,
    "RUN <<EOF (echo heredoc...)": 20,
}


def follow(watched, recorded, name, piece=1 << 16):
    dockerfile = name if (recorded / f"{name}.Dockerfile").exists() else "stages"
    text = (recorded / f"{dockerfile}.Dockerfile").read_text()
    follower, splitter = Follower(watched.ledger, read(text), {}), Splitter()
    content, words = (recorded / f"{name}.rawjson").read_bytes(), []
    for start in range(0, len(content), piece):
        words += take(follower, splitter.feed(content[start : start + piece]))
    return words + take(follower, splitter.end())


def take(follower, found):
    words = []
    for each in found:
        if isinstance(each, Update):
            follower.take(each)
        elif each:
            words.append(each)
    return words


def named(watched, start):
    return next(step for step in watched.steps if step.name.startswith(start))


@pytest.mark.parametrize("piece", [1, 7, 1 << 16])
def test_steps_with_their_places_times_and_output(watched, recorded, piece):
    assert follow(watched, recorded, "stages", piece) == []

    counted = [step for step in watched.steps if step.number]
    assert [(step.stage, step.number, step.of) for step in counted] == [
        *(("base", number, 3) for number in (1, 2, 3)),
        *(("build", number, 3) for number in (1, 2, 3)),
        *(("stage-2", number, 2) for number in (1, 2)),
    ]
    assert all(step.state is StepState.DONE and step.seconds is not None for step in watched.steps)
    assert {step.name: step.line for step in counted if step.name in LINES} == LINES
    assert set(named(watched, "RUN echo").output) == {
        "hello fast",
        "second",
        "line 1",
        *("line 2", "line 3"),
    }
    assert named(watched, "RUN <<EOF").output == ("heredoc", "data")
    assert named(watched, "[internal] load build context").done > 0


def test_steps_begin_one_after_another(watched, recorded):
    follow(watched, recorded, "stages")
    running = [report.current.title for report in watched.reports if report.current]
    assert "[build 1/3] RUN echo hello fast" in "\n".join(running)
    sums = [report.summed() for report in watched.reports]
    assert [each.done for each in sums] == sorted(each.done for each in sums)
    assert sums[-1].done == sums[-1].total == len(watched.steps)


def test_what_the_cache_had(watched, recorded):
    follow(watched, recorded, "cached")
    counted = [step for step in watched.steps if step.number]
    assert {step.state for step in counted} == {StepState.CACHED}
    assert [step.line for step in counted] == sorted(step.line for step in counted)
    assert "CACHED" in watched.notes


def test_a_step_that_fails(watched, recorded):
    words = follow(watched, recorded, "failing")
    failed = watched.steps[-1]
    assert (failed.state, failed.line) == (StepState.FAILED, 3)
    assert set(failed.output) == {"starting", "oh dear"}
    assert words[0] == "failing.Dockerfile:3"
    assert words[-1].startswith("ERROR: failed to solve: process ")


def test_the_log_says_whose_lines_they_are(watched, recorded):
    follow(watched, recorded, "failing")
    at = watched.notes.index("starting")
    assert "[2/2] RUN echo starting;     echo oh dear >&2;     exit 7" in watched.notes[:at]
    assert watched.notes[-1] == "FAILED"


def one(watched, **update):
    """What newer versions write: an object in one line."""
    follower, splitter = Follower(watched.ledger, read(""), {}), Splitter()
    assert take(follower, splitter.feed(json.dumps(update).encode() + b"\n")) == []
    return watched


def vertex(name, **more):
    return {"digest": name, "name": name, "started": "2026-01-01T10:00:00.123456789Z", **more}


def test_objects_may_stand_in_one_line_each(watched):
    assert one(watched, vertexes=[vertex("[2/5] RUN make")]).steps[0].title == "[2/5] RUN make"


def test_with_several_platforms_the_stage_is_still_known(watched):
    one(watched, vertexes=[vertex("[linux/amd64 build 2/5] RUN a/b")])
    assert (watched.steps[0].stage, watched.steps[0].name) == ("build", "RUN a/b")


def test_what_another_failure_stopped_did_not_fail_itself(watched):
    one(watched, vertexes=[vertex("[1/2] RUN a", error="process: context canceled")])
    assert watched.steps[0].state is StepState.CANCELLED


def test_warnings_are_kept_once(watched):
    short = base64.b64encode(b"MAINTAINER is deprecated").decode()
    for _ in range(2):
        one(watched, warnings=[{"vertex": "v", "level": 1, "short": short}])
    assert list(watched.ledger.warnings) == ["MAINTAINER is deprecated"]


def test_bytes_of_a_step_add_up(watched):
    statuses = [
        {"id": "sha256:1", "vertex": "v", "name": "pulling", "current": 5, "total": 10},
        {"id": "sha256:2", "vertex": "v", "name": "pulling", "current": 1, "total": 20},
    ]
    step = one(watched, vertexes=[vertex("v")], statuses=statuses).steps[0]
    assert (step.done, step.total) == (6, 30)


def test_objects_of_another_shape_are_words():
    splitter = Splitter()
    assert list(splitter.feed(b'{"vertexes": 5}\n{oops}\n')) == ['{"vertexes": 5}', "{oops}"]
