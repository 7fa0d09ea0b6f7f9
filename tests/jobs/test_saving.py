"""Saving, with an engine in memory that gives archives of real form."""

import hashlib
from shutil import rmtree

import pytest

from fakes.memory_engine import MemoryEngine
from layerhold.archives.compression import Compression, told
from layerhold.domain.archive_errors import (
    ArchiveFailure,
    ArchiveFault,
    FileInTheWay,
    FolderGone,
    NoRoom,
)
from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled, EngineGone
from layerhold.domain.progress import Phase
from layerhold.jobs.context import Context, Delivered, Progressed
from layerhold.jobs.saving import Saved, save
from layerhold.planning.saving import FileWish, Item, SaveWish
from live.images import Layer, Sketch, write_archive
from planning.model_engine import GraphDriver

WEB = Sketch((Layer("ADD web /", {"srv/web": b"w" * 200_000}),), ("web:1", "web:latest"))
BARE = Sketch((Layer("ADD bare /", {"srv/bare": b"b" * 100_000}),))


@pytest.fixture
def engine(tmp_path):
    engine = MemoryEngine(GraphDriver().add(WEB.id, list(WEB.tags)).add(BARE.id))
    archive = write_archive(tmp_path / "engine.tar", (WEB, BARE))
    engine.archive = archive.read_bytes()
    archive.unlink()
    return engine


@pytest.fixture
def reports():
    return []


@pytest.fixture
def context(reports):
    return Context(reports.append, Token())


ONE = (Item(WEB.id, "web:1"),)


def wish(*paths, items=ONE, replaces=False, **others):
    files = tuple(FileWish(path, items, replaces=replaces) for path in paths)
    return SaveWish(files, **others)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("compression", [Compression.NONE, Compression.GZIP, Compression.ZSTD])
def test_a_file_is_there_when_it_was_found_sound(engine, context, tmp_path, compression):
    target = tmp_path / "web"
    saved = save(engine, wish(target, compression=compression), context)
    content = target.read_bytes()
    assert told(content[:16]) is compression
    (file,) = saved.files
    assert (file.path, file.size) == (target, len(content))
    assert file.digest == hashlib.sha256(content).hexdigest()
    assert names(tmp_path) == ["web"]


def test_it_tells_what_it_does(engine, context, reports, tmp_path):
    save(engine, wish(tmp_path / "web.tar"), context)
    first, *_, last = reports
    assert isinstance(first, Progressed)
    assert (first.snapshot.phase, first.snapshot.share) == (Phase.PACKING, None)
    assert first.snapshot.subject == "web.tar"
    assert isinstance(last, Delivered)


def test_the_share_never_falls_over_several_files(engine, context, reports, tmp_path, monkeypatch):
    monkeypatch.setattr("layerhold.jobs.saving.REPORT_SECONDS", 0.0)
    monkeypatch.setattr("layerhold.jobs.context.REPORT_SECONDS", 0.0)
    files = [
        FileWish(tmp_path / f"{n}.tar", (Item(WEB.id, "web:1"),), size=len(engine.archive))
        for n in range(3)
    ]
    save(engine, SaveWish(tuple(files), Compression.GZIP), context)
    snapshots = [each.snapshot for each in reports if isinstance(each, Progressed)]
    shares = [each.share for each in snapshots if each.share is not None]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)
    assert {each.phase for each in snapshots} == {Phase.PACKING, Phase.WRITING, Phase.VERIFYING}


def test_what_is_there_stays_unless_it_may_go(engine, context, tmp_path):
    target = tmp_path / "web.tar"
    target.write_bytes(b"before")
    with pytest.raises(FileInTheWay):
        save(engine, wish(target), context)
    assert target.read_bytes() == b"before"
    save(engine, wish(target, replaces=True), context)
    assert target.read_bytes() == engine.archive


