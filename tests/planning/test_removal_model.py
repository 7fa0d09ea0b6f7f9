"""What a plan says is what engines do, on random graphs of images, tags, parents and containers."""

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layerhold.domain.containers import State
from layerhold.planning.calls import RemoveImage
from layerhold.planning.removal import Choice, Effect, Remedy, plan, recheck
from layerhold.planning.sharing import Certainty
from layerhold.planning.targets import OneTag, WholeImage
from planning.model_engine import ConflictError, ContainerdStore, GraphDriver, Podman

LAYERS = [f"layer-{number}" for number in range(6)]
REPOSITORIES = ["app", "web", "127.0.0.1:5000/db"]
STATES = [State.RUNNING, State.PAUSED, State.EXITED, State.CREATED, State.DEAD]


@st.composite
def engines(draw, kind):
    model = kind(sizes={layer: 10**number for number, layer in enumerate(LAYERS)})
    free = [f"{name}:{tag}" for name in REPOSITORIES for tag in (1, 2, 3)]
    for number in range(draw(st.integers(1, 7))):
        image_id = f"sha256:{number}"
        names = draw(st.lists(st.sampled_from(free), max_size=3, unique=True)) if free else []
        free = [name for name in free if name not in names]
        for name in draw(st.lists(st.sampled_from(REPOSITORIES), max_size=2, unique=True)):
            # The containerd store lists a digest for every tag, so that nobody can tell
            # from outside whether an image was pulled by that digest as well.
            tagged = any(tag.startswith(f"{name}:") for tag in names)
            if kind is not ContainerdStore or not tagged:
                names.append(f"{name}@{image_id}")
        layers = draw(st.lists(st.sampled_from(LAYERS), max_size=4, unique=True))
        parent = draw(st.sampled_from(["", *model.images]))
        model.add(image_id, names, layers, parent)
    for number in range(draw(st.integers(0, 3))):
        image_id = draw(st.sampled_from(sorted(model.images)))
        model.run(f"c{number}", image_id, draw(st.sampled_from(STATES)))
    return model


@st.composite
def wishes(draw, model):
    world = model.world()
    every = [WholeImage(image_id) for image_id in world.images]
    every += [OneTag(image.id, tag) for image in world.images.values() for tag in image.tags]
    targets = draw(st.lists(st.sampled_from(every), unique=True, max_size=6))
    remedies = st.sampled_from([None, *Remedy])
    choices = st.builds(Choice, st.integers(0, 4).map(bool), remedies)
    return targets, {target: draw(choices) for target in targets}


def seen(model):
    world = model.world()
    names = {image_id: {*image.tags} for image_id, image in world.images.items()}
    return names, {container.id for container in world.containers}


def carry_out(model, row):
    """The calls in order; Podman may say no to a parent after it has deleted the image."""
    for call in row.calls:
        try:
            model.carry_out(call)
        except ConflictError:
            assert isinstance(model, Podman)
            assert not set(row.deleted) & model.images.keys()


def remove_by_hand(model, target):
    """As `docker rmi` is used without force: every name, or the ID of what has none."""
    one_tag = isinstance(target, OneTag)
    names = [target.tag] if one_tag else list(model.images[target.image_id].names)
    for name in names or [target.image_id]:
        if model.find(name):
            model.remove(name, force=False)


kinds = pytest.mark.parametrize("kind", [GraphDriver, ContainerdStore, Podman])


@kinds
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_every_row_does_what_it_says(kind, data):
    model = data.draw(engines(kind))
    targets, choices = data.draw(wishes(model))
    for row in plan(model.world(), targets, choices).rows:
        if not row.choice.ticked or not row.calls:
            continue
        assert recheck(row, model.world())
        (names, containers), disk = seen(model), model.disk
        carry_out(model, row)
        (names_now, containers_now), disk_now = seen(model), model.disk
        assert names.keys() - names_now.keys() == set(row.deleted)
        assert containers - containers_now == {one.id for one in row.containers_deleted}
        lost = {name for image_id, left in names.items() for name in left}
        lost -= {name for left in names_now.values() for name in left}
        assert lost == {name for name in row.untagged if name in lost or "@" not in name}
        assert (row.freed.amount, row.freed.certainty) == (disk - disk_now, Certainty.EXACT)


@kinds
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_the_totals_are_those_of_the_whole_run(kind, data):
    model = data.draw(engines(kind))
    found = plan(model.world(), *data.draw(wishes(model)))
    before, disk = set(model.images), model.disk
    for row in found.ticked:
        carry_out(model, row)
    assert before - model.images.keys() == set(found.deleted)
    assert found.freed.amount == disk - model.disk


@kinds
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_blocked_row_is_one_that_the_engine_refuses(kind, data):
    model = data.draw(engines(kind))
    targets, _ = data.draw(wishes(model))
    for target in targets:
        (row,) = plan(model.world(), [target]).rows
        if row.effect is Effect.BLOCKED:
            assert row.blockers or row.children
            with pytest.raises(ConflictError):
                remove_by_hand(deepcopy(model), target)
        else:
            assert row.effect in {Effect.UNTAG, Effect.DELETE}


@kinds
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_an_offer_is_what_choosing_it_brings(kind, data):
    model = data.draw(engines(kind))
    targets, _ = data.draw(wishes(model))
    for target in targets:
        (row,) = plan(model.world(), [target]).rows
        for offer in row.offers:
            (chosen,) = plan(model.world(), [target], {target: Choice(remedy=offer.remedy)}).rows
            assert chosen.outcome == offer.outcome
            assert chosen.calls
        for remedy in set(Remedy) - set(row.remedies):
            (chosen,) = plan(model.world(), [target], {target: Choice(remedy=remedy)}).rows
            assert chosen.outcome == row.outcome


@kinds
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_force_is_never_used_unless_chosen(kind, data):
    model = data.draw(engines(kind))
    targets, choices = data.draw(wishes(model))
    for row in plan(model.world(), targets, choices).rows:
        forced = any(isinstance(call, RemoveImage) and call.force for call in row.calls)
        assert not forced or row.choice.remedy in {Remedy.FORCE, Remedy.UNTAG_ONLY}
