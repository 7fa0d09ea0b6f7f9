"""What archives of every form say about themselves, and what is wrong with each image."""

import json
import os
import socket

import pytest

from archives.layouts import (
    FULL_NAME,
    LAYER,
    MANIFEST,
    REF_NAME,
    Layout,
    as_docker_25,
    digest,
    gzipped,
    packed,
    place,
    plain,
    unpacked,
    with_attestation,
    write_folder,
    write_tar,
    zstd,
)
from layerhold.archives.compression import Compression
from layerhold.archives.contents import Form, ProblemKind
from layerhold.archives.reading import is_file_system, read
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled
from live.images import Layer, Sketch, write_archive

BASE = Layer("ADD base /", {"base": b"base" * 500})
TOP = Layer("COPY top /", {"top": b"top" * 100})
ONE = Sketch((BASE, TOP, Layer("ENV A=b")), ("example.com/one:1", "example.com/one:2"))
TWO = Sketch((BASE,), ("two:1",), created="2023-01-01T00:00:00Z")
BARE = Sketch((TOP,), cmd=("bare",))
NOTHING = ArchiveFault.NOT_AN_ARCHIVE


def contents(path):
    return read(path, Token())


def fault(path):
    with pytest.raises(ArchiveFailure) as caught:
        contents(path)
    assert caught.value.path == str(path)
    return caught.value.fault


def problems(path):
    return [(each.kind, each.subject) for image in contents(path).images for each in image.problems]


def docker(tmp_path, *sketches):
    """The files of a docker archive, to be tampered with."""
    return unpacked(write_archive(tmp_path / "made.tar", sketches).read_bytes())


def changed(files, **fields):
    """The files with the first entry of the list changed."""
    entries = json.loads(files["manifest.json"])
    entries[0] |= fields
    return files | {"manifest.json": json.dumps(entries).encode()}


def test_a_docker_archive(tmp_path):
    path = write_archive(tmp_path / "a.tar", [ONE, TWO, BARE])

    found = contents(path)

    assert (found.form, found.place.compression) == (Form.DOCKER, Compression.NONE)
    assert found.plain_size == path.stat().st_size
    assert found.is_ended
    assert not found.has_rest
    assert not found.is_ambiguous
    one, two, bare = found.images
    assert (one.id, one.tags, one.platform) == (ONE.id, ONE.tags, "linux/amd64")
    assert (two.created, bare.tags) == (1672531200, ())
    assert [layer.diff_id for layer in one.layers] == [BASE.diff_id, TOP.diff_id]
    assert one.size == len(BASE.content) + len(TOP.content) + len(ONE.config)
    assert two.layers[0] is one.layers[0]
    assert all(image.is_usable and image.key == image.id for image in found.images)


@pytest.mark.parametrize("pack", [plain, gzipped, zstd])
@pytest.mark.parametrize("write", [write_tar, write_folder])
def test_an_oci_layout(tmp_path, write, pack):
    layout = Layout()
    keys = [layout.add(sketch, pack)["digest"] for sketch in (ONE, TWO, BARE)]

    found = contents(write(tmp_path / "layout", layout.done()))

    assert found.form is Form.OCI
    assert found.place.is_folder is (write is write_folder)
    assert [image.key for image in found.images] == keys
    assert [image.tags for image in found.images] == [ONE.tags, TWO.tags, ()]
    assert [image.id for image in found.images] == [ONE.id, TWO.id, BARE.id]
    base = found.images[0].layers[0]
    assert base is found.images[1].layers[0]
    assert (base.diff_id, base.media_type) == (BASE.diff_id, LAYER)
    assert (base.digest, base.size) == (digest(pack(BASE.content)), len(pack(BASE.content)))
    kinds = {plain: Compression.NONE, gzipped: Compression.GZIP, zstd: Compression.ZSTD}
    assert base.part.compression is kinds[pack]


@pytest.mark.parametrize("pack", [gzipped, zstd])
def test_a_compressed_archive_reads_the_same(tmp_path, pack):
    plain_one = write_archive(tmp_path / "a.tar", [ONE, TWO])
    (tmp_path / "packed").write_bytes(pack(plain_one.read_bytes()))

    found = contents(tmp_path / "packed")

    assert found.images == contents(plain_one).images
    assert found.plain_size == plain_one.stat().st_size


