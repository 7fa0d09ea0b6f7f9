from pathlib import Path

import pytest

from layerhold.domain.build_errors import BuildInputFault, InvalidBuildInput
from layerhold.domain.build_inputs import cache_images, labels, secrets, tags
from layerhold.domain.building import BuildProgress, BuildStep, Secret, StepState
from layerhold.domain.errors import InvalidReference

ENVIRON = {"TOKEN": "hidden-value"}


def test_tags_stand_in_lines_or_after_spaces_and_count_once():
    found = [tag.familiar for tag in tags("app:1 docker.io/library/app:1\nghcr.io/me/app, app")]
    assert found == ["app:1", "ghcr.io/me/app:latest", "app:latest"]
    with pytest.raises(InvalidReference):
        tags("app:1 Nope")


def test_images_to_take_layers_from():
    assert cache_images("app:1\n\ntype=registry,ref=r/app:cache") == (
        "app:1",
        "type=registry,ref=r/app:cache",
    )


def test_labels_keep_what_stands_in_their_values():
    assert labels("a=b=c\n# a remark\nmade by=me \n empty=") == {
        "a": "b=c",
        "made by": "me",
        "empty": "",
    }
    with pytest.raises(InvalidBuildInput) as caught:
        labels("=b")
    assert caught.value.fault is BuildInputFault.BAD_LABEL


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ("id=npm,src=/home/me/.npmrc", Secret("npm", Path("/home/me/.npmrc"))),
        ("source=/run/key,id=npm,type=file", Secret("npm", Path("/run/key"))),
        ("src=/run/key", Secret("key", Path("/run/key"))),
        ('id=npm,"src=/a,b"', Secret("npm", Path("/a,b"))),
        ("id=one,env=TOKEN", Secret("one", value="hidden-value")),
        ("id=TOKEN", Secret("TOKEN", value="hidden-value")),
    ],
)
def test_a_secret_is_a_file_or_a_variable(line, secret):
    assert secrets(line, ENVIRON) == (secret,)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("npm", BuildInputFault.BAD_SECRET),
        ("type=env", BuildInputFault.BAD_SECRET),
        ("id=a,id=b", BuildInputFault.BAD_SECRET),
        ("id=a,src=/b,env=TOKEN", BuildInputFault.BAD_SECRET),
        ("id=a,mode=0400", BuildInputFault.BAD_SECRET),
        ("id=a,src=b", BuildInputFault.NOT_ABSOLUTE),
        ("id=a,env=MISSING", BuildInputFault.NO_VARIABLE),
        ("id=a,src=/b\nid=a,src=/c", BuildInputFault.SAME_SECRET),
    ],
)
def test_what_is_no_secret_is_told_without_its_value(text, fault):
    with pytest.raises(InvalidBuildInput) as caught:
        secrets(text, ENVIRON)
    assert caught.value.fault is fault
    assert "hidden-value" not in repr(caught.value)


def test_a_value_from_the_environment_is_in_no_text_made_of_it():
    assert "hidden-value" not in repr(secrets("id=TOKEN", ENVIRON))


def test_a_build_that_has_ended_has_no_step_that_runs():
    running, done = (BuildStep("a", state) for state in (StepState.RUNNING, StepState.DONE))
    ended = BuildProgress((done, running)).ended(StepState.CANCELLED)
    assert [step.state for step in ended.steps] == [StepState.DONE, StepState.CANCELLED]
