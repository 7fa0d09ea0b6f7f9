"""Archives that real programs write, and what real engines make of those that we write."""

import subprocess

import pytest

from archives.layouts import Layout, as_docker_25, gzipped, plain, write_tar, zstd
from layerhold.archives.choosing import Receiver, everything
from layerhold.archives.compression import Compression
from layerhold.archives.contents import Form
from layerhold.archives.reading import is_file_system, read
from layerhold.archives.rewriting import rewrite
from layerhold.archives.verifying import verify
from layerhold.archives.writing import part_file
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.cancel import Token
from layerhold.engine.about import Endpoint
from layerhold.engine.docker.engine import connect
from layerhold.jobs.context import Context
from layerhold.jobs.loading import ArchiveWish, load
from live.images import Layer, Sketch, busybox, write_archive
from needs import need

pytestmark = pytest.mark.live

ONE = Sketch((busybox(), Layer("COPY a /", {"a": b"a" * 3000})), ("example.com/one:1",), cmd=("a",))
TWIN = Sketch(ONE.layers, ("example.com/twin:1", "example.com/twin:2"), cmd=("b",))
OTHER = Sketch((Layer("COPY o /", {"o": b"o"}),), ("example.com/other:1",))
FAMILY = (ONE, TWIN, OTHER)
NEW = "example.com/new:1"
ANY = Receiver()


def sound(path):
    return verify(path, Token(), lambda _: None)


def save(daemon, path, *tags):
    options = ["--multi-image-archive"] if len(tags) > 1 and "podman" in str(daemon._cli[0]) else []
    daemon.cli("save", *options, "--output", path, *tags)
    return path


def skopeo(*args):
    command = [need("skopeo"), "--insecure-policy", *args]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


def send(contents, choice, path, receiver=ANY, compression=Compression.NONE):
    made = rewrite(contents, choice, receiver, Token())
    with part_file(path, made.size) as part:
        part.write(made.chunks, compression, Token())
        part.keep()
    if compression is Compression.NONE:
        assert path.stat().st_size == made.size
    return path


def listed(daemon):
    """What the engine has: the IDs by tag."""
    lines = daemon.cli("images", "--no-trunc", "--format", "{{.Repository}}:{{.Tag}} {{.ID}}")
    return dict(line.split() for line in lines.splitlines())


def test_what_an_engine_keeps_of_an_archive_that_it_refuses_in_the_end_is_told(
    any_engine, tmp_path
):
    any_engine.load(write_archive(tmp_path / "before.tar", [OTHER]))
    undated = Sketch((Layer("COPY u /", {"u": b"u"}, created="yesterday"),), TWIN.tags)
    mover = Sketch(ONE.layers, OTHER.tags, cmd=("c",))
    contents = read(write_archive(tmp_path / "a.tar", (ONE, mover, undated)), Token())
    engine = connect(Endpoint("live", any_engine.url, "--host"))
    holders = {tag: "" for image in contents.images for tag in image.tags}
    wish = ArchiveWish(contents, everything(contents), holders | {OTHER.tags[0]: OTHER.id}, 0)

    result = load(engine, [wish], ANY, Context(lambda _: None, Token()))

    engine.close()
    (archive,) = result.archives
    assert archive.failure
    assert {image.reference: image.id for image in archive.loaded.images} == {
        tag: image_id for tag, image_id in listed(any_engine).items() if not tag.startswith("<")
    }
    assert archive.moved == {OTHER.tags[0]: OTHER.id}


@pytest.fixture
def saved(any_engine, tmp_path):
    """All three images, as this engine saves them."""
    any_engine.load(write_archive(tmp_path / "family.tar", FAMILY))
    tags = [tag for sketch in FAMILY for tag in sketch.tags]
    return save(any_engine, tmp_path / "saved.tar", *tags)


def test_what_an_engine_saves_is_sound_and_whole(saved):
    contents = sound(saved)

    assert contents.form is Form.DOCKER
    assert {image.id: set(image.tags) for image in contents.images} == {
        sketch.id: set(sketch.tags) for sketch in FAMILY
    }
    for image, sketch in zip(sorted_by_id(contents.images), sorted_by_id(FAMILY), strict=True):
        filled = [layer for layer in sketch.layers if layer.files]
        assert [layer.diff_id for layer in image.layers] == [layer.diff_id for layer in filled]
        assert [layer.size for layer in image.layers] == [len(layer.content) for layer in filled]
        assert (image.platform, image.created) == ("linux/amd64", 1714557600)
        assert not image.problems


def sorted_by_id(images):
    return sorted(images, key=lambda image: image.id)


def test_layers_that_two_images_share_are_found_behind_links(dockerd, tmp_path):
    dockerd.load(write_archive(tmp_path / "family.tar", FAMILY))
    path = save(dockerd, tmp_path / "saved.tar", *ONE.tags, TWIN.tags[0])
    names = subprocess.run(["tar", "-tvf", path], capture_output=True, text=True, check=True).stdout
    assert "layer.tar -> ../" in names

    one, twin = sound(path).images

    assert one.layers == twin.layers


def test_only_what_was_chosen_reaches_the_engine(any_engine, saved, tmp_path):
    contents = read(saved, Token())
    keys = {image.id: image.key for image in contents.images}
    choice = {keys[TWIN.id]: (NEW,), keys[OTHER.id]: ()}
    any_engine.remove_everything()

    any_engine.load(send(contents, choice, tmp_path / "chosen.tar"))

    here = listed(any_engine)
    assert here.pop(NEW) == TWIN.id
    assert set(here.values()) == {OTHER.id}
    assert all("<none>" in tag for tag in here)