def test_documents_that_are_not_kept_in_passing_are_read_afterwards(tmp_path):
    large = Sketch((BASE,), ("large:1",), labels={"long": "x" * 100_000})
    plain_one = write_archive(tmp_path / "a.tar", [large, ONE])
    (tmp_path / "packed").write_bytes(gzipped(plain_one.read_bytes()))

    assert contents(tmp_path / "packed").images == contents(plain_one).images


def test_reading_a_compressed_archive_tells_how_far_it_is(tmp_path):
    big = Sketch((Layer("big", {"big": os.urandom(2_000_000)}),))
    packed_one = gzipped(write_archive(tmp_path / "a.tar", [big]).read_bytes())
    (tmp_path / "packed").write_bytes(packed_one)
    seen = []

    read(tmp_path / "packed", Token(), seen.append)

    done = [progress.done for progress in seen]
    assert len(done) > 10
    assert done == sorted(done)
    assert seen[-1].done == seen[-1].total == len(packed_one)


def test_reading_ends_when_cancelled(tmp_path):
    token = Token()
    token.cancel()
    with pytest.raises(Cancelled):
        read(write_archive(tmp_path / "a.tar", [ONE]), token)


def test_both_forms_in_one_make_one_list(tmp_path):
    sketch = Sketch(ONE.layers, ("one:1", "one:2"))
    found = contents(write_tar(tmp_path / "a.tar", as_docker_25(sketch)))

    assert found.form is Form.DOCKER_AND_OCI
    (image,) = found.images
    assert image.tags == ("one:1", "one:2")
    assert image.manifest.digest == image.key
    assert not image.problems
    assert not found.is_ambiguous


def test_two_forms_that_disagree_are_ambiguous(tmp_path):
    files = as_docker_25(Sketch(ONE.layers, ("one:1",)))
    other = as_docker_25(Sketch(TWO.layers, ("two:1",)))
    found = contents(
        write_tar(tmp_path / "a.tar", other | files | {"index.json": other["index.json"]})
    )

    assert found.is_ambiguous
    assert sorted(image.tags for image in found.images) == [
        ("docker.io/library/two:1",),
        ("one:1",),
    ]


def test_a_list_of_platforms(tmp_path):
    layout = Layout()
    here = layout.manifest(ONE) | {"platform": {"os": "linux", "architecture": "amd64"}}
    platform = {"os": "linux", "architecture": "arm64", "variant": "v8"}
    absent = {"mediaType": MANIFEST, "digest": digest(b"arm"), "size": 3, "platform": platform}
    attestation = with_attestation(layout, here)
    index = layout.add_index("docker.io/library/many:1", [here, absent, attestation])

    found = contents(write_tar(tmp_path / "a.tar", layout.done()))

    one, other = found.images
    assert one.is_usable
    assert one.tags == other.tags == ("docker.io/library/many:1",)
    assert (one.manifest.index, other.manifest.index) == (index["digest"], index["digest"])
    assert other.platform == "linux/arm64/v8"
    assert [problem.kind for problem in other.problems] == [ProblemKind.NOT_INCLUDED]
    (listed,) = found.indexes
    names = {part.name for part in listed.parts}
    assert {place(index["digest"]), place(attestation["digest"])} < names
    assert len(names) == 4


def test_tags_that_cannot_be_are_told_and_left_out(tmp_path):
    files = changed(docker(tmp_path, ONE), RepoTags=["Upper:1", "good:1", "good:1", "a@b"])
    (image,) = contents(write_tar(tmp_path / "a.tar", files)).images

    assert image.tags == ("good:1",)
    assert image.is_usable
    kinds = {problem.subject: problem.kind for problem in image.problems}
    assert kinds == dict.fromkeys(("Upper:1", "a@b"), ProblemKind.INVALID_REFERENCE)


def test_a_tag_of_two_images_is_the_later_one_s(tmp_path):
    first = Sketch(ONE.layers, ("same:1", "first:1"))
    later = Sketch(TWO.layers, ("docker.io/library/same:1",))
    found = contents(write_archive(tmp_path / "a.tar", [first, later]))

    assert [image.tags for image in found.images] == [("first:1",), later.tags]
    assert found.images[0].problems[0].kind is ProblemKind.DUPLICATE_TAG
    assert found.is_ambiguous


