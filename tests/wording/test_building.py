import pytest

from layerhold.domain.build_errors import (
    BuildFailed,
    BuildInputFault,
    DockerfileFault,
    DockerfileProblem,
    InvalidBuildInput,
)
from layerhold.domain.builders import Builder, BuilderChoice, Limit, Reason
from layerhold.domain.building import BuildProgress, BuildStep, Built, ContextSummary, StepState
from layerhold.domain.cancel import Token
from layerhold.engine.docker.building.choosing import CLASSIC
from layerhold.jobs.building import BuildResult
from layerhold.jobs.job import Job
from layerhold.jobs.job_log import LOG_LINES
from layerhold.planning.dockerfile_doubts import Doubt, DoubtKind
from layerhold.wording import build_context, build_steps, builders, building
from layerhold.wording.details import details, result_lines
from layerhold.wording.every_failure import explain

A, B = (f"sha256:{letter * 64}" for letter in "ab")


@pytest.mark.parametrize("reason", list(Reason))
def test_every_choice_is_a_sentence(reason):
    builder = {Reason.INSTALLED: Builder.BUILDX, Reason.NO_BUILDER: None}
    choice = BuilderChoice(builder.get(reason, Builder.CLASSIC), reason, frozenset(Limit), "0.12.1")
    for said in (builders.builder(choice), *builders.limits(choice)):
        assert said.endswith(".")
        assert "{" not in said
    assert len(builders.limits(choice)) == len(Limit)


def test_the_classic_builder_says_what_it_lacks():
    choice = BuilderChoice(Builder.CLASSIC, Reason.NO_PLUGIN, CLASSIC)
    assert "because docker has no buildx here" in builders.builder(choice)
    assert builders.limits(choice)[:2] == ("It takes no secrets.", "It has no RUN --mount.")
    assert builders.way_on(choice) == "Install docker buildx for BuildKit."


@pytest.mark.parametrize("kind", list(DoubtKind))
def test_every_doubt_is_a_sentence(kind):
    said = builders.doubt(Doubt(kind, 7, "RUN"))
    assert said.endswith(".")
    assert "{" not in said
    assert ("7" in said) is (kind is not DoubtKind.NO_BASE)


@pytest.mark.parametrize("fault", list(BuildInputFault))
def test_what_was_typed_wrong_is_told_with_the_right_form(fault):
    said = explain(InvalidBuildInput("text", fault, "part"))
    assert "“part”" in said.what
    assert said.hint.endswith(".")


def test_a_wrong_line_is_told_with_what_stands_there_and_the_builders_reason():
    reason = "ENV requires at least one argument"
    said = explain(DockerfileProblem("/a/Dockerfile", DockerfileFault.SYNTAX, 2, reason, "ENV"))
    assert said.what == "Line 2 of /a/Dockerfile is wrong: “ENV”."
    assert said.hint == f"The builder says: “{reason}”. Correct the Dockerfile, then build again."


def test_a_step_that_fails_for_the_builders_own_reason_is_told_with_it():
    step = BuildStep("EXPOSE abc", StepState.FAILED, line=2)
    said = explain(BuildFailed("app:1", "Invalid containerPort: abc", step, "Dockerfile", 2))
    assert said.hint == (
        "The builder says: “Invalid containerPort: abc”. Correct that, then build again."
    )


def test_a_build_that_fails_before_its_steps_is_told_with_the_line():
    said = explain(BuildFailed("app:1", "no", None, "Dockerfile", 3))
    assert said.what == "The build failed at line 3 of the Dockerfile."


def test_the_context_in_words():
    summary = ContextSummary(12, 3_400_000, left_out=3)
    assert build_context.summed(summary, CLASSIC) == "12 files, 3.4 MB are sent."
    assert build_context.summed(summary, frozenset()).startswith("At most 12 files, 3.4 MB")
    assert build_context.left_out(summary) == "There is no .dockerignore: everything is sent."
    troubled = ContextSummary(unreadable=("a", "b", "c"), skipped=("s",))
    assert build_context.warnings(troubled, CLASSIC) == (
        "a, b and 1 more cannot be read, which stops the build. Change the permissions, or leave "
        "it out with a line in .dockerignore.",
        "Sockets cannot be sent: s.",
    )
    assert build_context.warnings(troubled, frozenset())[1] == "Sockets arrive as empty files: s."


def test_the_result_names_the_image_and_the_tags_that_moved():
    result = BuildResult(Built(A, ("app:1", "app:2"), ("careful",)), {"app:2": B})
    said = building.built(result)
    assert said == f"Built app:1, app:2: {'a' * 12}. {'b' * 12} had app:2 before, and has lost it."
    lines = list(result_lines(result))
    assert f"  Image ID: {A}" in lines
    assert "Warning: careful" in lines
    bare = BuildResult(Built(A), {})
    assert building.built(bare) == f"Built {'a' * 12}, an image without a tag."


def test_the_time_of_a_step():
    assert build_steps.time(BuildStep("a", StepState.RUNNING, started=10.0), 12.5) == "2.5 s"
    assert build_steps.time(BuildStep("a", StepState.DONE, seconds=3.0), 0.0) == "3.0 s"
    assert build_steps.time(BuildStep("a", StepState.CACHED, seconds=0.0), 0.0) == ""
    assert build_steps.time(BuildStep("a"), 0.0) == ""


def test_a_log_that_has_lost_its_beginning_is_told_with_the_steps():
    job = Job("Build app:1", Token())
    done = BuildStep("FROM a", StepState.DONE, 1, 2, seconds=0.4)
    job.progress = BuildProgress((done, BuildStep("RUN it", StepState.FAILED, 2, 2, seconds=3.0)))
    job.log.append("[1/2] FROM a")
    assert details(job).count("[1/2] FROM a") == 1
    job.log.extend(f"line {number}" for number in range(LOG_LINES))
    text = details(job)
    assert "[1/2] FROM a · Done · 0.4 s\n[2/2] RUN it · Failed · 3.0 s\n(1 earlier line" in text
