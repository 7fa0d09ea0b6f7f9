import io
import os
import socket
import tarfile
from pathlib import Path

import pytest

from layerhold.archives.context.sending import CHUNK, pack
from layerhold.domain.build_errors import (
    ContextFault,
    ContextProblem,
    DockerfileFault,
    DockerfileProblem,
)
from layerhold.domain.builders import Builder
from layerhold.domain.building import BuildWish
from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled


def sent(wish):
    parcel = pack(wish, Token())
    archive = opened(b"".join(parcel.chunks(lambda _: None)))
    return parcel, {member.name: member for member in archive}, archive


def opened(archive):
    return tarfile.TarFile(fileobj=io.BytesIO(archive))


def test_everything_arrives_as_it_is(context, wish):
    (context / "folder/empty").mkdir(parents=True)
    program = context / "folder/program"
    program.write_bytes(b"x" * 100_000)
    program.chmod(0o750)
    os.utime(program, (1_000_000_000, 1_000_000_000))
    (context / "link").symlink_to("./folder//program")
    os.mkfifo(context / "pipe")

    parcel, members, archive = sent(wish)

    assert parcel.dockerfile == "Dockerfile"
    assert list(members) == [
        "Dockerfile",
        "folder",
        "folder/empty",
        "folder/program",
        *("link", "pipe"),
    ]
    arrived = members["folder/program"]
    assert archive.extractfile(arrived).read() == program.read_bytes()
    assert (arrived.mode, arrived.mtime) == (0o750, 1_000_000_000)
    assert (arrived.uid, arrived.gid, arrived.uname) == (0, 0, "")
    assert members["link"].linkname == "./folder//program"
    assert members["pipe"].isfifo()
    assert members["folder/empty"].isdir()


def test_a_second_name_of_a_file_is_no_second_file(context, wish):
    (context / "a").write_text("once")
    (context / "b").hardlink_to(context / "a")
    _parcel, members, _archive = sent(wish)
    assert members["b"].islnk()
    assert members["b"].linkname == "a"


@pytest.mark.parametrize("name", ["a" * 200, "ä" * 120, os.fsdecode(b"\xff\xfe"), "a\nb"])
def test_any_name_arrives(context, wish, name):
    (context / name).write_text("here")
    _parcel, members, archive = sent(wish)
    assert archive.extractfile(members[name]).read() == b"here"


def test_sockets_stay_behind(context, wish, monkeypatch):
    monkeypatch.chdir(context)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("sock")
        assert list(sent(wish)[1]) == ["Dockerfile"]


def test_the_dockerfile_and_the_ignore_file_go_along_although_they_are_left_out(context):
    (context / "build").mkdir()
    (context / "build/Dockerfile").write_text("FROM scratch\n")
    (context / "build/other").touch()
    (context / ".dockerignore").write_text("*\n")
    wish = BuildWish(context, Builder.CLASSIC, context / "build/Dockerfile")

    parcel, members, _archive = sent(wish)

    assert parcel.dockerfile == "build/Dockerfile"
    assert list(members) == [".dockerignore", "build/Dockerfile"]


