"""How every engine is reached, listened to, and lost."""

import os
import subprocess
import sys
from threading import Timer
from time import monotonic, time_ns

import pytest

from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled, EngineGone, EngineUnreachable, Unreachability
from layerhold.engine.docker.engine import connect
from live.family import LONER, NEW, is_podman

pytestmark = pytest.mark.live

AS_NOBODY = """
import os, sys
from layerhold.domain.errors import EngineUnreachable
from layerhold.engine.about import Endpoint
from layerhold.engine.docker.engine import connect
if os.geteuid() == 0:
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
try:
    connect(Endpoint("live", sys.argv[1], "--host"))
except EngineUnreachable as failure:
    print(failure.why.name)
"""


def test_it_says_who_it_is(engine, stocked):
    about = engine.about

    assert about.version in stocked.cli("version")
    assert about.root == str(stocked.folder / "data")
    assert about.platform == "linux/amd64"
    assert about.caps.force_deletes_containers is is_podman(engine)


def test_events_tell_of_the_past_and_of_the_present(engine, stocked):
    before = time_ns()
    stocked.cli("tag", LONER.id, NEW)
    told = engine.events(Token(), before)
    assert next(told).action == "tag"

    stocked.cli("create", "--network", "none", LONER.id, "/loner")
    event = next(told)
    assert (event.type, event.action) == ("container", "create")
    assert event.time_ns > before
    assert event.actor == engine.list_containers()[0].id
    told.close()


def test_waiting_for_events_can_be_cancelled(engine):
    token = Token()
    started = monotonic()
    Timer(0.2, token.cancel).start()
    with pytest.raises(Cancelled):
        next(engine.events(token, time_ns()))

    assert monotonic() - started < 1.0
    assert len(engine.list_images()) == 3


def test_an_engine_that_is_killed_is_gone_and_can_be_connected_to_again(engine, stocked):
    before = engine.list_images()
    killing = Timer(0.2, stocked.kill)
    killing.start()
    with pytest.raises(EngineGone):
        next(engine.events(Token(), time_ns()))
    killing.join()
    with pytest.raises((EngineGone, EngineUnreachable)):
        engine.list_images()
    with pytest.raises(EngineUnreachable) as refused:
        connect(engine.endpoint)
    assert refused.value.why is Unreachability.REFUSED

    stocked.start()
    again = connect(engine.endpoint)
    assert again.list_images() == before
    again.close()
    assert engine.list_images() == before


def test_who_may_not_use_the_socket_is_told_so(stocked):
    stocked.folder.chmod(0o755)
    mode = stocked.socket.stat().st_mode
    stocked.socket.chmod(0o600 if os.geteuid() == 0 else 0)
    path = os.pathsep.join(filter(None, sys.path))
    try:
        told = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, stocked.url],
            env=os.environ | {"PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=True,
        )
    finally:
        stocked.socket.chmod(mode)
        stocked.folder.chmod(0o700)

    assert told.stdout.strip() == Unreachability.NO_PERMISSION.name