@pytest.mark.parametrize("created", ["yesterday", "2024-05-01 10:00:00", ""])
def test_an_image_with_a_date_that_engines_refuse_is_of_no_use(tmp_path, created):
    found = contents(
        write_archive(tmp_path / "a.tar", [Sketch((BASE,), ("a:1",), created=created)])
    )

    (problem,) = found.images[0].problems
    assert problem.kind is ProblemKind.BAD_DOCUMENT
    assert not found.images[0].is_usable


@pytest.mark.parametrize(
    ("tag", "whole"), [("scratch", "scratch:latest"), ("box:5000/a", "box:5000/a:latest")]
)
def test_a_name_without_a_tag_gets_the_one_that_it_means(tmp_path, tag, whole):
    found = contents(write_archive(tmp_path / "a.tar", [Sketch((BASE,), (tag,))]))

    assert found.images[0].tags == (whole,)
    assert found.is_ambiguous


def test_an_image_that_is_listed_twice_is_one_with_all_tags(tmp_path):
    files = docker(tmp_path, ONE)
    entry = json.loads(files["manifest.json"])[0]
    twice = [entry | {"RepoTags": ["a:1"]}, entry | {"RepoTags": ["b:1"]}]
    files["manifest.json"] = json.dumps(twice).encode()

    (image,) = contents(write_tar(tmp_path / "a.tar", files)).images

    assert image.tags == ("a:1", "b:1")


def test_a_name_without_a_repository_is_no_tag(tmp_path):
    layout = Layout()
    entry = layout.manifest(ONE)
    layout.entries += [entry | {"annotations": {REF_NAME: "latest"}}]
    layout.entries += [entry | {"annotations": {REF_NAME: "1", FULL_NAME: "docker.io/a/b:1"}}]

    (image,) = contents(write_tar(tmp_path / "a.tar", layout.done())).images

    assert image.tags == ("docker.io/a/b:1",)
    assert [problem.kind for problem in image.problems] == [ProblemKind.NO_NAME]


def test_a_missing_layer_leaves_the_other_images_usable(tmp_path):
    files = docker(tmp_path, ONE, TWO)
    gone = f"{TOP.diff_id.removeprefix('sha256:')}/layer.tar"
    del files[gone]
    one, two = contents(write_tar(tmp_path / "a.tar", files)).images

    assert [(each.kind, each.subject) for each in one.problems] == [
        (ProblemKind.MISSING_LAYER, gone)
    ]
    assert one.layers[1].part is None
    assert not one.is_usable
    assert two.is_usable


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"Config": "gone.json"}, ProblemKind.MISSING_DOCUMENT),
        ({"Config": "../../etc/passwd"}, ProblemKind.UNSAFE_NAME),
        ({"Config": ""}, ProblemKind.UNSAFE_NAME),
        ({"Config": "manifest.json"}, ProblemKind.BAD_DOCUMENT),
        ({"Layers": ["/../x", "../../x"]}, ProblemKind.UNSAFE_NAME),
        ({"Layers": []}, ProblemKind.LAYERS_DIFFER),
        ({"Layers": ["x"] * 2000}, ProblemKind.TOO_MANY_LAYERS),
        (
            {"LayerSources": {BASE.diff_id: {"urls": ["x"]}}, "Layers": ["a", "b"]},
            ProblemKind.FOREIGN_LAYER,
        ),
    ],
)
def test_what_is_wrong_in_the_list_of_a_docker_archive(tmp_path, fields, kind):
    path = write_tar(tmp_path / "a.tar", changed(docker(tmp_path, ONE), **fields))
    (image,) = contents(path).images
    assert kind in {problem.kind for problem in image.problems}
    assert not image.is_usable


def test_a_configuration_that_is_not_the_one_it_is_called(tmp_path):
    files = docker(tmp_path, ONE)
    files[f"{ONE.id.removeprefix('sha256:')}.json"] += b" "
    assert problems(write_tar(tmp_path / "a.tar", files))[0][0] is ProblemKind.WRONG_DIGEST


def tampered(tmp_path, change):
    layout = Layout()
    manifest = json.loads(layout.files[place(layout.add(ONE)["digest"])])
    layout.entries.clear()
    change(manifest)
    layout.entries.append(layout.blob(json.dumps(manifest).encode(), MANIFEST))
    return write_tar(tmp_path / "a.tar", layout.done())


