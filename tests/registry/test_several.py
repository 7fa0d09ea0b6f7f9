import random
import threading
from functools import partial
from threading import Barrier, Timer, get_ident
from time import monotonic

import pytest

from fakes.blob_files import FileSink, describe
from fakes.registry_server import answer, hang
from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled
from layerhold.domain.pace import SETTLING_SECONDS
from layerhold.domain.progress import LayerState, Phase
from layerhold.domain.references import parse
from layerhold.domain.registry_errors import RegistryFailure, RemoteNotFound
from layerhold.registry import blobs
from layerhold.registry.session import Session
from layerhold.registry.several import AT_ONCE, each
from layerhold.registry.tally import Tally

CONTENTS = [random.Random(number).randbytes(5_000) for number in range(100)]
BLOBS = [describe(content) for content in CONTENTS]


def nobody(progress):
    assert progress.subject == "app"


def tally(parts=BLOBS):
    return Tally("app", Phase.DOWNLOADING, parts)


def move(server, work, parts=BLOBS, report=nobody, token=None):
    with Session(server.host, token=token) as session:
        each(session, parts, work, tally(parts), report)


def fetch(folder, session, blob, told):
    with FileSink(folder / blob.digest) as sink:
        blobs.fetch(session, parse(f"{session.registry}/app"), blob, sink, told)


def keep_all(server):
    for blob, content in zip(BLOBS, CONTENTS, strict=True):
        server.say(f"/v2/library/app/blobs/{blob.digest}", answer(200, content))
        server.say(f"/v2/app/blobs/{blob.digest}", answer(200, content))


def test_a_hundred_blobs(server, tmp_path):
    keep_all(server)
    seen = []

    move(server, partial(fetch, tmp_path), report=seen.append)

    assert [(tmp_path / blob.digest).read_bytes() for blob in BLOBS] == CONTENTS
    assert (seen[-1].done, seen[-1].total) == (500_000, 500_000)
    assert {layer.state for layer in seen[-1].layers} == {LayerState.DOWNLOADED}


def test_so_many_at_once_and_reports_from_here(server):
    together, reporters, workers = Barrier(AT_ONCE, timeout=5), set(), set()

    def work(_, blob, told):
        together.wait()
        workers.add(get_ident())
        told(LayerState.DOWNLOADED, blob.size)

    move(server, work, BLOBS[: AT_ONCE * 4], lambda _: reporters.add(get_ident()))

    assert reporters == {get_ident()}
    assert len(workers) == AT_ONCE


def test_a_blob_that_is_listed_twice_moves_once(server):
    moved = []

    move(server, lambda _, blob, __: moved.append(blob), [BLOBS[0], BLOBS[0], BLOBS[1]])

    assert sorted(moved, key=BLOBS.index) == BLOBS[:2]


def test_nothing_to_move(server):
    move(server, fetch, [])


def test_the_first_failure_ends_all(server, tmp_path):
    keep_all(server)
    for blob in BLOBS[1:3]:
        server.say(f"/v2/app/blobs/{blob.digest}", hang)
    server.say(f"/v2/app/blobs/{BLOBS[0].digest}", answer(404))
    token, started = Token(), monotonic()

    with Session(server.host, token=token) as session:
        with pytest.raises(RemoteNotFound):
            each(session, BLOBS, partial(fetch, tmp_path), tally(), nobody)
        assert monotonic() - started < 2
        assert not token.cancelled
        # The session itself is as good as before.
        server.say("/v2/more", answer(200))
        fetch(tmp_path, session, BLOBS[50], lambda *_: None)


def test_cancelled_within_a_second(server, tmp_path):
    token, moment = Token(), []
    for blob in BLOBS:
        server.say(f"/v2/app/blobs/{blob.digest}", hang)
    Timer(0.2, lambda: (moment.append(monotonic()), token.cancel())).start()

    with pytest.raises(Cancelled):
        move(server, partial(fetch, tmp_path), token=token)

    assert monotonic() - moment[0] < 1


def test_whoever_does_not_want_to_be_told_any_more_stops_it(server, tmp_path):
    for blob in BLOBS:
        server.say(f"/v2/app/blobs/{blob.digest}", hang)

    def report(_):
        raise Cancelled

    with pytest.raises(Cancelled):
        move(server, partial(fetch, tmp_path), report=report)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_of_our_own_is_no_success(server, monkeypatch):
    told = []
    monkeypatch.setattr(threading, "excepthook", told.append)

    def work(*_):
        raise ZeroDivisionError

    with pytest.raises(RuntimeError, match="broke off"):
        move(server, work)

    assert {each.exc_type for each in told} == {ZeroDivisionError}


def test_a_registry_that_is_not_there():
    with pytest.raises(RegistryFailure), Session("127.0.0.1:1") as session:
        each(session, BLOBS, fetch, tally(), nobody)


def test_tokens_are_fetched_once_for_all(server, tmp_path):
    keep_all(server)
    scope = "repository:app:pull"
    server.want_token(f"{server.url}/token", scope)
    server.give_tokens()

    move(server, partial(fetch, tmp_path), BLOBS[:9])

    assert len(server.paths("/token")) == 1


def test_what_was_there_before_is_no_speed():
    now = 0.0
    many = Tally("app", Phase.DOWNLOADING, BLOBS[:3], lambda: now)
    first, second, third = map(many.of, BLOBS[:3])
    first(LayerState.DOWNLOADING, 4000)
    second(LayerState.EXISTS, 5000)
    third(LayerState.VERIFYING, 2000)
    third(LayerState.DOWNLOADED, 5000)

    before = many.progress()
    now = SETTLING_SECONDS
    first(LayerState.DOWNLOADING, 4500)
    after = many.progress()

    assert (before.done, before.total, before.rate) == (9000, 10_000, None)
    assert (after.done, after.rate, after.seconds_left) == (9500, 1000, 0.5)


def test_of_an_unknown_size_no_total_is_told():
    unknown = [BLOBS[0], describe(b"")]
    many = Tally("app", Phase.UPLOADING, unknown)

    assert many.progress().total is None
