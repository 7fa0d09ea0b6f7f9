"""The embedded store and a real registry: what comes and goes is the same byte for byte."""

import json
import subprocess

import pytest

from archives.layouts import Layout, packed, with_attestation
from engine.store.stores import entries, opened, problems, tags
from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled, ImageNotFound, InvalidReference
from layerhold.domain.login import Login
from layerhold.domain.progress import LayerState, Phase
from layerhold.domain.registry_errors import (
    LoginNeeded,
    PlatformMissing,
    RegistryUnreachable,
    RemoteNotFound,
)
from layerhold.domain.transfers import PullWish
from live.docker_registry import PASSWORD, USER
from live.images import Layer, Sketch
from needs import need

pytestmark = pytest.mark.live

SHARED = Layer("ADD shared /", {"shared": bytes(range(256)) * 4000})
ONE = Sketch((SHARED, Layer("ADD one /", {"one": b"1"})), labels={"n": "one"})
TWO = Sketch((SHARED, Layer("ADD two /", {"two": b"2"})), labels={"n": "two"})
ARM = Sketch((Layer("ADD arm /", {"arm": b"arm"}),), architecture="arm64")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "images"


@pytest.fixture
def store(folder):
    return opened(folder)


def silent(_progress):
    """Nobody looks."""


def pull(store, reference, platform="", login=None, **wish):
    return store.pull(PullWish(reference, platform, **wish), login, silent, Token())


def skopeo(*arguments):
    return subprocess.run(
        [need("skopeo"), *arguments], check=True, capture_output=True, text=True
    ).stdout


def blob(folder, digest):
    return folder / "blobs" / digest.replace(":", "/")


def test_a_pull_keeps_the_registrys_own_bytes(store, folder, registry):
    digest, name = registry.add("keep:1", ONE), registry.reference("keep:1")
    told = []
    pulled = store.pull(PullWish(name), None, told.append, Token())

    (image,) = pulled.images
    assert (image.reference, image.image_id, image.digest) == (name, ONE.id, digest)
    assert (image.displaced, image.was_current, image.platform) == ("", False, "linux/amd64")
    assert pulled.new_layers == 2
    assert pulled.received > 0
    assert blob(folder, digest).exists()
    assert store.image(ONE.id).digests == (f"{name.rpartition(':')[0]}@{digest}",)
    assert {layer.state for layer in told[-1].layers} == {LayerState.DOWNLOADED}
    assert told[-1].phase is Phase.DOWNLOADING
    assert problems(folder) == []


def test_a_second_pull_brings_nothing(store, registry):
    registry.add("twice:1", ONE)
    pull(store, registry.reference("twice:1"))
    again = pull(store, registry.reference("twice:1"))

    assert (again.new_layers, again.received) == (0, 0)
    assert again.images[0].was_current


def test_only_missing_layers_come(store, registry):
    registry.add("shared:1", ONE)
    registry.add("shared:2", TWO)
    pull(store, registry.reference("shared:1"))

    assert pull(store, registry.reference("shared:2")).new_layers == 1


def test_a_tag_that_moved_leaves_its_image_without_one(store, registry):
    registry.add("moves:1", ONE)
    pull(store, registry.reference("moves:1"))
    registry.add("moves:1", TWO)
    (image,) = pull(store, registry.reference("moves:1")).images

    assert (image.image_id, image.displaced) == (TWO.id, ONE.id)
    assert store.image(ONE.id).tags == ()


def test_an_image_is_pulled_by_its_digest(store, registry):
    digest = registry.add("by:1", ONE)
    name = registry.reference(f"by@{digest}")
    (image,) = pull(store, name).images

    assert image.reference == name
    assert store.image(name).id == ONE.id


def test_all_tags_are_pulled(store, registry):
    registry.add("every:1", ONE)
    registry.add("every:2", TWO)
    pulled = pull(store, registry.reference("every"), all_tags=True)

    assert {image.reference: image.image_id for image in pulled.images} == {
        registry.reference("every:1"): ONE.id,
        registry.reference("every:2"): TWO.id,
    }


def test_the_platform_is_this_machines_unless_another_is_wished_for(store, folder, registry):
    here = store.about.platform.rpartition("/")[2]
    there = "arm64" if here == "amd64" else "amd64"
    images = {name: Sketch(ONE.layers, architecture=name) for name in (here, there)}
    digest = registry.add("both:1", images[there], images[here])
    name = registry.reference("both:1")

    (image,) = pull(store, name).images
    assert (image.image_id, image.platform) == (images[here].id, f"linux/{here}")
    assert image.digest == digest
    assert json.loads(skopeo("inspect", "--raw", f"oci:{folder}:{name}"))["manifests"]

    (image,) = pull(store, name, f"linux/{there}").images
    assert (image.image_id, image.platform) == (images[there].id, f"linux/{there}")
    assert json.loads(skopeo("inspect", f"oci:{folder}:{name}"))["Architecture"] == there
    with pytest.raises(PlatformMissing):
        pull(store, name, "linux/s390x")