def layer(**fields):
    return lambda manifest: manifest["layers"][0].update(fields)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (layer(digest="sha256:../../../../etc/passwd"), ProblemKind.UNSAFE_NAME),
        (layer(digest=f"sha256:{'0' * 64}"), ProblemKind.MISSING_LAYER),
        (layer(digest=f"sha256:{'0' * 64}", urls=["https://x"]), ProblemKind.FOREIGN_LAYER),
        (layer(size=1), ProblemKind.WRONG_SIZE),
        (layer(mediaType=f"{LAYER}+gzip+encrypted"), ProblemKind.ENCRYPTED_LAYER),
        (lambda manifest: manifest["layers"].pop(), ProblemKind.LAYERS_DIFFER),
        (
            lambda manifest: manifest.update(layers=manifest["layers"] * 900),
            ProblemKind.TOO_MANY_LAYERS,
        ),
        (
            lambda manifest: manifest.update(config={"mediaType": "application/vnd.helm"}),
            ProblemKind.NOT_AN_IMAGE,
        ),
        (
            lambda manifest: manifest["config"].update(digest=f"sha256:{'1' * 64}"),
            ProblemKind.MISSING_DOCUMENT,
        ),
        (lambda manifest: manifest.update(layers=7), ProblemKind.BAD_DOCUMENT),
    ],
)
def test_what_is_wrong_in_a_manifest(tmp_path, change, kind):
    (image,) = contents(tampered(tmp_path, change)).images
    assert kind in {problem.kind for problem in image.problems}
    assert not image.is_usable


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ({"digest": "sha256:../../x"}, ProblemKind.UNSAFE_NAME),
        ({"digest": ""}, ProblemKind.UNSAFE_NAME),
        ({"digest": digest(b"gone")}, ProblemKind.MISSING_DOCUMENT),
    ],
)
def test_what_is_wrong_in_an_index(tmp_path, entry, kind):
    layout = Layout()
    layout.add(ONE)
    layout.entries.append(entry | {"mediaType": MANIFEST, "size": 1})
    _, image = contents(write_tar(tmp_path / "a.tar", layout.done())).images
    assert [problem.kind for problem in image.problems] == [kind]


def test_a_manifest_that_is_not_the_one_it_is_called(tmp_path):
    layout = Layout()
    entry = layout.add(ONE)
    name = place(entry["digest"])
    layout.files[name] = layout.files[name].replace(b"}", b" ", 1)
    assert problems(write_folder(tmp_path / "a", layout.done()))[0][0] is ProblemKind.WRONG_DIGEST


def test_an_index_that_contains_itself_is_read_once(tmp_path):
    layout = Layout()
    inner = layout.add_index("docker.io/library/a:1", [layout.manifest(ONE)])
    layout.add_index("docker.io/library/b:1", [inner, inner])
    found = contents(write_tar(tmp_path / "a.tar", layout.done()))
    (image,) = found.images
    assert image.id == ONE.id
    assert len(found.indexes) == 2


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ArchiveFault.EMPTY),
        (b"hello", NOTHING),
        (b"x" * 5000, NOTHING),
        (bytes(10240), ArchiveFault.EMPTY),
        (gzipped(b"hello"), NOTHING),
        (gzipped(b""), ArchiveFault.EMPTY),
        (b"PK\x03\x04" + b"x" * 600, ArchiveFault.UNSUPPORTED_COMPRESSION),
        (packed({"letter.txt": b"dear"}), NOTHING),
        (packed({"usr/bin/sh": b"", "etc/passwd": b""}), ArchiveFault.FILE_SYSTEM),
        (packed({"manifest.json": b"{}"}), ArchiveFault.CORRUPT),
        (packed({"manifest.json": b"null"}), ArchiveFault.EMPTY),
        (packed({"manifest.json": b"[]"}), ArchiveFault.EMPTY),
        (packed({"manifest.json": b"[" * 100_000}), ArchiveFault.CORRUPT),
        (packed({"manifest.json": b'[{"Config":' * 50_000}), ArchiveFault.CORRUPT),
        (packed({"manifest.json": b'[{"X":' + b"[" * 100_000}), ArchiveFault.CORRUPT),
        (packed({"manifest.json": b"[" + b"{}," * 2_000_000 + b"{}]"}), ArchiveFault.CORRUPT),
        (packed({"manifest.json": b'[{"Config":"\xff"}]'}), ArchiveFault.CORRUPT),
        (packed({"manifest.json": bytes(20 << 20)}), ArchiveFault.TOO_LARGE),
        (packed({"manifest.json": b"[{}" + b",{}" * 25_000 + b"]"}), ArchiveFault.TOO_LARGE),
        (packed({"index.json": b'{"manifests":[]}'}), ArchiveFault.EMPTY),
        (packed({"index.json": b'{"manifests":7}'}), ArchiveFault.CORRUPT),
    ],
    ids=lambda value: value.value if isinstance(value, ArchiveFault) else "",
)
def test_files_that_hold_no_images(tmp_path, content, expected):
    (tmp_path / "it").write_bytes(content)
    assert fault(tmp_path / "it") is expected
    assert is_file_system(tmp_path / "it", Token()) is (expected is ArchiveFault.FILE_SYSTEM)


