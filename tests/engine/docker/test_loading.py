import json
from threading import Event, Thread

import pytest

from fakes.docker_api import recorded
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled, DiskFull, EngineGone, FileNotWritten, ImageNotFound
from layerhold.domain.outcomes import Loaded, LoadedImage
from layerhold.domain.progress import LayerProgress, LayerState, Phase, Progress

CASES = recorded("recorded_archives")
ID = "sha256:" + "ab" * 32


def told(*sentences):
    return [json.dumps({"stream": sentence}).encode() + b"\r\n" for sentence in sentences]


def known(api, name, image_id=ID):
    api.answer("GET", f"/images/{name}/json", {"Id": image_id, "RepoTags": [name]})


def load(engine, chunks=(b"archive",), report=lambda _progress: None, token=None):
    return engine.load(iter(chunks), report, token)


def test_the_archive_is_sent_as_it_comes(api, engine):
    api.stream("POST", "/images/load", told("Loaded image: a:1\n"))
    known(api, "a:1")

    loaded = load(engine, [b"one", b"", b"two", b"\0" * 100_000])

    assert loaded == Loaded((LoadedImage(ID, "a:1"),))
    assert b"one" + b"two" + b"\0" * 100_000 in api.sent
    assert "POST /v1.41/images/load?quiet=0" in api.asked


LOADED = [
    (case, name)
    for case in ("load-ld.tar", "load-ld.tar.gz", "load-ld.tar.bz2", "load-oci.tar")
    for name, (status, body) in CASES[case].items()
    if status == 200 and "Loaded" in body
]


@pytest.mark.parametrize(("case", "name"), LOADED)
def test_what_eight_engines_say_they_loaded(api, engine, case, name):
    status, body = CASES[case][name]
    api.answer("POST", "/images/load", body, status)
    tag = json.loads(body)["stream"].removeprefix("Loaded image: ").strip()
    known(api, tag)

    assert load(engine) == Loaded((LoadedImage(ID, tag),))
    assert tag in {"eng-ld:1", "eng-oci:1", "localhost/eng-ld:1", "localhost/eng-oci:1"}


def test_podman_names_all_images_in_one_line(api, podman):
    one, two = "localhost/a:1", "registry.example:5000/b:2"
    bare = "sha256:" + "cd" * 32
    api.answer("POST", "/images/load", {"stream": f"Loaded image: {one},{two},{bare}"})
    known(api, one)
    known(api, two)

    loaded = load(podman)

    assert loaded.references == (one, two)
    assert loaded.ids == (ID, bare)


def test_an_image_without_a_name_is_told_by_its_id(api, engine):
    api.stream("POST", "/images/load", told(f"Loaded image ID: {ID}\n"))

    assert load(engine) == Loaded((LoadedImage(ID),))


def test_a_name_that_leads_nowhere_is_looked_up_in_the_list(api, engine):
    """As a containerd store has it for OCI archives with a short name."""
    api.stream("POST", "/images/load", told("Loaded image: eng-oci:1\n"))
    api.answer("GET", "/images/eng-oci:1/json", {"message": "No such image: eng-oci:1"}, 404)
    tags = ["eng-oci:1", "eng-oci:1"]
    api.answer("GET", "/images/json", [{"Id": "sha256:other"}, {"Id": ID, "RepoTags": tags}])

    assert load(engine) == Loaded((LoadedImage(ID, "eng-oci:1"),))


def test_an_image_that_vanished_at_once_is_not_said_to_be_there(api, engine):
    api.stream("POST", "/images/load", told("Loaded image: a:1\n"))
    api.answer("GET", "/images/a:1/json", {"message": "No such image: a:1"}, 404)
    api.answer("GET", "/images/json", [])

    with pytest.raises(ImageNotFound) as caught:
        load(engine)
    assert caught.value.subject == "a:1"


def test_what_else_the_engine_says_is_passed_on(api, engine):
    moved = "The image a:1 already exists, renaming the old one with ID sha256:cc to empty string"
    api.stream("POST", "/images/load", told(f"{moved}\n", "Loaded image: a:1\n"))
    known(api, "a:1")

    assert load(engine).remarks == (moved,)


