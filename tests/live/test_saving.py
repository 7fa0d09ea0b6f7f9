"""Images saved from real engines, read by skopeo and by the other engine."""

import json
import subprocess
import tarfile
from io import BytesIO
from threading import Event
from time import monotonic

import pytest

from layerhold.domain.errors import ImageNotFound, Unsupported
from layerhold.engine.about import Endpoint, Kind
from layerhold.engine.docker.engine import connect
from layerhold.planning.archive_size import archive_size
from live.family import BASE, CHILD, LONER, tags
from live.images import Layer, Sketch, write_archive
from needs import need

pytestmark = pytest.mark.live

NAMES = [tag for sketch in (BASE, CHILD, LONER) for tag in sketch.tags]
SECONDS_TO_TIDY_UP = 10


def saved(engine, *references):
    return b"".join(engine.save(references))


def members(archive):
    with tarfile.open(fileobj=BytesIO(archive)) as tar:
        return {entry.name: tar.extractfile(entry).read() for entry in tar if entry.isfile()}


def skopeo(path, reference):
    """What an independent reader finds in the archive."""
    image = f"docker-archive:{path}:{reference}"
    command = [need("skopeo"), "--insecure-policy", "inspect", image]
    ended = subprocess.run(command, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def filled(sketch):
    return [layer.diff_id for layer in sketch.layers if layer.files]


def test_skopeo_finds_every_tag_with_its_layers(engine, tmp_path):
    path = tmp_path / "saved.tar"
    path.write_bytes(saved(engine, *NAMES))

    for sketch in (BASE, CHILD, LONER):
        for tag in sketch.tags:
            assert skopeo(path, tag)["Layers"] == filled(sketch)


def test_each_layer_is_saved_once(engine):
    both = saved(engine, *BASE.tags, *CHILD.tags)
    contents = {content for name, content in members(both).items() if not name.endswith("json")}

    assert contents >= {layer.content for layer in CHILD.layers if layer.files}
    assert len(both) < len(saved(engine, *BASE.tags)) * 1.1


def test_the_size_is_known_about_right_beforehand(engine):
    images = tags(engine)
    expected = archive_size(engine.anatomy(images[name]) for name in NAMES)

    assert len(saved(engine, *NAMES)) == pytest.approx(expected, rel=0.05)


def test_an_image_saved_by_its_id_has_no_tag_in_the_archive(engine):
    (manifest,) = json.loads(members(saved(engine, LONER.id))["manifest.json"])

    assert not manifest["RepoTags"]


def test_one_missing_image_is_enough_to_save_none(engine):
    for references in (["example.com/no:1"], [*BASE.tags, "example.com/no:1"]):
        with pytest.raises(ImageNotFound):
            saved(engine, *references)


def test_a_platform_is_not_promised_where_it_would_be_ignored(engine):
    with pytest.raises(Unsupported):
        engine.save(BASE.tags, platform="linux/arm64")


@pytest.mark.parametrize(
    ("source", "target"), [("dockerd", "podman_service"), ("podman_service", "dockerd")]
)
def test_what_one_engine_saves_the_other_loads(request, tmp_path, source, target):
    source, target = (request.getfixturevalue(name) for name in (source, target))
    source.load(write_archive(tmp_path / "family.tar", (BASE, CHILD, LONER)))
    here, there = (connect(Endpoint("live", each.url, "--host")) for each in (source, target))

    loaded = there.load(here.save(NAMES), lambda _progress: None)

    assert sorted(loaded.references) == sorted(NAMES)
    assert set(loaded.ids) == {BASE.id, CHILD.id, LONER.id}
    assert tags(there) == tags(here)
    for sketch in (BASE, CHILD, LONER):
        layers = [step.diff_id for step in there.steps(sketch.id) if step.diff_id]
        assert layers[::-1] == filled(sketch)
    here.close()
    there.close()


def test_an_archive_that_nobody_wants_any_more_is_thrown_away(dockerd, tmp_path):
    """The engine writes it to its own disk first."""
    large = Sketch((Layer("ADD big /", {"big": bytes(50_000_000)}),), ("example.com/large:1",))
    dockerd.load(write_archive(tmp_path / "large.tar", [large]))
    engine = connect(Endpoint("live", dockerd.url, "--host"))
    assert engine.about.kind is Kind.DOCKER
    blocks = engine.save(large.tags)
    next(blocks)
    assert exports(dockerd)

    blocks.close()

    give_up = monotonic() + SECONDS_TO_TIDY_UP
    while exports(dockerd) and monotonic() < give_up:
        Event().wait(0.05)
    assert not exports(dockerd)
    engine.close()


def exports(daemon):
    return list((daemon.folder / "data/tmp").glob("docker-export-*"))
