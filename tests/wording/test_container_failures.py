from collections.abc import Iterator

import pytest

from layerhold.domain.container_errors import (
    ContainerFault,
    ContainerRefused,
    InputFault,
    InvalidChange,
    InvalidInput,
    LogUnreadable,
    NotStarted,
)
from layerhold.domain.errors import EngineGone, Failure
from layerhold.wording import explain

ID = "0123456789abcdef" * 4
TAKEN = ContainerRefused("web:1", "Bind failed", ContainerFault.PORT_TAKEN, "8080")


def examples() -> Iterator[Failure]:
    for fault in ContainerFault:
        yield ContainerRefused("web:1", "no", fault, "Odd")
        yield ContainerRefused("web:1", "no", fault)
    for fault in InputFault:
        yield InvalidInput("a b", fault, "b")
        yield InvalidInput("a b", fault)
    yield InvalidChange("web:1", "no", "RUN")
    yield InvalidChange("web:1", "no")
    yield LogUnreadable("web", "no")
    yield NotStarted("web:1", "no", TAKEN, ID)
    yield NotStarted("web:1", "no", TAKEN, ID, left=True)
    yield NotStarted("web:1", "no", EngineGone(), ID, left=True)


@pytest.mark.parametrize("error", list(examples()), ids=repr)
def test_each_is_a_sentence_with_a_next_step(error):
    said = explain(error)

    assert said.what[0].isupper() or said.what[0] == "“"
    assert said.what.endswith(".")
    assert said.hint.endswith(".")
    assert not any(trace in f"{said.what} {said.hint}" for trace in "{}<>")


def test_no_two_faults_are_told_alike():
    told = [explain(ContainerRefused("web:1", "", fault)).what for fault in ContainerFault]
    typed = [explain(InvalidInput("a", fault)).what for fault in InputFault]

    assert len(set(told)) == len(told)
    assert len(set(typed)) == len(typed)


def test_the_port_that_is_taken_is_named():
    said = explain(TAKEN)

    assert said.what == "Port 8080 of the engine's machine is in use already."
    assert said.detail == "Bind failed"


def test_of_a_container_that_does_not_start_both_are_told():
    said = explain(NotStarted("web:1", "Bind failed", TAKEN, ID))

    assert said.what == explain(TAKEN).what
    assert said.hint == f"The container was removed again. {explain(TAKEN).hint}"
    assert said.detail == "Bind failed"


def test_one_that_is_still_there_is_named():
    said = explain(NotStarted("web:1", "", TAKEN, ID, left=True))

    assert said.hint.startswith("The container is still there, as 0123456789ab. ")


def test_what_was_typed_wrong_is_shown_as_it_was_typed():
    assert explain(InvalidInput("8080:http", InputFault.BAD_PORT, "http")).what == (
        "“http” is no port."
    )
    assert explain(InvalidInput("80/", InputFault.BAD_PROTOCOL)).what == (
        "“80/” is no protocol of ports."
    )
