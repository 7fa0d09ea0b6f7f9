"""Importing file systems, with an engine in memory."""

import gzip
import os

import pytest

from archives.layouts import as_docker_25, packed, write_tar
from fakes.memory_engine import MemoryEngine
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.cancel import Token
from layerhold.domain.committing import ImportWish
from layerhold.domain.errors import Cancelled, ChangedMeanwhile, DiskFull
from layerhold.domain.progress import Phase
from layerhold.jobs.context import Context, Progressed
from layerhold.jobs.importing import import_file_system, look_at
from live.images import Layer, Sketch
from planning.model_engine import GraphDriver

A, B = (f"sha256:{letter * 64}" for letter in "ab")
ROOT = {"etc/hostname": b"here", "bin/sh": b"#!", "usr/share/noise": os.urandom(1 << 20)}
WISH = ImportWish("made:1", "by hand", ("ENV A=b",))


@pytest.fixture
def engine():
    return MemoryEngine(GraphDriver().add(A, ["made:1"]))


@pytest.fixture
def reports():
    return []


@pytest.fixture
def context(reports):
    return Context(reports.append, Token())


@pytest.fixture
def root(tmp_path, context):
    return look_at(write_tar(tmp_path / "root.tar", ROOT), context)


def test_the_engine_gets_the_tar_and_the_wish(engine, context, root):
    made = import_file_system(engine, root, WISH, A, context)

    assert engine.archive == packed(ROOT)
    assert engine.wishes[made.image_id] == WISH
    assert (made.reference, made.displaced) == ("made:1", A)


def test_a_packed_one_is_unpacked_and_progress_is_that_of_the_file(
    engine, context, reports, tmp_path
):
    path = tmp_path / "root.tar.gz"
    path.write_bytes(gzip.compress(packed(ROOT)))
    looked = look_at(path, Context(lambda _: None, Token()))
    import_file_system(engine, looked, ImportWish(), "", context)

    assert engine.archive == packed(ROOT)
    told = [each.snapshot for each in reports if isinstance(each, Progressed)]
    sending = [each for each in told if each.phase is Phase.UPLOADING]
    assert sending
    assert {(each.total, each.subject) for each in sending} == {(path.stat().st_size, path.name)}


def test_a_tag_that_went_elsewhere_meanwhile_is_left_alone(engine, context, root):
    engine.model.add(B, ["other:1"])
    engine.tag(B, "made:1")
    with pytest.raises(ChangedMeanwhile):
        import_file_system(engine, root, WISH, A, context)

    assert engine.archive == b""


def test_a_file_that_changed_meanwhile_is_told(engine, context, root):
    root.place.path.write_bytes(packed({"etc/other": b""}))
    with pytest.raises(ArchiveFailure) as caught:
        import_file_system(engine, root, WISH, A, context)

    assert caught.value.fault is ArchiveFault.CHANGED
    assert caught.value.path == str(root.place.path)


def test_cancelling_ends_it_between_two_blocks(engine, context, root):
    engine.before_each_call = lambda name: (
        context.token.cancel() if name == "import_file_system" else None
    )
    with pytest.raises(Cancelled):
        import_file_system(engine, root, WISH, A, context)
    assert set(engine.model.images) == {A}


def test_what_the_engine_says_goes_on(engine, context, root):
    def full(name):
        if name == "import_file_system":
            raise DiskFull("")

    engine.before_each_call = full
    with pytest.raises(DiskFull):
        import_file_system(engine, root, WISH, A, context)


@pytest.mark.parametrize(
    ("files", "certain", "images"),
    [
        (ROOT, True, False),
        ({"app": b"a program"}, False, False),
        (as_docker_25(Sketch((Layer("x", {"x": b"x"}),), ("a:1",))), False, True),
    ],
)
def test_what_a_file_is(context, tmp_path, files, certain, images):
    found = look_at(write_tar(tmp_path / "a.tar", files), context)

    assert (found.is_certain, found.holds_images) == (certain, images)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"Dear all,\n" * 100, ArchiveFault.NOT_AN_ARCHIVE),
        (bytes(10_240), ArchiveFault.EMPTY),
        (b"", ArchiveFault.EMPTY),
        (gzip.compress(packed(ROOT))[:1000], ArchiveFault.TRUNCATED),
    ],
)
def test_what_cannot_be_imported(context, tmp_path, content, fault):
    path = tmp_path / "a.tar"
    path.write_bytes(content)
    with pytest.raises(ArchiveFailure) as caught:
        look_at(path, context)
    assert caught.value.fault is fault


def test_folders_and_what_is_not_there_cannot_be_imported(context, tmp_path):
    (tmp_path / "folder").mkdir()
    for name, fault in (("folder", ArchiveFault.FOLDER), ("none", ArchiveFault.NOT_FOUND)):
        with pytest.raises(ArchiveFailure) as caught:
            look_at(tmp_path / name, context)
        assert caught.value.fault is fault
