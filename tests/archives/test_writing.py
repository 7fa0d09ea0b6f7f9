"""Files that appear whole or not at all."""

import contextlib
import errno
import hashlib
import os
import resource
import signal
import subprocess
from pathlib import Path

import pytest

from archives.test_streams import unpacked
from layerhold.archives.compression import Compression
from layerhold.archives.writing import part_file
from layerhold.domain.archive_errors import FolderGone, NoRoom
from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled, EngineGone, FileNotWritten
from needs import need

CHUNKS = [b"abc" * 1000, b"", b"def" * 100_000]


@pytest.fixture
def target(tmp_path):
    return tmp_path / "archive.tar"


def names(folder):
    return [path.name for path in folder.iterdir()]


def write(target, chunks=CHUNKS, compression=Compression.NONE, token=None, needed=None):
    with part_file(target, needed) as part:
        part.write(chunks, compression, token or Token())
        assert not target.exists() or target.read_bytes() == b"before"
        part.keep()


@pytest.mark.parametrize("compression", [Compression.NONE, Compression.GZIP, Compression.ZSTD])
def test_a_file_appears_when_it_is_kept(target, compression):
    write(target, compression=compression)
    content = target.read_bytes()
    assert (unpacked(content) if compression.value else content) == b"".join(CHUNKS)
    assert names(target.parent) == [target.name]


def test_what_was_written_is_counted_and_hashed(target):
    with part_file(target) as part:
        part.write(CHUNKS, Compression.GZIP, Token())
        content = part.path.read_bytes()
        assert (part.size, part.digest) == (len(content), hashlib.sha256(content).hexdigest())


def test_it_can_be_read_before_it_is_kept(target):
    with part_file(target) as part:
        part.write(CHUNKS, Compression.NONE, Token())
        assert part.path.read_bytes() == b"".join(CHUNKS)
        assert part.path.parent == target.parent
    assert names(target.parent) == []


def test_what_was_there_is_replaced_at_once(target):
    target.write_bytes(b"before")
    write(target)
    assert target.read_bytes() == b"".join(CHUNKS)


def test_a_link_stays_and_what_it_points_to_is_replaced(tmp_path, target):
    (tmp_path / "elsewhere").mkdir()
    target.symlink_to("elsewhere/real.tar")
    write(target)
    assert target.is_symlink()
    assert (tmp_path / "elsewhere" / "real.tar").stat().st_size == len(b"".join(CHUNKS))


def test_the_permissions_are_those_of_any_new_file(target):
    before = os.umask(0o027)
    try:
        write(target)
    finally:
        os.umask(before)
    assert target.stat().st_mode & 0o777 == 0o640


def broken():
    yield CHUNKS[0]
    raise EngineGone("the engine")


def test_an_engine_that_fails_leaves_nothing_and_what_was_there(target):
    target.write_bytes(b"before")
    with pytest.raises(EngineGone):
        write(target, broken())
    assert names(target.parent) == [target.name]
    assert target.read_bytes() == b"before"


def test_cancelling_leaves_nothing(target):
    token = Token()

    def chunks():
        yield CHUNKS[0]
        token.cancel()
        yield CHUNKS[2]

    with pytest.raises(Cancelled):
        write(target, chunks(), token=token)
    assert names(target.parent) == []


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(FolderGone) as caught:
        write(tmp_path / "gone" / "archive.tar")
    assert caught.value.path == str(tmp_path / "gone")


def test_a_part_file_that_somebody_removed(target):
    with part_file(target) as part:
        part.write(CHUNKS, Compression.NONE, Token())
        part.path.unlink()
        with pytest.raises(FileNotWritten) as caught:
            part.keep()
    assert caught.value.path == str(target)
    assert caught.value.detail == os.strerror(errno.ENOENT)


def test_a_folder_in_place_of_the_file(target):
    target.mkdir()
    with part_file(target) as part:
        part.write(CHUNKS, Compression.NONE, Token())
        with pytest.raises(FileNotWritten):
            part.keep()
    assert names(target.parent) == [target.name]


def test_too_little_room_is_told_before_anything_is_written(target):
    with pytest.raises(NoRoom) as caught:
        write(target, iter(()), needed=1 << 60)
    assert caught.value.needed == 1 << 60
    assert 0 < caught.value.free < 1 << 60
    assert names(target.parent) == []


@contextlib.contextmanager
def largest_file(size):
    """A limit that the system sets, as some file systems have one."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def test_a_file_that_becomes_too_large_leaves_nothing(target):
    with largest_file(10_000), pytest.raises(FileNotWritten) as caught:
        write(target)
    assert not isinstance(caught.value, NoRoom)
    assert caught.value.detail == os.strerror(errno.EFBIG)
    assert names(target.parent) == []


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 100 kB."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = [need("mount"), "-t", "tmpfs", "-o", "size=100k", "none", folder]
    mounted = subprocess.run(command, capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("needs the right to mount a small file system (root has it)")
    yield folder
    subprocess.run([need("umount"), folder], check=True)


def test_a_full_disk_leaves_nothing(small_disk: Path):
    target = small_disk / "archive.tar"
    with pytest.raises(NoRoom) as caught:
        write(target)
    assert caught.value.path == str(target)
    assert caught.value.detail == os.strerror(errno.ENOSPC)
    assert names(small_disk) == []
    target.write_bytes(b"x" * 90_000)
