"""What loading would do, for archives that are read from files."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archives.layouts import Layout, as_docker_25, write_tar
from layerhold.archives.reading import read
from layerhold.domain.cancel import Token
from layerhold.domain.digests import chain_ids
from layerhold.domain.images import Image
from layerhold.domain.layers import Anatomy, LayerSize
from layerhold.engine.about import Caps
from layerhold.planning.load_plan import plan_load
from layerhold.planning.load_rows import ImageEffect, Spot, TagEffect
from layerhold.planning.load_rules import called
from layerhold.planning.load_survey import survey
from layerhold.planning.load_wishes import Wishes
from layerhold.planning.sharing import Certainty
from layerhold.planning.world import World
from live.images import Layer, Sketch, write_archive

ONE, TWO, THREE = (Layer(f"COPY {name} /", {name: name.encode() * 1000}) for name in "abc")
BASE = Sketch((ONE,), ("base:1", "base:2"))
APP = Sketch((ONE, TWO), ("app:1",))
OTHER = f"sha256:{'e' * 64}"
CONTAINERD = Caps(loads_oci=True)
PODMAN = Caps(loads_as_localhost=True)


@pytest.fixture
def surveyed(tmp_path):
    """Reads an archive of these images."""

    def make(*sketches, name="a.tar"):
        return look(write_archive(tmp_path / name, sketches))

    return make


def look(path):
    return survey(read(path, Token()), Token())


def holding(*images, caps=None, anatomies=()):
    return World({image.id: image for image in images}, (), dict(anatomies), caps or Caps())


def plan(archive, world, platform="linux/amd64", **wishes):
    """The plan of one archive, and its rows."""
    planned = plan_load([archive], Wishes(**wishes), world, platform)
    return planned, planned.archives[0].images


def test_everything_is_new_to_an_empty_engine(surveyed):
    archive = surveyed(BASE, APP)
    planned, (base, app) = plan(archive, holding())

    assert [image.effect for image in (base, app)] == [ImageEffect.NEW] * 2
    assert {tag.effect for tag in planned.tags} == {TagEffect.NEW}
    assert [tag.called for tag in base.tags] == ["base:1", "base:2"]
    assert (planned.sent.amount, planned.sent.certainty) == (
        archive.contents.plain_size,
        Certainty.EXACT,
    )
    assert planned.archives[0].is_untouched


def test_layers_are_known_by_what_they_stand_on(surveyed):
    chain = tuple(chain_ids([ONE.diff_id, TWO.diff_id]))
    anatomy = Anatomy("linux/amd64", tuple(LayerSize(each, 1) for each in chain))
    world = holding(Image(OTHER), anatomies={OTHER: anatomy}.items())
    stacked = Sketch((TWO, ONE), ("stacked:1",))

    _, (app, other_way) = plan(surveyed(APP, stacked), world)

    assert (app.layers_here, other_way.layers_here) == (2, 0)


def test_a_tag_that_moves_says_from_whom_and_what_is_left(surveyed):
    planned, (base, app) = plan(surveyed(BASE, APP), holding(Image(OTHER, ("app:1", "app:0"))))

    (moving,) = planned.moving
    assert moving in app.tags
    assert (moving.loser, moving.kept) == (OTHER, ("app:0",))
    assert not base.tags[0].loser


def test_a_tag_that_is_not_ticked_is_not_sent(surveyed):
    archive = surveyed(BASE, APP)
    planned, _ = plan(archive, holding(Image(OTHER, ("app:1",))), ticks={Spot(0, 1, 0): False})

    assert planned.moving == ()
    assert planned.archives[0].choice == {BASE.id: ("base:1", "base:2"), APP.id: ()}
    assert not planned.archives[0].is_untouched


def test_what_is_here_with_all_its_tags_is_not_sent_unless_that_is_wished(surveyed):
    archive, world = surveyed(BASE, APP), holding(Image(BASE.id, BASE.tags))

    planned, (base, app) = plan(archive, world)
    assert (base.effect, base.ticked, app.ticked) == (ImageEffect.HERE, False, True)
    assert {tag.effect for tag in base.tags} == {TagEffect.HERE}
    assert list(planned.archives[0].choice) == [APP.id]

    _, (base, _) = plan(archive, world, ticks={Spot(0, 0): True})
    assert base.ticked


def test_what_is_here_without_a_tag_of_the_archive_comes(surveyed):
    _, (base,) = plan(surveyed(BASE), holding(Image(BASE.id, ("base:1",))))

    assert base.ticked
    assert [tag.effect for tag in base.tags] == [TagEffect.HERE, TagEffect.NEW]


def test_a_new_name_is_planned_in_place_of_the_old_one(surveyed):
    spot = Spot(0, 0, 0)
    planned, (app,) = plan(
        surveyed(APP), holding(Image(OTHER, ("app:1",))), names={spot: "team/app"}
    )

    assert [tag.name for tag in app.tags] == ["team/app:latest"]
    assert planned.moving == ()
    assert planned.archives[0].choice == {APP.id: ("team/app:latest",)}


def test_an_image_without_a_name_can_be_given_one(surveyed):
    archive = surveyed(Sketch((ONE,)))
    _, (image,) = plan(archive, holding())
    assert [tag.effect for tag in image.tags] == [TagEffect.NAMELESS]
    assert image.coming == ()

    planned, _ = plan(archive, holding(), names={Spot(0, 0, 0): "mine:1"})
    assert [tag.called for tag in planned.tags] == ["mine:1"]


def test_of_two_archives_the_later_one_gets_the_tag(surveyed):
    archives = [surveyed(APP, name="a.tar"), surveyed(replace(BASE, tags=APP.tags), name="b.tar")]
    planned = plan_load(archives, Wishes(), holding(), "linux/amd64")

    first, second = (archive.images[0] for archive in planned.archives)
    assert first.tags[0].effect is TagEffect.TAKEN
    assert planned.archives[0].choice == {APP.id: ()}
    assert second.tags[0].effect is TagEffect.NEW

    unticked = Wishes({Spot(1, 0): False})
    planned = plan_load(archives, unticked, holding(), "linux/amd64")
    assert planned.archives[0].choice == {APP.id: ("app:1",)}


@pytest.fixture
def platforms(tmp_path):
    """An index with two platforms, the engine's own last."""
    layout = Layout()
    arm = layout.manifest(Sketch((TWO,), architecture="arm64"))
    amd = layout.manifest(Sketch((ONE,)))
    layout.add_index("multi:1", [arm, amd])
    return look(write_tar(tmp_path / "multi.tar", layout.done()))


