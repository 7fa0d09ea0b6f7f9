import random
from pathlib import Path
from threading import Timer
from time import monotonic

import pytest

from fakes.bad_line import bad_line, corrupt_after, cut_after, whole
from fakes.blob_files import FileSink, FileSource, News, describe
from fakes.registry_server import answer, drip, hang, serving
from layerhold.domain.cancel import Token
from layerhold.domain.descriptors import Descriptor
from layerhold.domain.errors import Cancelled
from layerhold.domain.login import Login
from layerhold.domain.progress import LayerState
from layerhold.domain.references import parse
from layerhold.domain.registry_errors import (
    Damaged,
    OutOfOrder,
    RateLimited,
    RegistryFailure,
    RegistryUnreachable,
    RemoteNotFound,
)
from layerhold.registry import blobs, persistence, uploads
from layerhold.registry.session import Session

CONTENT = random.Random(1).randbytes(3_000_000)
BLOB = describe(CONTENT)
OPEN_FILES = Path("/proc/self/fd")
PATH = f"/v2/team/app/blobs/{BLOB.digest}"


@pytest.fixture
def sink(tmp_path):
    with FileSink(tmp_path / "sink") as sink:
        yield sink


@pytest.fixture(scope="module")
def kept(real_registry, tmp_path_factory):
    """The registry has the blob."""
    file = tmp_path_factory.mktemp("blobs") / "blob"
    file.write_bytes(CONTENT)
    with Session(real_registry.host) as session:
        app = parse(real_registry.reference("team/app:1"))
        uploads.send(session, app, BLOB, FileSource(file))
    return real_registry


@pytest.fixture
def line(kept):
    with bad_line(kept.host) as line:
        yield line


def fetch(host, sink, blob=BLOB, told=persistence.nobody, token=None, login=None):
    with Session(host, login, token) as session:
        blobs.fetch(session, parse(f"{host}/team/app:1"), blob, sink, told)


def parts(handler):
    """Say what is asked for of the content."""
    first = int(handler.headers.get("Range", "bytes=0-")[6:-1])
    told = {"Content-Range": f"bytes {first}-{len(CONTENT) - 1}/{len(CONTENT)}"}
    answer(206 if first else 200, CONTENT[first:], told if first else {})(handler)


def test_a_blob_comes_whole(kept, sink):
    news = News()

    fetch(kept.host, sink, told=news)

    assert sink.path.read_bytes() == CONTENT
    assert news.states == [LayerState.DOWNLOADING, LayerState.DOWNLOADED]
    assert news.told[-1] == (LayerState.DOWNLOADED, len(CONTENT))


def test_what_is_there_does_not_come_again(line, sink):
    sink.write(CONTENT[:2_000_000])
    news = News()

    fetch(line.host, sink, told=news)

    assert sink.path.read_bytes() == CONTENT
    assert 1_000_000 < line.came < 1_010_000
    assert news.states[0] is LayerState.VERIFYING


def test_what_is_there_completely_is_only_checked(line, sink):
    sink.write(CONTENT)

    fetch(line.host, sink)

    assert line.came == 0


@pytest.mark.usefixtures("no_waiting")
@pytest.mark.parametrize("wrong", [b"x" * 1000, CONTENT + b"x", CONTENT[:-1] + b"x"])
def test_what_is_there_and_wrong_is_forgotten(kept, sink, wrong):
    sink.write(wrong)

    fetch(kept.host, sink)

    assert sink.path.read_bytes() == CONTENT
    assert sink.cleared


@pytest.mark.usefixtures("no_waiting")
def test_a_line_that_breaks_off_is_taken_up_again(line, sink):
    chance = random.Random(7)
    line.down = [cut_after(chance.randrange(100_000, 900_000)) for _ in range(5)] + [whole]
    news = News()

    fetch(line.host, sink, told=news)

    assert sink.path.read_bytes() == CONTENT
    assert line.came < len(CONTENT) + 20_000
    assert LayerState.RETRYING in news.states


