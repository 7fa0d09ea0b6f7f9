import pytest
from PySide6.QtGui import QGuiApplication

from fakes.desks import desk_over
from layerhold.actions import copying
from layerhold.planning.targets import OneTag, WholeImage
from planning.model_engine import GraphDriver, Podman

A, B = (f"sha256:{letter * 64}" for letter in "ab")
DIGEST = f"a@sha256:{'d' * 64}"


pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def desk():
    return desk_over(GraphDriver().add(A, ["a:1", "a:2", DIGEST]).add(B))


@pytest.fixture
def said(desk):
    """What was confirmed, in order."""
    texts = []
    desk.notices.confirmed.connect(texts.append)
    return texts


def copied():
    return QGuiApplication.clipboard().text()


def test_references_of_images_and_of_tags(desk, said):
    copying.references(desk, [OneTag(A, "a:2"), WholeImage(A), WholeImage(B)])
    assert copied().split() == ["a:2", "a:1", B]
    assert said == ["Copied 3 items."]
    assert desk.notices.isHidden()


def test_ids_once_each(desk, said):
    copying.ids(desk, [OneTag(A, "a:1"), OneTag(A, "a:2")])
    assert copied() == A
    assert said == ["Copied aaaaaaaaaaaa."]


def test_digests(desk):
    copying.digests(desk, [WholeImage(A)])
    assert copied() == DIGEST


def test_pull_commands_name_the_engines_program(desk):
    copying.pull_commands(desk, [WholeImage(A)])
    assert copied().splitlines() == ["docker pull a:1", "docker pull a:2"]
    copying.pull_commands(desk_over(Podman().add(A, ["a:1"])), [WholeImage(A)])
    assert copied() == "podman pull a:1"


def test_nothing_to_copy_leaves_the_clipboard_alone(desk):
    QGuiApplication.clipboard().setText("mine")
    copying.digests(desk, [WholeImage(B)])
    assert copied() == "mine"
    assert desk.notices.text.startswith("There is nothing of that kind to copy.")


def test_what_podman_made_here_cannot_be_pulled():
    made = desk_over(Podman().add(A, ["localhost/a:1", "quay.io/a:1"]))
    copying.pull_commands(made, [WholeImage(A)])
    assert copied() == "podman pull quay.io/a:1"
    copying.pull_commands(desk_over(GraphDriver().add(A, ["localhost/a:1"])), [WholeImage(A)])
    assert copied() == "docker pull localhost/a:1"
