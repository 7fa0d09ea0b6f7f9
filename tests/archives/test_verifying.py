"""Whether damage is found wherever it is."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archives.layouts import (
    LAYER,
    MANIFEST,
    Layout,
    as_docker_25,
    digest,
    gzipped,
    place,
    plain,
    unpacked,
    write_folder,
    write_tar,
    zstd,
)
from layerhold.archives.reading import read
from layerhold.archives.verifying import verify
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled
from layerhold.domain.progress import Phase
from live.images import Layer, Sketch, write_archive

BASE = Layer("ADD base /", {"base": b"base" * 500})
TOP = Layer("COPY top /", {"top": b"top" * 100})
ONE = Sketch((BASE, TOP), ("one:1",))
TWO = Sketch((BASE,), ("two:1",), cmd=("two",))


def sound(path, report=lambda _: None):
    return verify(path, Token(), report)


def fault(path):
    with pytest.raises(ArchiveFailure) as caught:
        sound(path)
    return caught.value.fault


def layout(*sketches, pack=gzipped):
    made = Layout()
    for sketch in sketches:
        made.add(sketch, pack)
    return made.done()


def test_a_sound_archive_is_read_to_its_end(tmp_path):
    path = write_archive(tmp_path / "a.tar", [ONE, TWO])
    seen = []

    found = sound(path, seen.append)

    assert found == read(path, Token())
    last = seen[-1]
    assert last.done == last.total == len(BASE.content) + len(TOP.content)
    assert (last.unit, last.phase) == ("bytes", Phase.VERIFYING)


@pytest.mark.parametrize("pack", [plain, gzipped, zstd])
@pytest.mark.parametrize("write", [write_tar, write_folder])
def test_a_sound_layout(tmp_path, write, pack):
    assert len(sound(write(tmp_path / "a", layout(ONE, TWO, pack=pack))).images) == 2


@pytest.mark.parametrize("pack", [plain, gzipped])
def test_a_sound_archive_of_both_forms(tmp_path, pack):
    assert len(sound(write_tar(tmp_path / "a", as_docker_25(ONE, TWO, pack=pack))).images) == 2


@pytest.mark.parametrize("pack", [gzipped, zstd])
def test_a_sound_archive_that_is_compressed(tmp_path, pack):
    whole = write_archive(tmp_path / "a.tar", [ONE, TWO]).read_bytes()
    (tmp_path / "packed").write_bytes(pack(whole))
    assert len(sound(tmp_path / "packed").images) == 2


def docker(folder):
    return unpacked(write_archive(folder / "made.tar", [ONE, TWO]).read_bytes())


FORMS = {
    "docker": docker,
    "layout": lambda _: layout(ONE, TWO),
    "zstd layout": lambda _: layout(ONE, TWO, pack=zstd),
    "both": lambda _: as_docker_25(ONE, TWO),
}
LISTS = {"manifest.json", "index.json", "oci-layout"}


@pytest.mark.parametrize("form", FORMS)
def test_a_flipped_bit_of_an_image_is_found(tmp_path, form):
    made = FORMS[form](tmp_path)

    @settings(max_examples=60)
    @given(st.sampled_from(sorted(made.keys() - LISTS)), st.data())
    def flip(name, data):
        content = bytearray(made[name])
        at = data.draw(st.integers(0, 8 * len(content) - 1))
        content[at // 8] ^= 1 << at % 8
        with pytest.raises(ArchiveFailure):
            sound(write_tar(tmp_path / "flipped.tar", made | {name: bytes(content)}))

    flip()


@pytest.mark.parametrize("form", FORMS)
def test_an_archive_that_breaks_off_anywhere_is_found(tmp_path, form):
    whole = write_tar(tmp_path / "whole.tar", FORMS[form](tmp_path)).read_bytes()
    end = len(whole.rstrip(b"\0"))

    @settings(max_examples=60)
    @given(st.integers(0, end))
    def cut(at):
        (tmp_path / "cut.tar").write_bytes(whole[:at])
        with pytest.raises(ArchiveFailure):
            sound(tmp_path / "cut.tar")

    cut()


def test_an_archive_without_its_end_is_incomplete(tmp_path):
    whole = write_archive(tmp_path / "a.tar", [ONE]).read_bytes()
    (tmp_path / "a.tar").write_bytes(
        whole.rstrip(b"\0").ljust(-(-len(whole.rstrip(b"\0")) // 512) * 512, b"\0")
    )

    assert read(tmp_path / "a.tar", Token()).images
    assert fault(tmp_path / "a.tar") is ArchiveFault.TRUNCATED


def test_the_error_of_an_engine_after_the_end_is_found(tmp_path):
    path = write_archive(tmp_path / "a.tar", [ONE])
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"errorDetail":{"message":"disk gone"},"error":"disk gone"}\n')

    with pytest.raises(ArchiveFailure) as caught:
        sound(path)

    assert caught.value.fault is ArchiveFault.ENGINE_ERROR_INSIDE
    assert caught.value.detail == "disk gone"
    path.write_bytes(whole + b"something else")
    assert fault(path) is ArchiveFault.CORRUPT


def test_the_wrong_layer_is_named(tmp_path):
    files = docker(tmp_path)
    name = f"{TOP.diff_id.removeprefix('sha256:')}/layer.tar"
    files[name] = BASE.content

    with pytest.raises(ArchiveFailure) as caught:
        sound(write_tar(tmp_path / "a.tar", files))

    assert caught.value.fault is ArchiveFault.WRONG_DIGEST
    assert name in caught.value.detail
    assert BASE.diff_id in caught.value.detail


def test_a_layer_whose_blob_is_right_and_whose_content_is_not(tmp_path):
    made = Layout()
    manifest = json.loads(made.files[place(made.manifest(TWO)["digest"])])
    manifest["layers"] = [made.blob(gzipped(TOP.content), LAYER)]
    made.entries.append(made.blob(json.dumps(manifest).encode(), MANIFEST))
    assert read(write_tar(tmp_path / "a.tar", made.done()), Token()).images[0].is_usable

    assert fault(tmp_path / "a.tar") is ArchiveFault.WRONG_DIGEST


def test_a_missing_layer_is_a_missing_part(tmp_path):
    files = docker(tmp_path)
    del files[f"{TOP.diff_id.removeprefix('sha256:')}/layer.tar"]
    assert fault(write_tar(tmp_path / "a.tar", files)) is ArchiveFault.MISSING_PART


def test_a_platform_that_is_not_included_does_not_matter(tmp_path):
    made = Layout()
    here = made.manifest(ONE)
    made.add_index("docker.io/library/a:1", [here, here | {"digest": digest(b"gone")}])
    assert len(sound(write_tar(tmp_path / "a.tar", made.done())).images) == 2


def test_verifying_ends_when_cancelled(tmp_path):
    token = Token()
    with pytest.raises(Cancelled):
        verify(write_archive(tmp_path / "a.tar", [ONE]), token, lambda _: token.cancel())


def test_progress_may_cancel_by_raising(tmp_path):
    def refuse(_):
        raise Cancelled

    with pytest.raises(Cancelled):
        verify(write_archive(tmp_path / "a.tar", [ONE]), Token(), refuse)