@pytest.mark.parametrize("compression", [Compression.GZIP, Compression.ZSTD])
def test_a_compressed_archive_arrives_decompressed(any_engine, saved, tmp_path, compression):
    before = read(saved, Token())
    everything_of_it = everything(before)
    packed = send(before, everything_of_it, tmp_path / "packed", compression=compression)
    assert packed.stat().st_size < saved.stat().st_size
    any_engine.remove_everything()

    contents = sound(packed)
    assert contents.place.compression is compression
    any_engine.load(send(contents, everything(contents), tmp_path / "again.tar"))

    assert listed(any_engine) == {tag: sketch.id for sketch in FAMILY for tag in sketch.tags}


@pytest.mark.parametrize("pack", [plain, gzipped, zstd])
def test_an_oci_layout_becomes_what_every_engine_reads(any_engine, tmp_path, pack):
    layout = Layout()
    for sketch in FAMILY:
        layout.add(sketch, pack)
    contents = sound(write_tar(tmp_path / "layout.tar", layout.done()))

    any_engine.load(send(contents, everything(contents), tmp_path / "docker.tar"))

    assert listed(any_engine) == {tag: sketch.id for sketch in FAMILY for tag in sketch.tags}


def test_what_newer_dockers_save_is_passed_as_it_is(any_engine, tmp_path):
    path = write_tar(tmp_path / "new.tar", as_docker_25(Sketch(ONE.layers, ("one:1",))))
    contents = sound(path)

    made = rewrite(contents, everything(contents), Receiver(), Token())
    assert made.is_untouched
    assert b"".join(made.chunks) == path.read_bytes()
    any_engine.load(path)

    assert len(listed(any_engine)) == 1


@pytest.mark.parametrize("form", ["docker-archive", "oci-archive", "oci"])
def test_what_skopeo_writes(tmp_path, form):
    source = write_archive(tmp_path / "source.tar", [ONE])
    path = tmp_path / "copy"
    skopeo("copy", f"docker-archive:{source}", f"{form}:{path}:example.com/one:1")

    contents = sound(path)

    (image,) = contents.images
    assert contents.place.is_folder is (form == "oci")
    assert image.tags == ("example.com/one:1",)
    assert [layer.diff_id for layer in image.layers] == [layer.diff_id for layer in ONE.layers]


@pytest.mark.parametrize("form", ["docker-archive", "oci-archive"])
def test_what_podman_writes(podman_service, tmp_path, form):
    podman_service.load(write_archive(tmp_path / "family.tar", FAMILY))
    path = tmp_path / "saved"
    podman_service.cli("save", "--format", form, "--output", path, *ONE.tags)

    (image,) = sound(path).images

    assert image.tags == ONE.tags
    assert [layer.diff_id for layer in image.layers] == [layer.diff_id for layer in ONE.layers]


@pytest.mark.parametrize("reads_oci", [False, True])
@pytest.mark.parametrize("pack", [plain, gzipped, zstd])
def test_skopeo_reads_what_we_write(tmp_path, pack, reads_oci):
    layout = Layout()
    entry = layout.add(ONE, pack)
    layout.add(OTHER, pack)
    contents = read(write_tar(tmp_path / "layout.tar", layout.done()), Token())
    path = tmp_path / "written.tar"
    receiver = Receiver(reads_oci, frozenset(Compression)) if reads_oci else Receiver()

    send(contents, {entry["digest"]: (NEW,)}, path, receiver)

    form = "oci-archive" if reads_oci else "docker-archive"
    seen = skopeo("inspect", "--format", "{{.Digest}} {{len .Layers}}", f"{form}:{path}:{NEW}")
    assert seen.endswith(" 2")
    if reads_oci:
        assert seen.startswith(entry["digest"])
    skopeo("copy", f"{form}:{path}:{NEW}", f"dir:{tmp_path / 'whole'}")
    assert [image.id for image in sound(path).images] == [ONE.id]


def test_a_file_system_is_told_from_images(any_engine, tmp_path):
    any_engine.load(write_archive(tmp_path / "family.tar", FAMILY))
    any_engine.cli("create", "--name", "it", "--network=none", ONE.tags[0], "sh")
    any_engine.cli("export", "--output", tmp_path / "export.tar", "it")

    assert is_file_system(tmp_path / "export.tar", Token())


def test_an_image_that_an_archive_names_without_a_tag_is_loaded(any_engine, tmp_path):
    contents = read(
        write_archive(tmp_path / "a.tar", [Sketch(OTHER.layers, ("scratch",))]), Token()
    )

    made = rewrite(contents, everything(contents), ANY, Token())

    engine = connect(Endpoint("live", any_engine.url, "--host"))
    loaded = engine.load(made.chunks, lambda _: None)
    engine.close()
    assert [name.removeprefix("localhost/") for name in loaded.references] == ["scratch:latest"]


def test_a_layer_that_is_no_tar_is_not_taken_for_an_archive_that_was_cut_off(any_engine, tmp_path):
    layer = Layer("ADD n /", {"n": b"n"})
    vars(layer)["content"] = b"no tar!!"
    contents = read(write_archive(tmp_path / "a.tar", [Sketch((layer,), OTHER.tags)]), Token())
    wish = ArchiveWish(contents, everything(contents), dict.fromkeys(OTHER.tags, ""), 0)
    engine = connect(Endpoint("live", any_engine.url, "--host"))

    with pytest.raises(ArchiveFailure) as caught:
        load(engine, [wish], ANY, Context(lambda _: None, Token()))

    engine.close()
    assert caught.value.fault is ArchiveFault.CORRUPT
