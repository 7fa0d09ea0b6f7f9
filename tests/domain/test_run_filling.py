import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.run_defaults import RunDefaults
from layerhold.domain.run_filling import (
    kept_variables,
    own_arguments,
    own_environment,
    own_mounts,
    typed_environment,
    typed_ports,
    typed_volumes,
    untyped_environment,
)
from layerhold.domain.run_inputs import environment, mount
from layerhold.domain.running import Mount

TALL = RunDefaults(
    environment=(("PATH", "/bin"), ("EMPTY", ""), ("TWO", "a\nb"), ("HARD", "a\xa0b"), ("R", "\r")),
    ports=("80/tcp", "53/udp", "8000-8001/tcp", "nonsense"),
    volumes=("/data", "relative", "/with:colon"),
)


def test_what_a_line_can_hold_is_typed():
    assert typed_environment(TALL) == ("PATH=/bin", "EMPTY=")
    assert untyped_environment(TALL) == ("TWO", "HARD", "R")
    assert typed_ports(TALL) == ("80", "53/udp", "8000-8001")
    assert typed_volumes(TALL) == ("/data",)


@given(st.lists(st.tuples(st.text(), st.text())))
def test_what_is_typed_is_the_images_own(pairs):
    defaults = RunDefaults(environment=tuple(pairs))
    typed = environment("\n".join(typed_environment(defaults)))
    assert own_environment(defaults, typed) == ()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ((("e",), ("c", "d")), (None, ())),
        ((("e",), ("x",)), (None, ("x",))),
        ((("e",), ()), (("e",), ())),
        ((("x",), ("c", "d")), (("x",), ("c", "d"))),
        ((("x",), ()), (("x",), ())),
        (((), ("c", "d")), ((), ("c", "d"))),
    ],
)
def test_only_arguments_that_are_not_the_images_own_are_said(typed, said):
    assert own_arguments(RunDefaults(("c", "d"), ("e",)), *typed) == said


def test_without_any_arguments_nothing_is_said():
    assert own_arguments(RunDefaults(), (), ()) == (None, ())


def test_variables_whose_lines_are_gone_are_still_set():
    typed = (("PATH", "/sbin"), ("NEW", "1"))
    assert own_environment(TALL, typed) == typed
    assert kept_variables(TALL, typed) == ("EMPTY",)


def test_a_volume_of_the_image_need_not_be_wished():
    typed = (mount("/data"), mount("/more"), mount("kept:/data"))
    assert own_mounts(TALL, typed) == (Mount("/more"), Mount("/data", "kept"))
