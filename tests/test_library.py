from dataclasses import replace

import pytest

from layerhold.domain.containers import Container
from layerhold.domain.errors import EngineGone
from layerhold.domain.images import Image
from layerhold.domain.layers import Anatomy, LayerSize
from layerhold.domain.usage import DiskUsage
from layerhold.engine.about import About, Caps, Kind, Store
from layerhold.jobs.snapshot import settle
from layerhold.library import Connection, Library, Phase
from layerhold.planning.sharing import Figures

NGINX = Image("sha256:a", ("nginx:1",), size=10)
BASE = Image("sha256:b", ("base:1",), size=5)
WEB = Container("1", "web", "sha256:a", mounted_images=("base:1",))


@pytest.fixture
def library(qapp):  # noqa: ARG001 - signals need one
    library = Library()
    library.show(settle((NGINX, BASE), (WEB,)))
    return library


def test_a_refresh_without_change_signals_nothing(library, qtbot):
    again = settle((NGINX, Image("sha256:b", ("base:1",), size=5)), (WEB,), library.snapshot)
    with (
        qtbot.assertNotEmitted(library.images_changed),
        qtbot.assertNotEmitted(library.containers_changed),
    ):
        library.show(again)


def test_a_change_names_what_was_added_removed_and_changed(library, qtbot):
    after = settle(
        (Image("sha256:a", ("nginx:1", "nginx:2")), Image("sha256:c")), (WEB,), library.snapshot
    )
    with qtbot.waitSignal(library.images_changed) as told:
        library.show(after)
    (difference,) = told.args
    assert difference.added == {"sha256:c"}
    assert difference.removed == {"sha256:b"}
    assert difference.changed == {"sha256:a"}


def test_containers_are_found_by_image_and_by_mount(library):
    assert library.users("sha256:a") == (WEB,)
    assert library.users("sha256:b") == (WEB,)
    assert library.users("sha256:c") == ()


def test_a_world_in_use_stays_as_it_was_when_more_is_read(library):
    before, anatomy = library.world, Anatomy("linux/amd64", (LayerSize("sha256:l", 10),))
    users = before.users
    library.add_figures({"sha256:a": anatomy}, {"sha256:a": Figures(0, 10)})
    assert before.anatomies == {}
    assert before.holders == {}
    assert library.world.holders == {"sha256:l": 2}
    assert library.world.users is users


def test_figures_of_removed_images_are_forgotten(library):
    anatomy = Anatomy("linux/amd64", (LayerSize("sha256:l", 10),))
    library.add_figures({"sha256:a": anatomy}, {"sha256:a": Figures(0, 10)})
    library.show(settle((BASE,), (), library.snapshot))
    assert "sha256:a" not in library.anatomies


def test_only_new_figures_are_signalled(library, qtbot):
    anatomy = Anatomy("linux/amd64", (LayerSize("sha256:l", 10),))
    with qtbot.waitSignal(library.figures_changed) as told:
        library.add_figures({"sha256:a": anatomy}, {"sha256:a": Figures(0, 10)})
    assert told.args == [frozenset({"sha256:a"})]
    with qtbot.assertNotEmitted(library.figures_changed):
        library.add_figures({}, {"sha256:a": Figures(0, 10)})


def test_a_lost_engine_leaves_what_was_known(library):
    library.show_connection(Connection(Phase.LIVE))
    library.mark_lost(EngineGone("x"))
    assert library.connection.phase is Phase.LOST
    assert "sha256:a" in library.images


def test_what_is_known_is_as_of_when_the_engine_was_lost_first(library):
    library.show_connection(Connection(Phase.LIVE))
    assert not library.connection.as_of
    library.mark_lost(EngineGone("x"))
    library.show_connection(replace(library.connection, as_of=5))
    library.mark_lost(EngineGone("y"))
    assert library.connection.as_of == 5


def test_the_world_of_plans_has_the_caps_of_the_engine(library):
    caps = Caps(force_deletes_containers=True)
    about = About(Kind.PODMAN, "5", "1.41", Store.GRAPH_DRIVER, caps=caps)
    library.show_connection(Connection(Phase.LIVE, about=about))
    assert library.world.caps is caps
    assert library.world.images is library.images


def test_another_engine_begins_with_nothing(library):
    library.show_usage(DiskUsage(images=5))
    library.clear()
    assert not library.images
    assert library.usage == DiskUsage()