@pytest.mark.parametrize("content", [b"<html>", b"\x89PNG" + b"x" * 5000])
def test_of_something_else_no_place_is_told_where_it_is_wrong(tmp_path, content):
    (tmp_path / "it").write_bytes(content)
    with pytest.raises(ArchiveFailure) as caught:
        contents(tmp_path / "it")
    assert caught.value.detail == ""


def test_an_application_may_have_a_manifest_of_its_own(tmp_path):
    files = {"manifest.json": b"[]", "usr/bin/sh": b"", "etc/passwd": b"", "bin/sh": b""}
    assert fault(write_tar(tmp_path / "a.tar", files)) is ArchiveFault.FILE_SYSTEM


def test_a_file_system_is_known_before_all_of_it_was_read(tmp_path):
    folders = ("bin", "boot", "dev", "etc", "home", "lib", "usr")
    system = packed({f"{name}/x": b"x" for name in folders})
    (tmp_path / "a.tar").write_bytes(system[: 6 * 1024 + 512] + b"not a tar any more")
    assert fault(tmp_path / "a.tar") is ArchiveFault.FILE_SYSTEM


def test_paths_that_are_no_files(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        assert fault(tmp_path / "s") is ArchiveFault.NOT_A_FILE
    assert fault(tmp_path / "pipe") is ArchiveFault.NOT_A_FILE
    assert fault(tmp_path / "gone") is ArchiveFault.NOT_FOUND
    assert fault(tmp_path) is ArchiveFault.FOLDER


def test_a_file_that_may_not_be_read(tmp_path):
    path = write_archive(tmp_path / "a.tar", [ONE])
    path.chmod(0)
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)
    try:
        assert fault(path) is ArchiveFault.NO_PERMISSION
    finally:
        os.seteuid(me)


def test_a_link_to_an_archive_is_that_archive(tmp_path):
    path = write_archive(tmp_path / "a.tar", [ONE])
    (tmp_path / "link").symlink_to(path)
    assert contents(tmp_path / "link").images == contents(path).images


def test_names_with_dots_before_them_are_the_same_names(tmp_path):
    files = {f"./{name}": content for name, content in docker(tmp_path, ONE).items()}
    found = contents(write_tar(tmp_path / "a.tar", files))
    assert found.images[0].is_usable
    assert not found.is_ambiguous


def test_the_error_of_an_engine_inside_is_found(tmp_path):
    whole = write_archive(tmp_path / "a.tar", [ONE]).read_bytes()
    error = b'{"errorDetail":{"message":"unexpected digest"},"error":"unexpected digest"}\r\n'
    for cut in (1024, 1500, len(whole) - 10240):
        path = tmp_path / "cut.tar"
        path.write_bytes(whole[:cut] + error)
        with pytest.raises(ArchiveFailure) as caught:
            contents(path)
        assert caught.value.fault is ArchiveFault.ENGINE_ERROR_INSIDE
        assert caught.value.detail == "unexpected digest"
    (tmp_path / "packed").write_bytes(gzipped(whole[:1500] + error))
    assert fault(tmp_path / "packed") is ArchiveFault.ENGINE_ERROR_INSIDE