@pytest.mark.thorough
@pytest.mark.faults
@pytest.mark.usefixtures("no_waiting")
@pytest.mark.parametrize("seed", range(40))
def test_any_line_that_breaks_off_or_corrupts(line, sink, seed):
    chance = random.Random(seed)
    line.down = [cut_after(chance.randrange(0, 2_000_000)) for _ in range(8)]
    line.down += [corrupt_after(chance.randrange(1_000, 2_000_000)), whole]

    fetch(line.host, sink)

    assert sink.path.read_bytes() == CONTENT


@pytest.mark.usefixtures("no_waiting")
def test_a_damaged_blob_comes_a_second_time(line, sink):
    line.down = [corrupt_after(1_000_000), whole]

    fetch(line.host, sink)

    assert sink.path.read_bytes() == CONTENT
    assert sink.cleared == 1


@pytest.mark.usefixtures("no_waiting")
def test_a_blob_that_is_damaged_each_time_is_none(server, sink):
    server.say(PATH, answer(200, CONTENT[:-1] + b"x"))

    with pytest.raises(Damaged, match="was asked for") as failed:
        fetch(server.host, sink)

    assert failed.value.subject == f"{server.host}/team/app:1"
    assert sink.size == 0
    assert len(server.paths(PATH)) == 2


@pytest.mark.usefixtures("no_waiting")
@pytest.mark.parametrize("more", [-1, 1, 1000])
def test_a_blob_that_is_longer_or_shorter_than_told(server, sink, more):
    server.say(PATH, parts)
    told = Descriptor("", BLOB.digest, BLOB.size + more)

    with pytest.raises(RegistryFailure):
        fetch(server.host, sink, told)


def test_a_size_that_nobody_knows(server, sink):
    server.say(PATH, parts)

    fetch(server.host, sink, Descriptor("", BLOB.digest, -1))

    assert sink.path.read_bytes() == CONTENT


def test_a_registry_that_gives_no_parts(server, sink):
    server.say(PATH, answer(200, CONTENT))
    sink.write(CONTENT[:1000])

    fetch(server.host, sink)

    assert sink.path.read_bytes() == CONTENT


@pytest.mark.usefixtures("no_waiting")
@pytest.mark.parametrize(
    "odd",
    [
        answer(206, CONTENT[7:], {"Content-Range": f"bytes 7-{len(CONTENT) - 1}/{len(CONTENT)}"}),
        answer(206, CONTENT),
        answer(416),
        answer(400, b"what?"),
    ],
)
def test_a_registry_that_gives_other_parts(server, sink, odd):
    server.say(PATH, lambda handler: (odd if "Range" in handler.headers else parts)(handler))
    sink.write(CONTENT[:1000])

    fetch(server.host, sink)

    assert sink.path.read_bytes() == CONTENT


def test_a_registry_that_wants_to_be_left_alone_for_a_moment(server, sink):
    answers = [answer(429, b"", {"Retry-After": "1"}), answer(503), parts]
    server.say(PATH, lambda handler: answers.pop(0)(handler))
    news, started = News(), monotonic()

    fetch(server.host, sink, told=news)

    assert 1.5 <= monotonic() - started < 4
    assert news.states[:3] == [
        LayerState.DOWNLOADING,
        LayerState.RETRYING,
        LayerState.DOWNLOADING,
    ]


def test_longer_than_that_is_not_waited(server, sink):
    server.say(PATH, answer(429, b"", {"Retry-After": "3600"}))

    with pytest.raises(RateLimited) as limited:
        fetch(server.host, sink)

    assert limited.value.retry_after == 3600


@pytest.mark.usefixtures("no_waiting")
def test_a_registry_that_stays_out_of_order(server, sink, monkeypatch):
    monkeypatch.setattr(persistence, "PATIENCE_SECONDS", 1.5)
    server.say(PATH, answer(500, b"oh"))

    with pytest.raises(OutOfOrder):
        fetch(server.host, sink)

    assert len(server.paths(PATH)) > 1