def test_an_engine_that_takes_no_index_gets_its_own_platform(platforms):
    planned, images = plan(platforms, holding())

    assert [(image.is_foreign, image.ticked) for image in images] == [(True, False), (False, True)]
    assert [tag.called for tag in planned.tags] == ["multi:1"]

    planned, (arm, amd) = plan(platforms, holding(), ticks={Spot(0, 0): True})
    assert (arm.tags[0].effect, amd.tags[0].effect) == (TagEffect.TAKEN, TagEffect.NEW)


def test_an_engine_that_takes_an_index_gets_all_of_it(platforms):
    planned, images = plan(platforms, holding(caps=CONTAINERD))

    assert all(image.ticked for image in images)
    assert [tag.effect for tag in planned.tags] == [TagEffect.NEW] * 2


def test_the_containerd_store_knows_an_image_by_its_manifest(tmp_path):
    archive = look(write_tar(tmp_path / "a.tar", as_docker_25(APP)))
    manifest = archive.images[0].manifest.digest
    _, (image,) = plan(archive, holding(Image(manifest, APP.tags), caps=CONTAINERD))

    assert (image.effect, image.local_id) == (ImageEffect.HERE, manifest)


@pytest.mark.parametrize(
    ("written", "docker", "podman"),
    [
        ("app:1", "app:1", "localhost/app:1"),
        ("team/app", "team/app:latest", "localhost/team/app:latest"),
        ("docker.io/library/app:1", "app:1", "docker.io/library/app:1"),
        ("ghcr.io/a/b:1", "ghcr.io/a/b:1", "ghcr.io/a/b:1"),
        ("localhost/app:1", "localhost/app:1", "localhost/app:1"),
        ("h:5000/app", "h:5000/app:latest", "h:5000/app:latest"),
    ],
)
def test_what_engines_call_what_they_load(written, docker, podman):
    assert called(written, Caps()) == docker
    assert called(written, PODMAN) == podman
    assert called(podman, PODMAN) == podman


NAMES = ("a:1", "b:1", "c:1")
SKETCHES = (Sketch((ONE,)), Sketch((TWO,)), Sketch((ONE, TWO)), Sketch((THREE,)))


@st.composite
def situations(draw):
    """Archives, what the user changed, and the tags that the engine has, by ID."""
    some = st.lists(st.sampled_from(NAMES), unique=True, max_size=2)
    archives = [
        [replace(sketch, tags=tuple(draw(some))) for sketch in draw(subset())]
        for _ in range(draw(st.integers(1, 2)))
    ]
    free = list(NAMES)
    here = {}
    for image_id in (OTHER, SKETCHES[0].id, SKETCHES[1].id):
        tags = draw(st.lists(st.sampled_from(free), unique=True)) if free else []
        free = [name for name in free if name not in tags]
        if draw(st.booleans()):
            here[image_id] = tags
    spots = [
        Spot(at, number, tag)
        for at, sketches in enumerate(archives)
        for number in range(len(sketches))
        for tag in (-1, 0, 1)
    ]
    ticks = draw(st.dictionaries(st.sampled_from(spots), st.booleans()))
    renamed = st.dictionaries(st.sampled_from(spots), st.sampled_from((*NAMES, "new:1")))
    return archives, Wishes(ticks, draw(renamed)), here


def subset():
    return st.lists(st.sampled_from(SKETCHES), unique_by=id, min_size=1, max_size=3)


@given(situations())
def test_what_happens_is_what_was_planned(situation):
    """Load by hand what the plan sends, and compare with what it says of every tag."""
    sketches, wishes, here = situation
    with TemporaryDirectory() as folder:
        archives = [
            look(write_archive(Path(folder) / f"{at}.tar", each))
            for at, each in enumerate(sketches)
        ]
    before = {tag: image_id for image_id, tags in here.items() for tag in tags}
    world = holding(*(Image(image_id, tuple(tags)) for image_id, tags in here.items()))

    planned = plan_load(archives, wishes, world, "linux/amd64")

    after = dict(before)
    for archive in planned.archives:
        for key, tags in archive.choice.items():
            image = next(each for each in archive.surveyed.images if each.key == key)
            assert len(tags) == len(set(tags))
            after |= dict.fromkeys(tags, image.id)
    coming = {tag.called: image for image in planned.ticked for tag in image.coming}
    assert {name: image.image.id for name, image in coming.items()} == {
        name: image_id
        for name, image_id in after.items()
        if name in coming or before.get(name) != image_id
    }
    for tag in planned.moving:
        kept = {name for name, image_id in after.items() if image_id == tag.loser}
        assert before[tag.called] == tag.loser != after[tag.called]
        assert set(tag.kept) == kept
    moved = {name for name in before if after[name] != before[name]}
    assert {tag.called for tag in planned.moving} == moved