def test_other_programs_read_what_was_pulled(store, folder, registry, tmp_path):
    registry.add("read:1", ONE)
    name = registry.reference("read:1")
    pull(store, name)
    told = json.loads(skopeo("inspect", f"oci:{folder}:{name}"))
    skopeo("copy", f"oci:{folder}:{name}", f"docker-archive:{tmp_path / 'copy.tar'}:copy:1")

    assert told["Labels"] == {"n": "one"}
    assert len(told["Layers"]) == 2


def test_a_push_gives_the_registry_the_same_digest(store, registry):
    digest = registry.add("from:1", ONE)
    name, target = registry.reference("from:1"), registry.reference("to:1")
    pull(store, name)
    store.tag(name, target)
    pushed = store.push(target, None, silent, Token())

    assert (pushed.reference, pushed.digest) == (target, digest)
    assert registry.digest("to:1") == digest
    assert (pushed.new_layers, pushed.sent) == (0, 0)
    assert set(store.image(ONE.id).digests) == {
        f"{registry.reference('from')}@{digest}",
        f"{registry.reference('to')}@{digest}",
    }


def test_what_was_loaded_can_be_pushed_and_pulled_again(store, registry, tmp_path):
    layout = Layout()
    layout.add(Sketch(ONE.layers, ("example.com/here:1",)))
    store.load([packed(layout.done())], silent)
    target = registry.reference("loaded:1")
    store.tag("example.com/here:1", target)
    pushed = store.push(target, None, silent, Token())
    other = opened(tmp_path / "other")
    (image,) = pull(other, target).images

    assert pushed.new_layers == 2
    assert image.digest == pushed.digest
    assert json.loads(other.inspect(target))["Descriptor"]["digest"] == pushed.digest


def test_several_platforms_and_what_attests_them_go_together(store, registry, tmp_path):
    layout = Layout()
    listed = [
        layout.manifest(each) | {"platform": {"os": "linux", "architecture": each.architecture}}
        for each in (ONE, ARM)
    ]
    target = registry.reference("whole:1")
    layout.add_index(target, [*listed, with_attestation(layout, listed[0])])
    store.load([packed(layout.done())], silent)
    pushed = store.push(target, None, silent, Token())

    assert not pushed.one_platform_only
    assert pushed.digest == layout.entries[0]["digest"]
    assert set(store.remote(target, None).platforms) == {"linux/amd64", "linux/arm64"}
    other = opened(tmp_path / "other")
    pull(other, target)
    other.tag(target, registry.reference("part:1"))
    assert other.push(registry.reference("part:1"), None, silent, Token()).one_platform_only


def test_a_login_is_shown_and_checked(store, guarded):
    guarded.add("secret:1", ONE)
    name, login = guarded.reference("secret:1"), Login(guarded.host, USER, PASSWORD)
    with pytest.raises(LoginNeeded):
        pull(store, name)

    assert store.check_login(login) == login
    assert pull(store, name, login=login).images[0].image_id == ONE.id
    assert store.push(name, login, silent, Token()).digest == guarded.digest("secret:1")


def test_what_cannot_be_had_is_told_and_changes_nothing(store, registry):
    with pytest.raises(RemoteNotFound):
        pull(store, registry.reference("nobody:1"))
    with pytest.raises(RegistryUnreachable):
        pull(store, "127.0.0.1:1/nobody:1")
    with pytest.raises(InvalidReference):
        pull(store, "UPPER")
    with pytest.raises(ImageNotFound):
        store.push("example.com/nobody:1", None, silent, Token())
    assert tags(store) == {}


def test_a_cancelled_pull_is_gone_on_with(store, folder, registry):
    registry.add("cancel:1", ONE)
    name, token = registry.reference("cancel:1"), Token()

    def stop(progress):
        if progress.done:
            token.cancel()

    try:
        store.pull(PullWish(name), None, stop, token)
    except Cancelled:
        assert tags(store) == {}
    pull(store, name)

    assert tags(store) == {name: ONE.id}
    assert problems(folder) == []
    assert list(folder.glob(".layerhold/partial/*")) == []


def test_what_another_program_wrote_is_read_pushed_and_removed(store, folder, registry):
    registry.add("theirs:1", ONE)
    source = f"docker://{registry.reference('theirs:1')}"
    pull(store, registry.reference("theirs:1"))
    skopeo("copy", "--src-tls-verify=false", source, f"oci:{folder}:example.com/theirs:2")
    skopeo("copy", "--src-tls-verify=false", source, f"oci:{folder}:v3")

    assert set(tags(store)) == {
        registry.reference("theirs:1"),
        "example.com/theirs:2",
        "localhost/images:v3",
    }
    store.tag("example.com/theirs:2", registry.reference("pushed:1"))
    assert store.push(registry.reference("pushed:1"), None, silent, Token()).digest
    for image in store.list_images():
        store.remove(image.id, force=True)
    assert entries(folder) == []
