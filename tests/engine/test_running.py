import pytest

from fakes.memory_engine import MemoryEngine
from layerhold.domain.cancel import Token
from layerhold.domain.container_errors import ContainerFault, ContainerRefused, NotStarted
from layerhold.domain.errors import Cancelled, ContainerNotFound, DiskFull, EngineGone
from layerhold.domain.running import RunWish
from layerhold.engine.running import run
from planning.model_engine import GraphDriver

TAKEN = ContainerRefused("web", "port is already allocated", ContainerFault.PORT_TAKEN, "80")
WISH = RunWish("web:1", name="web")


@pytest.fixture
def engine():
    return MemoryEngine(GraphDriver().add("sha256:web", ["web:1"], ["base"]))


def fail(engine, **failures):
    """Let each of these calls fail so."""

    def before(name):
        failure = failures.get(name.partition(" ")[0])
        if failure:
            raise failure

    engine.before_each_call = before


def states(engine):
    return {container.id: container.state.value for container in engine.list_containers()}


def test_a_container_that_is_made_and_started(engine):
    assert run(engine, WISH).id == "web"
    assert states(engine) == {"web": "running"}


def test_one_that_cannot_be_started_is_not_left_behind(engine):
    fail(engine, start_container=TAKEN)

    with pytest.raises(NotStarted) as caught:
        run(engine, WISH)

    failure = caught.value
    assert (failure.subject, failure.cause, failure.left) == ("web:1", TAKEN, False)
    assert failure.detail == TAKEN.detail
    assert states(engine) == {}


def test_unless_it_is_to_be_kept(engine):
    fail(engine, start_container=TAKEN)

    with pytest.raises(NotStarted) as caught:
        run(engine, WISH, keep=True)

    assert caught.value.left
    assert states(engine) == {caught.value.container_id: "created"}


def test_one_that_cannot_be_removed_either_is_told(engine):
    fail(engine, start_container=TAKEN, remove_container=DiskFull())

    with pytest.raises(NotStarted) as caught:
        run(engine, WISH)

    assert caught.value.left
    assert caught.value.container_id == "web"


def test_one_that_the_engine_removed_by_itself_is_gone(engine):
    fail(engine, start_container=TAKEN, remove_container=ContainerNotFound("web"))

    with pytest.raises(NotStarted) as caught:
        run(engine, WISH)

    assert not caught.value.left


def test_an_engine_lost_in_between_may_have_it_still(engine):
    fail(engine, start_container=EngineGone(), remove_container=EngineGone())

    with pytest.raises(NotStarted) as caught:
        run(engine, WISH)

    assert isinstance(caught.value.cause, EngineGone)
    assert caught.value.left


def test_nothing_is_left_of_a_run_that_is_cancelled_in_between(engine):
    token = Token()
    # Looked up while the container is made, and the token is not asked again before the start.
    engine.before_each_call = lambda name: token.cancel() if name == "image" else None

    with pytest.raises(Cancelled):
        run(engine, WISH, token)

    assert states(engine) == {}


def test_what_cannot_even_be_made_is_told_as_it_is(engine):
    run(engine, WISH)

    with pytest.raises(ContainerRefused) as caught:
        run(engine, WISH)

    assert caught.value.fault is ContainerFault.NAME_TAKEN
    assert states(engine) == {"web": "running"}
