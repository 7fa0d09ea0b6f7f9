"""Archives that are made to harm: each ends in words, within 64 MB and 10 s, and writes nothing."""

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

import layerhold
from archives.layouts import (
    CONFIG,
    INDEX,
    LAYER,
    MANIFEST,
    REF_NAME,
    Layout,
    gzipped,
    packed,
    place,
    unpacked,
    write_folder,
    write_tar,
)
from archives.test_members import about, header, with_field
from archives.test_streams import zeros
from layerhold.archives.compression import Compression
from layerhold.archives.contents import ProblemKind
from layerhold.archives.reading import read
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.cancel import Token
from live.images import Layer, Sketch, write_archive

MEMORY, SECONDS = 64 << 20, 10.0
ONE = Sketch((Layer("ADD a /", {"a": b"a" * 3000}),), ("one:1",))
GIGABYTE = 1 << 30


def watched(path, verb="read"):
    """What became of the archive, in a process that is watched."""
    program = Path(__file__).with_name("hostile_reading.py")
    environment = os.environ | {"PYTHONPATH": str(Path(layerhold.__file__).parents[1])}
    before = sorted(os.walk(path.parent))
    ended = subprocess.run(
        [sys.executable, program, verb, path], capture_output=True, env=environment, check=False
    )
    assert ended.returncode == 0, ended.stderr.decode()
    told = json.loads(ended.stdout)
    assert told["seconds"] < SECONDS
    assert told["memory"] < MEMORY
    assert sorted(os.walk(path.parent)) == before
    return told


@pytest.mark.parametrize("kind", [Compression.GZIP, Compression.ZSTD])
def test_a_compressed_archive_of_nothing_but_zeros(tmp_path, kind):
    path = tmp_path / "bomb"
    path.write_bytes(zeros(GIGABYTE, kind))
    assert watched(path)["fault"] == ArchiveFault.EMPTY.value


def test_a_compressed_archive_with_one_member_without_end(tmp_path):
    path = tmp_path / "bomb"
    member = bytes(header("layer.tar", 1 << 40))
    path.write_bytes(gzipped(member) + zeros(GIGABYTE, Compression.GZIP))
    assert watched(path)["fault"] == ArchiveFault.TRUNCATED.value


@pytest.mark.parametrize("kind", [Compression.GZIP, Compression.ZSTD])
def test_a_layer_that_unpacks_to_a_thousand_times_as_much(tmp_path, kind):
    layout = Layout()
    manifest = json.loads(layout.files[place(layout.manifest(ONE)["digest"])])
    manifest["layers"] = [layout.blob(zeros(GIGABYTE, kind), LAYER)]
    layout.entries.append(layout.blob(json.dumps(manifest).encode(), MANIFEST))
    path = write_tar(tmp_path / "bomb.tar", layout.done())

    assert watched(path)["fault"] == ""
    assert watched(path, "verify")["fault"] == ArchiveFault.WRONG_DIGEST.value


def test_a_million_members(tmp_path):
    block = header(f"blobs/sha256/{0:064}")
    path = tmp_path / "crowd.tar"
    path.write_bytes(b"".join(with_field(block, 13, b"%064x" % n) for n in range(110_000)))
    assert watched(path)["fault"] == ArchiveFault.TOO_LARGE.value


def test_a_million_folders(tmp_path):
    path = tmp_path / "crowd.tar.gz"
    some = bytes(header("a/", 0, tarfile.DIRTYPE)) * 10_000
    path.write_bytes(gzipped(some) * 45)
    assert watched(path)["fault"] == ArchiveFault.TOO_LARGE.value


def test_names_without_end(tmp_path):
    path = tmp_path / "names.tar"
    with path.open("wb") as file:
        for number in range(40):
            name = b"%d" % number + b"x" * 900_000
            file.write(about(b"L", name) + header("a"))
    assert watched(path)["fault"] == ArchiveFault.HOSTILE.value


def test_many_records_in_one_header(tmp_path):
    path = tmp_path / "records.tar"
    with path.open("wb") as file:
        for _ in range(15):
            records = b"".join(b"12 %06d=\n" % number for number in range(80_000))
            file.write(about(b"x", records) + header("a"))
        file.write(bytes(1024))
    assert watched(path)["fault"] in (ArchiveFault.NOT_AN_ARCHIVE.value, ArchiveFault.CORRUPT.value)


