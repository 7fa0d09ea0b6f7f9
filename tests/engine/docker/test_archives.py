import json
from urllib.parse import parse_qs, urlsplit

import pytest

from fakes.docker_api import ENGINES, recorded
from layerhold.domain.archive_errors import ImageDamaged
from layerhold.domain.cancel import Token
from layerhold.domain.errors import (
    Cancelled,
    DiskFull,
    EngineGone,
    EngineRefused,
    ImageNotFound,
    Unsupported,
)
from layerhold.engine.docker.archives import BLOCK, TAIL
from layerhold.engine.docker.engine import connect

CASES = recorded("recorded_archives")
PIECE = b"\0" * 32768


def asked(api):
    return parse_qs(urlsplit(api.asked[-1].partition(" ")[2]).query)


def test_images_are_saved_by_the_names_they_are_asked_by(api, engine):
    api.stream("GET", "/images/get", [PIECE] * 3)

    assert b"".join(engine.save(["a:1", "registry.example:5000/team/b:2"])) == PIECE * 3
    assert asked(api) == {"names": ["a:1", "registry.example:5000/team/b:2"]}


def test_an_archive_comes_in_large_blocks(api, engine):
    api.stream("GET", "/images/get", [PIECE] * 40)

    sizes = [len(block) for block in engine.save(["a:1"])]

    assert sizes == [BLOCK] * 5


def test_nothing_is_asked_before_the_first_block_is_wanted(api, engine):
    api.stream("GET", "/images/get", [PIECE])
    before = len(api.asked)
    blocks = engine.save(["a:1"])

    assert len(api.asked) == before
    assert next(blocks) == PIECE


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("case", ["save-nonexistent", "save-names-one-missing"])
def test_an_image_that_is_not_there(api, engine, case, name):
    status, body = CASES[case][name]
    api.answer("GET", "/images/get", body, status)

    with pytest.raises(ImageNotFound) as caught:
        next(engine.save(["eng-nope:1"]))
    assert caught.value.subject == "eng-nope:1"


@pytest.mark.parametrize("cut", [0, 1, 5, 60])
def test_an_error_after_the_archive_is_a_failure_however_it_is_cut(api, engine, cut):
    error = {"message": "write /var/lib/x: no space left on device"}
    words = json.dumps({"errorDetail": error, "error": error["message"]}, separators=(",", ":"))
    last = f"{words}\n".encode()
    pieces = [PIECE] * 20 + [piece for piece in (last[:cut], last[cut:]) if piece]
    api.stream("GET", "/images/get", pieces)

    with pytest.raises(DiskFull):
        list(engine.save(["a:1"]))


def test_an_error_that_begins_in_the_block_before_is_found(api, engine):
    words = b'{"errorDetail":{"message":"the moon is in the wrong house"}}'
    api.stream("GET", "/images/get", [b"\0" * (BLOCK - 9) + words])

    with pytest.raises(EngineRefused, match="the moon"):
        list(engine.save(["a:1"]))


@pytest.mark.parametrize(
    "words",
    [
        "unexpected digest sha256:aa copied",
        "failed to copy to tar: rpc error: code = NotFound desc = blob sha256:aa expected at"
        " /x/blobs/sha256/aa: blob not found: not found",
        "content digest sha256:aa: not found",
    ],
)
def test_damage_in_the_engine_s_own_store_is_told(api, engine, words):
    """As the containerd store of Docker 26 and 28 tells it."""
    last = json.dumps({"errorDetail": {"message": words}}, separators=(",", ":"))
    api.stream("GET", "/images/get", [PIECE, last.encode()])

    with pytest.raises(ImageDamaged) as caught:
        list(engine.save(["a:1"]))
    assert (caught.value.subject, caught.value.detail) == ("a:1", words)


def test_words_of_an_error_inside_an_archive_mean_nothing(api, engine):
    words = b'{"errorDetail":{"message":"no"}}'
    archive = words + b"\0" * 1024
    api.stream("GET", "/images/get", [archive])

    assert b"".join(engine.save(["a:1"])) == archive
    assert len(archive) < TAIL


def test_an_engine_that_dies_is_no_end_of_an_archive(api, engine):
    api.stream("GET", "/images/get", [PIECE] * 3, end=False)

    with pytest.raises(EngineGone) as caught:
        list(engine.save(["a:1"]))
    assert caught.value.detail == "the answer ended too early"


def test_who_closes_the_archive_early_ends_the_connection(api, engine):
    api.stream("GET", "/images/get", [PIECE] * 1000)
    blocks = engine.save(["a:1"])
    next(blocks)
    busy = engine._session._clients._busy.copy()

    blocks.close()

    assert [client.line.was_cut for client in busy] == [True]


def test_a_cancelled_save_says_so(api, engine):
    api.stream("GET", "/images/get", [PIECE] * 1000)
    token = Token()
    blocks = engine.save(["a:1"], token)
    next(blocks)

    token.cancel()

    with pytest.raises(Cancelled):
        list(blocks)


@pytest.mark.parametrize("name", [name for name in ENGINES if name != "d28ctd"])
def test_a_platform_is_never_asked_of_an_engine_that_would_ignore_it(api, name):
    api.be(name)
    engine = connect(api.endpoint)
    before = len(api.asked)

    with pytest.raises(Unsupported):
        engine.save(["a:1"], platform="linux/arm64")
    assert len(api.asked) == before
    engine.close()


def test_a_platform_is_asked_for_in_the_engine_s_form(api):
    api.be("d28ctd")
    engine = connect(api.endpoint)
    api.stream("GET", "/images/get", [PIECE])

    list(engine.save(["a:1"], platform="linux/arm64/v8"))

    (platform,) = asked(api)["platform"]
    assert json.loads(platform) == {"os": "linux", "architecture": "arm64", "variant": "v8"}
    engine.close()
