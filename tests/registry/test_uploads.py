import random
from threading import Timer
from time import monotonic

import pytest

from fakes.bad_line import bad_line, corrupt_after, cut_after, whole
from fakes.blob_files import FileSource, News, describe
from fakes.registry_server import PASSWORD, USER, answer, hang, serving
from fakes.upload_desk import UPLOADS, UploadDesk
from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled
from layerhold.domain.login import Login
from layerhold.domain.progress import LayerState
from layerhold.domain.references import parse
from layerhold.domain.registry_errors import Damaged, RegistryFailure, TooMuchAtOnce
from layerhold.registry import persistence, uploads
from layerhold.registry.session import Session

CONTENT = random.Random(2).randbytes(3_000_000)
BLOB = describe(CONTENT)


@pytest.fixture
def source(tmp_path):
    file = tmp_path / "source"
    file.write_bytes(CONTENT)
    return FileSource(file)


@pytest.fixture
def desk(server):
    desk = UploadDesk(server)
    desk.expect(BLOB.digest)
    return desk


@pytest.fixture
def small_pieces(monkeypatch):
    monkeypatch.setattr(uploads, "SMALLEST_PIECE", 300_000)


def send(host, source, told=persistence.nobody, name="team/app:1", token=None, **more):
    with Session(host, more.pop("login", None), token) as session:
        blob = more.pop("blob", BLOB)
        return uploads.send(session, parse(f"{host}/{name}"), blob, source, told, **more)


def exists(registry, name, blob=BLOB):
    status, _ = registry._ask("HEAD", f"/v2/{name}/blobs/{blob.digest}")
    return status == 200


def test_a_blob_goes_once(real_registry, source):
    news = News()

    assert send(real_registry.host, source, news, "once:1") is LayerState.PUSHED
    assert news.states == [LayerState.PUSHING, LayerState.PUSHED]
    assert news.told[-1] == (LayerState.PUSHED, len(CONTENT))
    assert exists(real_registry, "once")
    assert send(real_registry.host, source, News(), "once:2") is LayerState.EXISTS
    assert source.asked == [0]


def test_a_blob_of_another_repository_is_mounted(real_registry, source):
    send(real_registry.host, source, name="origin:1")

    state = send(real_registry.host, source, name="mounted:1", origin="origin")

    assert state is LayerState.MOUNTED
    assert exists(real_registry, "mounted")
    assert source.asked == [0]


def test_another_repository_that_has_it_not_is_no_harm(real_registry, source):
    assert send(real_registry.host, source, name="alone:1", origin="nobody") is LayerState.PUSHED
    assert exists(real_registry, "alone")


@pytest.mark.parametrize("content", [b"", b"{}", b"x" * 1_048_576, b"x" * 1_048_577])
def test_small_blobs(real_registry, tmp_path, content):
    file, blob = tmp_path / "small", describe(content)
    file.write_bytes(content)

    send(real_registry.host, FileSource(file), name="small:1", blob=blob)

    assert exists(real_registry, "small", blob)


def test_a_small_blob_takes_two_requests(server, tmp_path):
    file, blob = tmp_path / "small", describe(b"{}")
    file.write_bytes(b"{}")
    desk = UploadDesk(server)

    send(server.host, FileSource(file), blob=blob)

    assert desk.methods() == ["POST", "PUT"]
    assert desk.blobs == {blob.digest: b"{}"}


def test_a_large_blob_takes_three(server, desk, source):
    send(server.host, source)

    assert desk.methods() == ["POST", "PATCH", "PUT"]
    assert desk.blobs == {BLOB.digest: CONTENT}


@pytest.mark.usefixtures("no_waiting", "small_pieces")
def test_an_upload_goes_on_from_where_it_broke_off(server, desk, source):
    desk.breaks = [1_000_000, 100_000]
    news = News()

    send(server.host, source, news)

    assert desk.blobs == {BLOB.digest: CONTENT}
    assert source.asked[:3] == [0, 1_000_000, 1_100_000]
    assert desk.methods()[:5] == ["POST", "PATCH", "GET", "PATCH", "GET"]
    assert LayerState.RETRYING in news.states


@pytest.mark.usefixtures("no_waiting")
def test_an_upload_that_is_given_up_begins_again(real_registry, source):
    with bad_line(real_registry.host) as line:
        line.up = [cut_after(1_000_000), whole]
        assert send(line.host, source, name="again:1") is LayerState.PUSHED

    assert exists(real_registry, "again")
    assert source.asked == [0, 0]


