import os
from pathlib import Path

import pytest

from fakes.nobody import as_nobody
from layerhold.domain.build_errors import (
    ContextFault,
    ContextProblem,
    DockerfileFault,
)
from layerhold.domain.cancel import Token
from layerhold.jobs.build_place import is_build_place, look
from layerhold.jobs.context import Context, Delivered


@pytest.fixture
def seen():
    """Looks at a path; gives what was delivered and the summary."""

    def see(path, dockerfile=""):
        posted = []
        summary = look(path, dockerfile, Context(posted.append, Token()))
        (part,) = [each.part for each in posted if isinstance(each, Delivered)]
        return part, summary

    return see


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "Dockerfile").write_text("ARG MODE=slow\nFROM scratch AS one\nFROM one AS two\n")
    (tmp_path / "app.js").write_text("x" * 100)
    return tmp_path


def test_a_folder_with_its_dockerfile(seen, folder):
    part, summary = seen(folder)
    assert (part.place.folder, part.place.dockerfile) == (folder, folder / "Dockerfile")
    assert part.dockerfile.targets == ("one", "two")
    assert [each.name for each in part.dockerfile.arguments] == ["MODE"]
    assert set(part.watched) == {folder, folder / "Dockerfile"}
    assert part.problem is None
    assert summary.files == 2


def test_a_dockerfile_stands_for_its_folder(seen, folder):
    other = folder / "test.Dockerfile"
    other.write_text("FROM scratch AS three\n")
    (folder / "test.Dockerfile.dockerignore").write_text("app.js\n")
    part, summary = seen(other)
    assert (part.place.folder, part.place.dockerfile) == (folder, other)
    assert part.others == (folder / "Dockerfile", other)
    assert folder / "test.Dockerfile.dockerignore" in part.watched
    assert "app.js" not in {each.path for each in summary.largest}


def test_what_there_is_to_choose_from_stands_in_for_a_missing_one(seen, folder):
    (folder / "Dockerfile").rename(folder / "Containerfile")
    assert seen(folder)[0].place.dockerfile == folder / "Containerfile"


def test_a_name_is_taken_from_the_folder_on(seen, folder):
    (folder / "deep").mkdir()
    (folder / "deep/Dockerfile").write_text("FROM scratch\n")
    assert seen(folder, "deep/Dockerfile")[0].place.dockerfile == folder / "deep/Dockerfile"
    assert seen(folder, str(folder / "Dockerfile"))[0].place.dockerfile == folder / "Dockerfile"


def test_a_missing_dockerfile_is_told_and_the_folder_looked_at_all_the_same(seen, tmp_path):
    part, summary = seen(tmp_path)
    assert part.problem.fault is DockerfileFault.MISSING
    assert summary.files == 0


def _link_to_itself(place):
    place.symlink_to(place.name)


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, _link_to_itself])
def test_what_is_no_file_is_told_as_such(seen, tmp_path, make):
    make(tmp_path / "Dockerfile")
    part, _ = seen(tmp_path)
    assert part.problem.fault is DockerfileFault.NO_FILE


@pytest.mark.parametrize("mode", [0, 0o444])
def test_a_folder_that_is_shut_is_told_as_such(seen, mode):
    with as_nobody() as folder:
        (folder / "Dockerfile").write_text("FROM scratch\n")
        folder.chmod(mode)
        with pytest.raises(ContextProblem) as caught:
            seen(folder)
    assert (caught.value.fault, caught.value.path) == (ContextFault.SHUT, str(folder))


def test_no_folder_is_a_failure(seen, tmp_path):
    with pytest.raises(ContextProblem) as caught:
        seen(tmp_path / "missing")
    assert caught.value.fault is ContextFault.NO_FOLDER


def test_what_can_be_built_is_told_by_name_or_content(folder, tmp_path):
    assert is_build_place(folder)
    assert is_build_place(folder / "Dockerfile")
    (tmp_path / "recipe").write_text("FROM scratch\nCOPY a /\n")
    assert is_build_place(tmp_path / "recipe")
    (tmp_path / "letter").write_text("Dear all\n")
    (tmp_path / "picture").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe")
    assert not any(
        is_build_place(tmp_path / each) for each in ("letter", "picture", "empty", "pipe")
    )
