"""Images from containers and from file systems."""

from urllib.parse import parse_qs, urlsplit

import pytest

from fakes.docker_api import ENGINES, recorded
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.committing import CommitWish, ImportWish
from layerhold.domain.container_errors import InvalidChange
from layerhold.domain.errors import (
    ContainerNotFound,
    EngineGone,
    InvalidReference,
    Unsupported,
)
from layerhold.domain.progress import Phase, Progress
from layerhold.engine.docker.engine import connect

CASES = recorded("recorded_archives")
ID = "sha256:" + "ab" * 32
WISH = ImportWish("registry.example:5000/a:2", "made by hand", ('CMD ["id"]', "ENV A=b c"))


def asked(api):
    return parse_qs(urlsplit(api.asked[-1].partition(" ")[2]).query)


def take(engine, wish=WISH, report=lambda _progress: None):
    return engine.import_file_system(iter([b"one", b"two"]), wish, report)


def test_a_container_becomes_an_image(api, engine):
    api.answer("POST", "/commit", {"Id": ID}, 201)
    changes = ('CMD ["id"]', "ENV A=b")
    wish = CommitWish("host:5000/a:2", "Me <me@example.com>", "why", pause=False, changes=changes)

    assert engine.commit("c1", wish) == ID
    assert asked(api) == {
        "container": ["c1"],
        "repo": ["host:5000/a"],
        "tag": ["2"],
        "author": ["Me <me@example.com>"],
        "comment": ["why"],
        "pause": ["false"],
        "changes": list(changes),
    }


def test_an_image_without_a_tag_and_podman_s_bare_id(api, podman):
    api.answer("POST", "/commit", {"Id": "ab" * 32}, 201)

    assert podman.commit("c1", CommitWish()) == ID
    assert asked(api) == {"container": ["c1"], "pause": ["true"]}
    assert api.sent[-1] == b"null"


@pytest.mark.parametrize(
    ("status", "words", "kind"),
    [
        (404, "No such container: c1", ContainerNotFound),
        (400, "run is not a valid change command", InvalidChange),
        (500, "invalid reference format: repository name must be lowercase", InvalidReference),
    ],
)
def test_what_no_image_is_made_of(api, engine, status, words, kind):
    api.answer("POST", "/commit", {"message": words}, status)

    with pytest.raises(kind):
        engine.commit("c1", CommitWish("A:1", changes=("RUN id",)))


def test_a_reference_that_cannot_be_is_the_one_that_was_wished(api, engine):
    words = "invalid reference format: repository name must be lowercase"
    api.answer("POST", "/commit", {"message": words}, 500)

    with pytest.raises(InvalidReference) as caught:
        engine.commit("c1", CommitWish("Upper:1"))
    assert caught.value.text == "Upper:1"


@pytest.mark.parametrize("name", ENGINES)
def test_a_file_system_becomes_an_image(api, name):
    api.be(name)
    engine = connect(api.endpoint)
    status, body = CASES["import-rootfs"][name]
    api.answer("POST", "/images/create", body, status)
    reports = []

    image_id = take(engine, report=reports.append)

    assert image_id.startswith("sha256:")
    assert reports == [Progress(phase=Phase.IMPORTING)]
    assert api.sent[-1] == b"onetwo"
    said = asked(api)
    # Podman takes the tag from the repository only.
    named = (said["repo"][0], said.get("tag", [""])[0])
    whole = ("registry.example:5000/a:2", "")
    assert named == (whole if name.startswith("p") else ("registry.example:5000/a", "2"))
    assert (said["fromSrc"], said["message"]) == (["-"], ["made by hand"])
    assert said["changes"] == list(WISH.changes)
    engine.close()


@pytest.mark.parametrize("name", ENGINES)
def test_files_that_are_no_archive_become_none(api, engine, name):
    status, body = CASES["import-nontar"][name]
    api.answer("POST", "/images/create", body, status)

    with pytest.raises(ArchiveFailure) as caught:
        take(engine)
    assert caught.value.fault is ArchiveFault.NOT_AN_ARCHIVE


def test_an_instruction_that_the_engine_does_not_take(api, engine):
    api.answer("POST", "/images/create", {"message": "run is not a valid change command"}, 400)

    with pytest.raises(InvalidChange) as caught:
        take(engine)
    assert (caught.value.subject, caught.value.part) == (WISH.reference, "run")


def test_an_end_without_an_id_is_no_end(api, engine):
    api.stream("POST", "/images/create", [b'{"status":"Importing"}\n'])

    with pytest.raises(EngineGone):
        take(engine)


@pytest.mark.parametrize(("name", "can"), [("d20", False), ("p58", False), ("d26gd", True)])
def test_a_platform_is_never_asked_of_an_engine_that_would_ignore_it(api, name, can):
    api.be(name)
    engine = connect(api.endpoint)
    api.answer("POST", "/images/create", {"status": ID})
    wish = ImportWish("a:1", platform="linux/arm64")

    if can:
        assert take(engine, wish) == ID
        assert asked(api)["platform"] == ["linux/arm64"]
    else:
        with pytest.raises(Unsupported):
            take(engine, wish)
    engine.close()