def test_a_dockerfile_from_elsewhere_goes_along_and_no_step_finds_it(context, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("FROM busybox\n")
    (context / ".dockerignore").write_text("secret")
    (context / "secret").touch()

    parcel, members, archive = sent(BuildWish(context, Builder.CLASSIC, elsewhere))

    assert archive.extractfile(parcel.dockerfile).read() == b"FROM busybox\n"
    assert archive.extractfile(".dockerignore").read().decode().split() == [
        "secret",
        parcel.dockerfile,
    ]
    assert list(members) == [parcel.dockerfile, ".dockerignore", "Dockerfile"]


def test_with_an_ignore_file_of_its_own_the_dockerfile_is_left_out_where_that_says_so(context):
    (context / "Dockerfile.dockerignore").write_text("Dockerfile*\n")
    (context / "file").touch()
    wish = BuildWish(context, Builder.CLASSIC)
    parcel, members, archive = sent(wish)
    assert list(members) == [parcel.dockerfile, ".dockerignore", "file"]
    assert archive.extractfile(".dockerignore").read().decode().split() == [
        parcel.dockerfile,
        ".dockerignore",
    ]


def test_a_link_that_leads_out_of_the_context_is_a_dockerfile_from_elsewhere(context, tmp_path):
    (tmp_path / "real").write_text("FROM busybox\n")
    (context / "linked").symlink_to("../real")
    parcel, _members, archive = sent(BuildWish(context, Builder.CLASSIC, context / "linked"))
    assert archive.extractfile(parcel.dockerfile).read() == b"FROM busybox\n"


def test_a_file_that_grows_is_sent_as_it_was(context, wish):
    growing = context / "a.log"
    growing.write_bytes(b"x" * 3 * CHUNK)
    chunks = pack(wish, Token()).chunks(lambda _: None)
    archive = next(chunks)
    with growing.open("ab") as file:
        file.write(b"y" * CHUNK)
    archive += b"".join(chunks)
    members = opened(archive).getmembers()
    assert [(member.name, member.size) for member in members] == [
        ("Dockerfile", 13),
        ("a.log", 3 * CHUNK),
    ]


def test_a_file_that_shrinks_stops_the_build(context, wish):
    shrinking = context / "a.log"
    shrinking.write_bytes(b"x" * 3 * CHUNK)
    chunks = pack(wish, Token()).chunks(lambda _: None)
    next(chunks)
    os.truncate(shrinking, CHUNK)
    with pytest.raises(ContextProblem) as caught:
        list(chunks)
    assert (caught.value.path, caught.value.fault) == ("a.log", ContextFault.CHANGED)


def test_a_file_that_goes_away_was_never_there(context, wish):
    (context / "a").write_bytes(b"x" * 2 * CHUNK)
    for name in ("b", "c"):
        (context / name).touch()
    chunks = pack(wish, Token()).chunks(lambda _: None)
    archive = next(chunks)
    (context / "b").unlink()
    archive += b"".join(chunks)
    names = opened(archive).getnames()
    assert names == ["Dockerfile", "a", "c"]


def test_what_cannot_be_read_stops_the_build(nobodys):
    with pytest.raises(ContextProblem) as caught:
        sent(BuildWish(nobodys, Builder.CLASSIC))
    assert caught.value.fault is ContextFault.UNREADABLE_FOLDER
    assert caught.value.path == "folder"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (None, DockerfileFault.MISSING),
        (b"", DockerfileFault.EMPTY),
        (b" \n", DockerfileFault.EMPTY),
    ],
)
def test_without_a_dockerfile_nothing_is_sent(context, wish, content, fault):
    (context / "Dockerfile").unlink()
    if content is not None:
        (context / "Dockerfile").write_bytes(content)
    with pytest.raises(DockerfileProblem) as caught:
        pack(wish, Token())
    assert (caught.value.fault, caught.value.path) == (fault, str(context / "Dockerfile"))


def test_a_folder_is_no_dockerfile(context):
    with pytest.raises(DockerfileProblem) as caught:
        pack(BuildWish(context, Builder.CLASSIC, context), Token())
    assert caught.value.fault is DockerfileFault.NO_FILE


def test_it_is_sent_in_pieces_and_counted(context, wish):
    (context / "large").write_bytes(b"x" * 10 * CHUNK)
    counted = []
    sizes = list(map(len, pack(wish, Token()).chunks(counted.append)))
    assert max(sizes) <= 2 * CHUNK
    assert counted == sorted(counted)
    assert 10 * CHUNK <= counted[-1] <= sum(sizes)


def test_sending_can_be_cancelled(context, wish):
    token = Token()
    (context / "large").write_bytes(b"x" * 2 * CHUNK)
    (context / "more").touch()
    chunks = pack(wish, token).chunks(lambda _: None)
    next(chunks)
    token.cancel()
    with pytest.raises(Cancelled):
        list(chunks)


def test_other_programs_can_read_it(context, wish, tmp_path):
    (context / ("deep/" * 40)).mkdir(parents=True)
    (context / ("deep/" * 40) / "file").write_text("here")
    _parcel, members, archive = sent(wish)
    archive.extractall(tmp_path / "out", filter="fully_trusted")
    assert Path(tmp_path, "out", *["deep"] * 40, "file").read_text() == "here"
    assert len(members) == 42