JSON_BOMBS = {
    "empty objects": b"[" + b"{}," * 5_000_000 + b"{}]",
    "empty texts": b'[{"Layers":[' + b'"",' * 5_000_000 + b'""]}]',
    "depth": b"[" * 16_000_000,
    "depth in what is not looked at": b'[{"x":' + b"[" * 15_000_000,
    "a long text": b'[{"Config":"' + b"x" * 15_000_000 + b'"}]',
    "a long number": b'[{"x":' + b"9" * 15_000_000 + b"}]",
    "many images": b"[" + b"{}," * 900_000 + b"{}]",
    "many missing layers": b'[{"Layers":[' + b'"x",' * 900_000 + b'"x"]}]',
    "many tags": b'[{"RepoTags":[' + b'"a:1",' * 900_000 + b'"x"]}]',
    "many different tags": b'[{"RepoTags":['
    + b",".join(b'"a:%d"' % number for number in range(900_000))
    + b"]}]",
}


@pytest.mark.parametrize("document", JSON_BOMBS.values(), ids=JSON_BOMBS.keys())
def test_documents_that_swell(tmp_path, document):
    told = watched(write_tar(tmp_path / "bomb.tar", {"manifest.json": document}))
    assert told["fault"] or told["problems"]


def test_many_manifests(tmp_path):
    layout = Layout()
    entry = {"mediaType": MANIFEST, "size": 2}
    layout.entries = [entry | {"digest": f"sha256:{number:064x}"} for number in range(60_000)]
    path = write_tar(tmp_path / "many.tar", layout.done())
    assert watched(path)["fault"] == ArchiveFault.TOO_LARGE.value


def test_indexes_within_indexes(tmp_path):
    layout = Layout()
    entry = layout.manifest(ONE)
    for _ in range(30):
        entry = layout.add_index("docker.io/library/deep:1", [entry, entry])
    told = watched(write_tar(tmp_path / "deep.tar", layout.done()))
    assert told["fault"] == ""


@pytest.mark.parametrize(("manifests", "count"), [(109, 1000), (120, 2000)])
def test_layers_that_many_manifests_multiply(tmp_path, manifests, count):
    layout = Layout()
    for number in range(manifests):
        layers = [
            {"mediaType": LAYER, "size": 1, "digest": f"sha256:{number:032x}{each:032x}"}
            for each in range(count)
        ]
        document = {"config": layout.blob(ONE.config, "application/vnd.oci.image.config.v1+json")}
        content = json.dumps(document | {"layers": layers, "n": number}).encode()
        layout.entries.append(layout.blob(content, MANIFEST))
    path = write_tar(tmp_path / "many.tar", layout.done())
    told = watched(path)
    assert told["problems"] or told["fault"]


def test_ten_thousand_images_in_one_archive(tmp_path):
    files, listed = {"layer.tar": ONE.layers[0].content}, []
    for number in range(10_000):
        image = Sketch(
            ONE.layers, (f"one:{number}", f"example.com/one:{number}"), cmd=(f"{number}",)
        )
        name = f"{image.id.removeprefix('sha256:')}.json"
        files[name] = image.config
        listed.append({"Config": name, "RepoTags": image.tags, "Layers": ["layer.tar"]})
    path = write_tar(tmp_path / "a.tar", files | {"manifest.json": json.dumps(listed).encode()})

    told = watched(path)

    assert (told["fault"], told["problems"]) == ("", [])
    assert told["seconds"] < 3


def harmful(name, kind=tarfile.REGTYPE, link=""):
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, link
    return entry.tobuf(tarfile.GNU_FORMAT)


def docker_files(tmp_path):
    return unpacked(write_archive(tmp_path / "made", [ONE]).read_bytes())


@pytest.mark.parametrize(
    "members",
    [
        harmful("../../outside"),
        harmful("/etc/outside"),
        harmful("a/../../outside"),
        harmful("link", tarfile.SYMTYPE, "/etc"),
        harmful("link", tarfile.LNKTYPE, "../../etc/passwd"),
        harmful("disk", tarfile.BLKTYPE),
        harmful("pipe", tarfile.FIFOTYPE),
        harmful("loop", tarfile.SYMTYPE, "loop"),
        harmful("a\0b"),
        harmful("\x1b[31m\u202e"),
        harmful("x" * 70_000),
    ],
)
def test_members_that_lead_elsewhere_do_nothing(tmp_path, members):
    path = tmp_path / "a.tar"
    path.write_bytes(members + packed(docker_files(tmp_path)))
    (tmp_path / "made").unlink()
    told = watched(path)
    assert (told["fault"], told["problems"]) == ("", [])


LAYER_NAME = f"{ONE.layers[0].diff_id.removeprefix('sha256:')}/layer.tar"


