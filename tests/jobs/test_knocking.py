import pytest

from layerhold.domain.cancel import Token
from layerhold.domain.errors import ApiMismatch, EngineUnreachable, NotAnEngine, Unreachability
from layerhold.engine.about import Endpoint
from layerhold.jobs.context import Context, Delivered
from layerhold.jobs.knocking import Tried, knock

PLACES = tuple(Endpoint(name, f"unix:///{name}", "socket") for name in "abc")


def unreachable(why):
    return EngineUnreachable(why=why)


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (unreachable(Unreachability.NO_PERMISSION), unreachable(Unreachability.TIMEOUT)),
        (unreachable(Unreachability.NO_PERMISSION), unreachable(Unreachability.NO_SOCKET)),
        (unreachable(Unreachability.REFUSED), unreachable(Unreachability.NO_SOCKET)),
        (unreachable(Unreachability.NO_PERMISSION), NotAnEngine()),
        (ApiMismatch(), unreachable(Unreachability.TIMEOUT)),
    ],
    ids=repr,
)
def test_the_reason_is_the_one_that_tells_most_whichever_came_first(more, less):
    first, second, _third = PLACES
    assert Tried(((first, less), (second, more))).reason is more
    assert Tried(((first, more), (second, less))).reason is more


def test_nowhere_to_look_is_no_engine():
    assert Tried(()).reason.why is Unreachability.NO_SOCKET


def test_what_did_not_answer_is_told_although_another_did():
    refused = unreachable(Unreachability.REFUSED)

    def reach(endpoint, _token):
        if endpoint is PLACES[0]:
            raise refused
        return endpoint.name

    told = []
    context = Context(told.append, Token())
    assert knock(lambda: PLACES, reach, context) == "b"
    assert told == [Delivered(Tried(((PLACES[0], refused),)))]
