import json

import pytest

from layerhold.domain.building import StepState
from layerhold.domain.dockerfile import read
from layerhold.engine.docker.building.step_lines import StepLines


def follow(watched, recorded, name, dockerfile=None):
    text = (recorded / f"{dockerfile or name}.Dockerfile").read_text()
    lines = StepLines(watched.ledger, read(text))
    for line in (recorded / f"{name}.jsonl").read_text().splitlines():
        lines.write(json.loads(line).get("stream", "") if line else "")
    lines.end()
    return lines


def test_every_step_with_its_line_and_its_output(watched, recorded):
    lines = follow(watched, recorded, "plain")

    assert [step.number for step in watched.steps] == list(range(1, 16))
    assert {step.of for step in watched.steps} == {15}
    assert {step.state for step in watched.steps} == {StepState.DONE}
    written = (recorded / "plain.Dockerfile").read_text().splitlines()
    for step in watched.steps:
        assert written[step.line - 1].split()[:2] == step.name.split()[:2]
    assert set(watched.steps[8].output) == {"hello fast", "second", *("line 1", "line 2", "line 3")}
    assert all(not step.output for step in watched.steps if step.number != 9)
    assert len(lines.image_id) == 12


def test_what_the_cache_had(watched, recorded):
    follow(watched, recorded, "plain-cached", "plain")
    cached = [step.number for step in watched.steps if step.state is StepState.CACHED]
    assert cached == [3, 4, 5, 7, 8, 9, 10, 11, 13, 14, 15]


def test_colours_are_no_part_of_the_output(watched, recorded):
    follow(watched, recorded, "failing")
    assert sorted(watched.steps[-1].output) == ["oh dear", "starting"]
    assert not any("\x1b" in note for note in watched.notes)


def test_buildah_counts_by_stages(watched, recorded):
    follow(watched, recorded, "buildah")
    assert [(step.title, step.line) for step in watched.steps] == [
        ("[a 1/3] FROM scratch AS a", 1),
        ("[a 2/3] COPY busybox /b", 2),
        ("[a 3/3] ENV A=b", 3),
        ("[stage-1 1/3] FROM scratch", 4),
        ("[stage-1 2/3] ARG X=1", 5),
        ("[stage-1 3/3] COPY --from=a /b /c", 6),
    ]


@pytest.mark.parametrize(
    "said", ["Step 1/2 : FROM a", "Step 9/9 : RUN b", " ---> it", "STEP 3/2: x"]
)
def test_what_a_command_prints_makes_no_step(watched, said):
    lines = StepLines(watched.ledger, read("FROM a\nRUN b"))
    lines.write(f"Step 1/2 : FROM a\nStep 2/2 : RUN b\n{said}\n")
    assert [step.number for step in watched.steps] == [1, 2]
    assert watched.steps[1].output == (said,)


def test_lines_may_come_in_pieces(watched):
    lines = StepLines(watched.ledger, read("FROM a"))
    for piece in ("Ste", "p 1/1 : FR", "OM a", "\nout", "put"):
        lines.write(piece)
    lines.end()
    assert (watched.steps[0].name, watched.steps[0].output) == ("FROM a", ("output",))


def test_a_step_that_begins_is_told_at_once(watched):
    lines = StepLines(watched.ledger, read("FROM a\nRUN b"))
    lines.write("Step 1/2 : FROM a\nStep 2/2 : RUN b\n")
    assert watched.reports[-1].current.name == "RUN b"
    assert watched.reports[-1].summed().total == 2


def test_warnings_are_kept(watched):
    lines = StepLines(watched.ledger, read("FROM a"))
    lines.write("Step 1/1 : FROM a\n[Warning] One or more build-args [X] were not consumed\n")
    assert list(watched.ledger.warnings) == ["One or more build-args [X] were not consumed"]