@pytest.mark.usefixtures("no_waiting")
def test_an_upload_that_is_damaged_on_the_way_begins_again(real_registry, source):
    with bad_line(real_registry.host) as line:
        line.up = [corrupt_after(1_000_000), whole]
        assert send(line.host, source, name="damaged:1") is LayerState.PUSHED

    assert exists(real_registry, "damaged")


@pytest.mark.usefixtures("no_waiting")
def test_a_source_that_has_something_else(real_registry, tmp_path):
    file = tmp_path / "other"
    file.write_bytes(CONTENT[:-1] + b"x")

    with pytest.raises(Damaged):
        send(real_registry.host, FileSource(file), name="other:1")

    assert not exists(real_registry, "other")


@pytest.mark.thorough
@pytest.mark.faults
@pytest.mark.usefixtures("no_waiting")
@pytest.mark.parametrize("seed", range(30))
def test_any_line_that_breaks_off(real_registry, source, seed):
    chance = random.Random(seed)
    with bad_line(real_registry.host) as line:
        line.up = [cut_after(chance.randrange(4_000_000)) for _ in range(6)] + [whole]
        line.down = [cut_after(chance.randrange(3_000)) for _ in range(6)] + [whole]
        send(line.host, source, name=f"any{seed}:1")

    assert exists(real_registry, f"any{seed}")


@pytest.mark.usefixtures("small_pieces")
def test_what_is_too_much_at_once_goes_in_pieces(server, desk, source):
    desk.longest = 400_000

    send(server.host, source)

    assert desk.blobs == {BLOB.digest: CONTENT}
    assert desk.methods().count("PATCH") > 8


def test_what_is_too_much_however_small(server, desk, source):
    desk.longest = 10

    with pytest.raises(TooMuchAtOnce):
        send(server.host, source)


@pytest.mark.parametrize("form", ["one?state=0", f"{UPLOADS}one", "{url}" + UPLOADS + "one?a=b&c"])
def test_wherever_the_upload_is(server, desk, source, form):
    desk.place = form.replace("{url}", server.url)

    send(server.host, source)

    assert desk.blobs == {BLOB.digest: CONTENT}


def test_an_upload_at_another_host_is_shown_no_login(server, desk, source):
    server.want_password()
    with serving() as storage:
        there = UploadDesk(storage)
        desk.place = f"{storage.url}{UPLOADS}one?state=secret"
        there.place = desk.place
        login = Login(server.host, USER, PASSWORD)
        assert send(server.host, source, login=login) is LayerState.PUSHED

    assert there.blobs == {BLOB.digest: CONTENT}
    assert {it.authorization for it in storage.asked} == {""}


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("status", [401, 403, 404])
def test_another_repository_that_is_not_for_us(server, source, status):
    opening = server._speakers[UPLOADS]
    refuse = answer(status, b"no")
    server.say(UPLOADS, lambda handler: (refuse if "mount=" in handler.path else opening)(handler))

    assert send(server.host, source, origin="secret/app") is LayerState.PUSHED
    assert f"mount={BLOB.digest}&from=secret%2Fapp" in server.paths(UPLOADS)[0].replace("%3A", ":")


@pytest.mark.usefixtures("desk")
def test_the_scope_of_a_mount(server, source):
    both = "repository:team/app:pull,push repository:secret/app:pull"
    server.give_tokens(token="good")
    server.want_token(f"{server.url}/token")
    server._good = lambda asked: asked.authorization == "Bearer good"

    send(server.host, source, origin="secret/app", login=Login(server.host, USER, PASSWORD))

    asked = [it.query.get("scope", []) for it in server.asked if it.path.startswith("/token")]
    assert both.split() in asked


@pytest.mark.usefixtures("desk")
def test_no_place_for_the_upload(server, source):
    server.say(UPLOADS, answer(202))

    with pytest.raises(RegistryFailure, match="no place"):
        send(server.host, source)


@pytest.mark.usefixtures("desk")
def test_a_registry_that_keeps_nothing(server, source, monkeypatch):
    monkeypatch.setattr(persistence, "PATIENCE_SECONDS", 0.0)
    told = {"Location": f"{UPLOADS}one", "Range": "0-0"}

    def nothing(handler):
        handler.body()
        answer(202, b"", told)(handler)

    server.say(f"{UPLOADS}one", nothing)

    with pytest.raises(RegistryFailure, match="0 bytes of 3000000"):
        send(server.host, source)


@pytest.mark.usefixtures("desk")
def test_cancelled_within_a_second(server, source):
    server.say(f"{UPLOADS}one", hang)
    token, moment = Token(), []
    Timer(0.2, lambda: (moment.append(monotonic()), token.cancel())).start()

    with pytest.raises(Cancelled):
        send(server.host, source, token=token)

    assert monotonic() - moment[0] < 1