def test_a_file_that_came_meanwhile_stays(engine, context, tmp_path):
    target = tmp_path / "web.tar"
    engine.before_each_call = lambda name: target.write_bytes(b"new") if name == "block" else None
    with pytest.raises(FileInTheWay):
        save(engine, wish(target), context)
    assert target.read_bytes() == b"new"
    assert names(tmp_path) == ["web.tar"]


@pytest.mark.parametrize(
    "items", [(Item(WEB.id, "web:2"),), (Item(WEB.id, "web:1"), Item(f"sha256:{'0' * 64}"))]
)
def test_an_archive_that_lacks_what_was_wished_is_refused(engine, context, tmp_path, items):
    engine.model.add(f"sha256:{'0' * 64}", ["web:2"])
    with pytest.raises(ArchiveFailure) as failure:
        save(engine, wish(tmp_path / "web.tar", items=items), context)
    assert failure.value.fault is ArchiveFault.MISSING_PART
    assert failure.value.path == str(tmp_path / "web.tar")
    assert names(tmp_path) == []


def test_a_folder_that_went_meanwhile_is_told(engine, context, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()

    def remove(name):
        if name == "block":
            rmtree(folder, ignore_errors=True)

    engine.before_each_call = remove
    with pytest.raises(FolderGone) as failure:
        save(engine, wish(folder / "web.tar"), context)
    assert failure.value.path == str(folder)


def test_full_names_are_the_same_names(engine, context, tmp_path):
    engine.model.images[WEB.id].names.append("docker.io/library/web:1")
    full = (Item(WEB.id, "docker.io/library/web:1"), Item(BARE.id))
    assert isinstance(save(engine, wish(tmp_path / "web.tar", items=full), context), Saved)


@pytest.mark.parametrize(
    ("harm", "fault"),
    [
        (lambda it: it[: len(it) // 2], ArchiveFault.TRUNCATED),
        (lambda it: it.replace(b"w" * 200, b"x" * 200), ArchiveFault.WRONG_DIGEST),
        (lambda it: it + b'{"errorDetail":{"message":"no"}}', ArchiveFault.ENGINE_ERROR_INSIDE),
    ],
)
def test_damage_leaves_nothing_behind(engine, context, tmp_path, harm, fault):
    engine.archive = harm(engine.archive)
    with pytest.raises(ArchiveFailure) as failure:
        save(engine, wish(tmp_path / "web.tar"), context)
    assert failure.value.fault is fault
    assert names(tmp_path) == []


def test_what_was_complete_before_a_failure_stays(engine, context, reports, tmp_path):
    blocks = []

    def fail(name):
        blocks.append(name)
        if blocks.count("save platform=") == 2 and name == "block":
            raise EngineGone

    engine.before_each_call = fail
    with pytest.raises(EngineGone):
        save(engine, wish(tmp_path / "one.tar", tmp_path / "two.tar"), context)
    assert names(tmp_path) == ["one.tar"]
    delivered = [each.part for each in reports if isinstance(each, Delivered)]
    assert [each.path.name for each in delivered] == ["one.tar"]


def test_a_cancel_ends_the_engines_work_too(engine, context, tmp_path):
    ended = []

    def stop(name):
        if name == "block":
            context.token.cancel()

    given = engine.save

    def watched(*args):
        try:
            yield from given(*args)
        finally:
            ended.append(True)

    engine.save, engine.before_each_call = watched, stop
    with pytest.raises(Cancelled):
        save(engine, wish(tmp_path / "web.tar"), context)
    assert ended
    assert names(tmp_path) == []


def test_too_little_room_is_seen_before_the_engine_is_asked(engine, context, tmp_path):
    asked = []
    engine.before_each_call = asked.append
    huge = FileWish(tmp_path / "web.tar", (Item(WEB.id, "web:1"),), size=1 << 60)
    with pytest.raises(NoRoom):
        save(engine, SaveWish((huge,)), context)
    assert not asked