def test_a_registry_that_never_answered_is_not_waited_for(sink):
    news = News()

    with pytest.raises(RegistryUnreachable):
        fetch("127.0.0.1:1", sink, told=news)

    assert LayerState.RETRYING not in news.states


def test_a_blob_that_is_not_there(server, sink):
    with pytest.raises(RemoteNotFound):
        fetch(server.host, sink)


def test_another_host_is_shown_no_login_and_its_address_is_kept_quiet(server, sink):
    server.want_password()
    login = Login(server.host, "tester", "open sesame ✓")
    with serving() as storage:
        server.say(PATH, answer(307, b"", {"Location": f"{storage.url}/it?signature=hunter2"}))
        storage.say("/it", parts)
        sink.write(CONTENT[:1000])
        fetch(server.host, sink, login=login)
        storage.say("/it", answer(403, b"no"))
        sink.clear()
        with pytest.raises(RegistryFailure) as failed:
            fetch(server.host, sink, login=login)

    assert [it.authorization for it in storage.asked] == ["", ""]
    assert storage.asked[0].headers["Range"] == "bytes=1000-"
    assert "hunter2" not in repr(failed.value) + str(failed.value.__cause__)


@pytest.mark.usefixtures("no_waiting")
def test_another_host_learns_no_password_by_asking_for_one(server, sink):
    server.want_password()
    login = Login(server.host, "tester", "open sesame ✓")
    with serving() as storage:
        storage.want_token(f"{storage.url}/token")
        server.say(PATH, answer(307, b"", {"Location": f"{storage.url}/v2/it"}))
        with pytest.raises(RegistryFailure):
            fetch(server.host, sink, login=login)

    assert [it.path for it in storage.asked] == ["/v2/it"]


def test_a_foreign_layer_comes_from_where_it_lies(server, sink):
    with serving() as elsewhere:
        elsewhere.say("/layer", parts)
        urls = (f"{elsewhere.url}/gone", f"{elsewhere.url}/layer")
        fetch(server.host, sink, Descriptor("foreign", BLOB.digest, BLOB.size, urls=urls))

    assert sink.path.read_bytes() == CONTENT


@pytest.mark.parametrize("speaker", [hang, drip, answer(429, b"", {"Retry-After": "60"})])
def test_cancelled_within_a_second(server, sink, speaker):
    server.say(PATH, speaker)
    token, moment = Token(), []
    Timer(0.2, lambda: (moment.append(monotonic()), token.cancel())).start()

    with pytest.raises(Cancelled):
        fetch(server.host, sink, Descriptor("", BLOB.digest, -1), token=token)

    assert monotonic() - moment[0] < 1


def test_cancelled_on_a_slow_line_what_came_stays(line, sink):
    line.bytes_per_second = 1_000_000
    token = Token()

    def told(_state, come):
        if come:
            token.cancel()

    with pytest.raises(Cancelled):
        fetch(line.host, sink, told=told, token=token)

    assert 0 < sink.size < len(CONTENT)
    assert CONTENT.startswith(sink.path.read_bytes())


def test_one_connection_does_for_many_blobs(server, tmp_path):
    few = [describe(bytes([number]) * 1000) for number in range(5)]
    for number, blob in enumerate(few):
        server.say(f"/v2/team/app/blobs/{blob.digest}", answer(200, bytes([number]) * 1000))
    before = len(list(OPEN_FILES.iterdir()))

    with Session(server.host) as session:
        for blob in few:
            with FileSink(tmp_path / blob.digest) as sink:
                blobs.fetch(session, parse(f"{server.host}/team/app:1"), blob, sink)
        # The connection, our handle of it, and what the server of the test has open.
        assert len(list(OPEN_FILES.iterdir())) - before <= 4