def test_an_image_that_could_not_be_unpacked_was_not_loaded(api, engine):
    status, body = CASES["load-badlayer.tar"]["d28ctd"]
    api.answer("POST", "/images/load", body, status)

    with pytest.raises(ArchiveFailure) as caught:
        load(engine)
    assert caught.value.fault is ArchiveFault.WRONG_DIGEST


def test_nor_was_one_that_the_engine_cannot_say_why_of(api, engine):
    sentences = ("Loaded image: a:1\n", "Error unpacking image a:1: something odd\n")
    api.stream("POST", "/images/load", told(*sentences))

    with pytest.raises(ArchiveFailure) as caught:
        load(engine)
    assert caught.value.fault is ArchiveFault.UNUSABLE_IMAGE
    assert caught.value.detail == "a:1: something odd"


def test_a_full_disk_is_not_the_archive_s_fault(api, engine):
    words = "Error processing tar file(exit status 1): write /x: no space left on device"
    api.answer("POST", "/images/load", {"errorDetail": {"message": words}, "error": words})

    with pytest.raises(DiskFull):
        load(engine)


def test_importing_begins_when_the_engine_has_it_all(api, engine):
    reports = []
    lines = [
        {"status": "Loading layer", "id": "aa", "progressDetail": {"current": 5, "total": 10}},
        {"status": "Loading layer", "id": "aa", "progressDetail": {"current": 10, "total": 10}},
        {"status": "Loading layer", "id": "bb", "progressDetail": {"current": 1, "total": 3}},
    ]
    said = [json.dumps(line).encode() + b"\n" for line in lines]
    api.stream("POST", "/images/load", [*said, *told("Loaded image: a:1\n")])
    known(api, "a:1")

    def chunks():
        yield b"archive"
        reports.append("sent")

    engine.load(chunks(), reports.append)

    assert reports[:2] == ["sent", Progress(phase=Phase.IMPORTING)]
    assert reports[-1].layers == (
        LayerProgress("aa", LayerState.LOADED, 10, 10),
        LayerProgress("bb", LayerState.LOADING, 1, 3),
    )


def test_an_engine_may_answer_before_it_has_read_everything(api, engine):
    """And hang up: what it said is still there to be read."""
    words = b'{"errorDetail":{"message":"archive/tar: invalid tar header"}}'
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
    api.hasty = head + b"Content-Length: %d\r\n\r\n%b" % (len(words), words)

    with pytest.raises(ArchiveFailure) as caught:
        load(engine, (b"\0" * 100_000 for _ in range(1000)))
    assert caught.value.fault is ArchiveFault.NOT_AN_ARCHIVE


def test_an_archive_that_cannot_be_read_further_is_not_sent_as_if_it_had_ended(api, engine):
    def chunks():
        yield b"first half"
        raise FileNotWritten("/somewhere", "gone")

    with pytest.raises(FileNotWritten):
        engine.load(chunks(), lambda _progress: None)
    assert not any(request.startswith("GET /v1.41/images/") for request in api.asked)


def test_an_engine_that_is_slow_to_read_has_all_the_time_it_needs(api, engine, monkeypatch):
    monkeypatch.setattr("layerhold.engine.docker.session.CONNECT_SECONDS", 0.05)
    api.stream("POST", "/images/load", told("Loaded image: a:1\n"))
    known(api, "a:1")
    held = Event()
    api.before_reading = lambda: held.wait(0.5)

    assert load(engine, [b"\0" * 5_000_000]).references == ("a:1",)


def test_a_cancelled_load_ends_while_the_engine_reads_nothing(api, engine):
    token, begun = Token(), Event()
    raised = []

    def reading_nothing():
        begun.set()
        api.closing.wait(60)

    def work():
        try:
            load(engine, (b"\0" * 100_000 for _ in range(1000)), token=token)
        except Cancelled as error:
            raised.append(error)

    api.before_reading = reading_nothing
    thread = Thread(target=work, daemon=True)
    thread.start()
    assert begun.wait(5)

    token.cancel()

    thread.join(1)
    assert len(raised) == 1


def test_an_engine_that_dies_over_it(api, engine):
    api.stream("POST", "/images/load", [], end=False)

    with pytest.raises(EngineGone):
        load(engine)


def test_nothing_said_is_nothing_loaded(api, engine):
    api.stream("POST", "/images/load", [b"\r\n"])

    assert load(engine) == Loaded()
