"""Archives of every kind, whole and broken, sent to real engines."""

import bz2
import gzip
import lzma
import subprocess
import tarfile
from io import BytesIO

import pytest

from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.errors import FileNotWritten, Unsupported
from layerhold.domain.progress import Phase
from layerhold.engine.about import Endpoint, Kind
from layerhold.engine.docker.engine import connect
from live.family import BASE, CHILD, LONER, ids, tags
from live.images import Layer, Sketch, busybox, write_archive
from needs import need

pytestmark = pytest.mark.live

CHUNK = 1 << 18
MOVED = Sketch((busybox(), Layer("COPY y /", {"y": b"y" * 500})), BASE.tags, cmd=("/bin/true",))
NAMELESS = Sketch((Layer("ADD n /", {"n": b"n"}),))


@pytest.fixture
def engine(any_engine):
    engine = connect(Endpoint("live", any_engine.url, "--host"))
    yield engine
    engine.close()


@pytest.fixture
def archive(tmp_path):
    return write_archive(tmp_path / "family.tar", (BASE, CHILD, LONER)).read_bytes()


def chunks(data, size=CHUNK):
    yield from (data[at : at + size] for at in range(0, len(data), size))


def load(engine, data, report=lambda _progress: None):
    return engine.load(chunks(data), report)


def is_podman(engine):
    return engine.about.kind is Kind.PODMAN


def test_every_image_and_tag_is_told(engine, archive):
    reports = []

    loaded = load(engine, archive, reports.append)

    assert {(image.reference, image.id) for image in loaded.images} == set(tags(engine).items())
    assert set(tags(engine)) == {*BASE.tags, *CHILD.tags, *LONER.tags}
    assert {report.phase for report in reports} == {Phase.IMPORTING}


@pytest.mark.parametrize("size", [100, 1 << 20])
def test_the_size_of_the_chunks_does_not_matter(engine, tmp_path, size):
    data = write_archive(tmp_path / "loner.tar", [LONER]).read_bytes()

    assert engine.load(chunks(data, size), lambda _progress: None).ids == (LONER.id,)


def test_an_image_without_a_name_is_found_by_its_id(engine, tmp_path):
    data = write_archive(tmp_path / "nameless.tar", [NAMELESS]).read_bytes()

    loaded = load(engine, data)

    assert (loaded.references, loaded.ids) == ((), (NAMELESS.id,))
    assert ids(engine) == {NAMELESS.id}


def test_a_tag_that_moves_is_told_as_it_is_now(engine, archive, tmp_path):
    load(engine, archive)

    loaded = load(engine, write_archive(tmp_path / "moved.tar", [MOVED]).read_bytes())

    assert [(image.reference, image.id) for image in loaded.images] == [(*BASE.tags, MOVED.id)]
    if not is_podman(engine):
        (remark,) = loaded.remarks
        assert BASE.tags[0] in remark
        assert BASE.id in remark


def test_loading_again_changes_nothing(engine, archive):
    assert load(engine, archive) == load(engine, archive)


def truncated(data):
    return data[: len(data) // 2]


def with_another_layer(_data):
    """The archive of a layer that is not what the image says it is."""
    layer = Layer("ADD x /", {"x": b"x" * 10_000})
    sketch = Sketch((layer,), ("example.com/wrong:1",))
    out = BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        place = f"{layer.diff_id.removeprefix('sha256:')}/layer.tar"
        manifest = f'[{{"Config":"c.json","RepoTags":["{sketch.tags[0]}"],"Layers":["{place}"]}}]'
        parts = {
            place: layer.content.replace(b"x" * 10, b"y" * 10),
            "c.json": sketch.config,
            "manifest.json": manifest.encode(),
        }
        for name, content in parts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, BytesIO(content))
    return out.getvalue()


def file_system(_data):
    out = BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        folder = tarfile.TarInfo("etc")
        folder.type = tarfile.DIRTYPE
        tar.addfile(folder)
        tar.addfile(tarfile.TarInfo("etc/hostname"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("spoil", "fault", "podman_fault"),
    [
        (lambda _: b"just some text\n" * 1000, ArchiveFault.NOT_AN_ARCHIVE, None),
        (lambda _: b"\x07" * 20_000_000, ArchiveFault.NOT_AN_ARCHIVE, None),
        (lambda _: b"", ArchiveFault.EMPTY, ArchiveFault.NOT_AN_ARCHIVE),
        (lambda _: bytes(10_240), ArchiveFault.EMPTY, ArchiveFault.NOT_AN_ARCHIVE),
        (truncated, ArchiveFault.TRUNCATED, None),
        (with_another_layer, ArchiveFault.WRONG_DIGEST, None),
        (file_system, ArchiveFault.FILE_SYSTEM, ArchiveFault.NOT_AN_ARCHIVE),
    ],
    ids=["text", "large", "empty", "zeros", "truncated", "wrong layer", "file system"],
)
def test_what_is_wrong_with_an_archive(engine, archive, spoil, fault, podman_fault):
    with pytest.raises(ArchiveFailure) as caught:
        load(engine, spoil(archive))

    expected = podman_fault if is_podman(engine) and podman_fault else fault
    assert caught.value.fault is expected
    assert ids(engine) == set()


def zstd(data):
    return subprocess.run(
        [need("zstd"), "-q", "-c"], input=data, stdout=subprocess.PIPE, check=True
    ).stdout


UNREAD = {(Kind.DOCKER, zstd), (Kind.PODMAN, gzip.compress)}
"""By Docker 20.10 and Podman 4.3."""


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress, zstd])
def test_what_an_engine_makes_of_compression(engine, tmp_path, compress):
    """Engines differ; that is why archives are decompressed before they are sent."""
    data = write_archive(tmp_path / "loner.tar", [LONER]).read_bytes()
    try:
        loaded = load(engine, compress(data)).ids
    except ArchiveFailure:
        loaded = ()
    assert set(loaded) == ids(engine)
    assert loaded or (engine.about.kind, compress) in UNREAD


def test_a_layout_is_loaded_or_said_to_be_unsupported(engine, tmp_path):
    docker, layout = tmp_path / "loner.tar", tmp_path / "layout.tar"
    write_archive(docker, [LONER])
    images = (f"docker-archive:{docker}", f"oci-archive:{layout}:example.com/loner:1")
    subprocess.run([need("skopeo"), "--insecure-policy", "copy", "-q", *images], check=True)
    data = layout.read_bytes()

    if not is_podman(engine):
        with pytest.raises(Unsupported):
            load(engine, data)
        return
    (image,) = load(engine, data).images
    assert (image.reference, image.id) in tags(engine).items()


def test_an_archive_that_breaks_off_here_is_loaded_nowhere(engine, archive):
    def breaking():
        yield archive[:CHUNK]
        raise FileNotWritten("/media/stick", "gone")

    with pytest.raises(FileNotWritten):
        engine.load(breaking(), lambda _progress: None)

    assert ids(engine) == set()


def test_a_name_that_no_engine_takes_is_refused(engine, tmp_path):
    odd = Sketch(LONER.layers, ("Upper/Case:1",))
    data = write_archive(tmp_path / "odd.tar", [odd]).read_bytes()

    with pytest.raises(ArchiveFailure) as caught:
        load(engine, data)
    assert caught.value.fault is ArchiveFault.UNUSABLE_IMAGE
    assert tags(engine) == {}