@pytest.mark.parametrize(
    "member",
    [
        harmful(LAYER_NAME, tarfile.SYMTYPE, "/etc/passwd"),
        harmful(LAYER_NAME, tarfile.SYMTYPE, "../../../../etc/passwd"),
        harmful(LAYER_NAME, tarfile.SYMTYPE, "layer.tar"),
        harmful(LAYER_NAME, tarfile.LNKTYPE, "/etc/passwd"),
        harmful(LAYER_NAME, tarfile.CHRTYPE),
        harmful(LAYER_NAME, tarfile.FIFOTYPE),
        harmful(LAYER_NAME, tarfile.GNUTYPE_SPARSE),
    ],
)
def test_a_layer_that_is_something_else_is_missing(tmp_path, member):
    files = docker_files(tmp_path)
    del files[LAYER_NAME]
    path = tmp_path / "a.tar"
    path.write_bytes(member + packed(files))

    (image,) = read(path, Token()).images

    assert [problem.kind for problem in image.problems] == [ProblemKind.MISSING_LAYER]


def test_links_that_lead_from_one_to_the_next_end(tmp_path):
    files = docker_files(tmp_path)
    content = files.pop(LAYER_NAME)
    links = [harmful(LAYER_NAME, tarfile.SYMTYPE, "../0")]
    links += [harmful(f"{step}", tarfile.SYMTYPE, f"{step + 1}") for step in range(12)]
    path = tmp_path / "a.tar"
    path.write_bytes(b"".join(links) + packed(files | {"12": content}))
    assert not read(path, Token()).images[0].is_usable
    path.write_bytes(b"".join(links[:6]) + packed(files | {"5": content}))
    assert read(path, Token()).images[0].is_usable


@pytest.fixture
def folder(tmp_path):
    """A layout in a folder, and the place of its layer."""
    layout = Layout()
    entry = layout.add(ONE)
    manifest = json.loads(layout.files[place(entry["digest"])])
    made = write_folder(tmp_path / "layout", layout.done())
    return made, made / place(manifest["layers"][0]["digest"])


def link(target):
    return lambda path: path.symlink_to(target)


@pytest.mark.parametrize(
    "put",
    [link("/etc/passwd"), link("../../index.json"), link("/dev/zero"), os.mkfifo, Path.mkdir],
)
def test_a_blob_that_is_no_file_is_missing(folder, put):
    layout, blob = folder
    blob.unlink()
    put(blob)

    told = watched(layout)

    assert told["problems"] == [ProblemKind.MISSING_LAYER.value]


def test_a_folder_of_blobs_that_is_a_link_leads_nowhere(folder, tmp_path):
    layout, _ = folder
    (layout / "blobs").rename(tmp_path / "elsewhere")
    (layout / "blobs").symlink_to(tmp_path / "elsewhere")
    assert watched(layout)["problems"] == [ProblemKind.MISSING_DOCUMENT.value]


def test_a_list_that_is_a_link_leads_nowhere(folder, tmp_path):
    layout, _ = folder
    (layout / "index.json").rename(tmp_path / "elsewhere")
    (layout / "index.json").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ArchiveFailure) as caught:
        read(layout, Token())
    assert caught.value.fault is ArchiveFault.FOLDER


def test_a_sparse_file_of_a_terabyte_is_read_at_once(tmp_path):
    path = tmp_path / "a.tar"
    with path.open("wb") as file:
        file.write(header("large", 1 << 40))
        file.seek(1 << 40, os.SEEK_CUR)
        file.write(packed(docker_files(tmp_path)))
    assert watched(path)["fault"] == ""


def test_a_size_that_two_documents_tell_differently(tmp_path):
    layout = Layout()
    entry = layout.add(ONE)
    layout.entries = [entry | {"size": 1 << 50}]
    told = watched(write_tar(tmp_path / "a.tar", layout.done()))
    assert told["problems"] == [ProblemKind.WRONG_SIZE.value]


def test_configurations_with_layers_without_end(tmp_path):
    layout = Layout()
    for number in range(200):
        ids = [f"sha256:{number:032x}{each:032x}" for each in range(1000)]
        config = json.dumps({"rootfs": {"diff_ids": ids}}).encode()
        document = {"config": layout.blob(config, CONFIG), "layers": []}
        layout.entries.append(layout.blob(json.dumps(document).encode(), MANIFEST))
    told = watched(write_tar(tmp_path / "many.tar", layout.done()))
    assert told["fault"] == ArchiveFault.TOO_LARGE.value


def test_texts_without_end_in_an_index(tmp_path):
    layout = Layout()
    for number in range(6):
        text = f"{number}" * 5_000_000
        entry = {"mediaType": text, "digest": text, "annotations": {REF_NAME: text}}
        layout.entries.append(layout.blob(json.dumps({"manifests": [entry]}).encode(), INDEX))
    told = watched(write_tar(tmp_path / "long.tar", layout.done()))
    assert ProblemKind.UNSAFE_NAME.value in told["problems"]
