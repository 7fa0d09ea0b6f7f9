"""The pull dialog over answers of the test's own."""

from dataclasses import replace

import pytest

from fakes.desks import desk_over
from layerhold.dialogs.pull import PullDialog
from layerhold.domain.errors import EngineRefused
from layerhold.domain.transfers import RemoteImage
from planning.model_engine import GraphDriver

A, B, C = (f"sha256:{letter * 64}" for letter in "abc")
PATIENCE_MS = 5000


class Registry:
    """Answers what a test put there, or with an error."""

    def __init__(self, runner):
        self.runner, self.answer = runner, None

    def look_up(self, reference):
        def work(_):
            if isinstance(self.answer, Exception):
                raise self.answer
            return self.answer or RemoteImage(reference.familiar, B)

        return self.runner.start("Ask the registry", work, quiet=True)


@pytest.fixture
def desk(qtbot):
    many = [f"r.example/app:{number}" for number in range(62)]
    desk = desk_over(GraphDriver().add(A, ["app:1", "app:2"]).add(B, many).add(C, ["app:3", "z:1"]))
    qtbot.addWidget(desk.window)
    yield desk
    qtbot.waitUntil(lambda: not desk.runner.running, timeout=PATIENCE_MS)


@pytest.fixture
def registry(desk):
    return Registry(desk.runner)


@pytest.fixture
def dialog(qtbot, desk, registry):
    dialog = PullDialog(None, desk.library, desk.engine.about, registry.look_up)
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    dialog.done(0)


def answered(qtbot, dialog, text):
    dialog.name.edit.setText(text)
    qtbot.waitUntil(lambda: dialog.remote.text()[:6] not in {"", "Asking"}, timeout=PATIENCE_MS)
    return dialog.remote.text()


def test_why_a_registry_does_not_tell_is_said_with_the_way_on(qtbot, dialog, registry):
    registry.answer = EngineRefused("app:9", "the moon is full")

    assert answered(qtbot, dialog, "app:9").endswith("It says: “the moon is full”.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("scratch", "“scratch” stands for nothing at all; no registry has it."),
        (
            "host:99999/x",
            "“host:99999” is no address of a registry. Write it as host or host:port, such as "
            "localhost:5000.",
        ),
    ],
)
def test_what_no_registry_has_is_refused_as_typed(dialog, text, said):
    dialog.name.edit.setText(text)

    assert dialog.name.field.said.text() == said
    assert not dialog.verb.isEnabled()


def test_what_would_stay_as_it_is_gets_no_warning(qtbot, dialog, registry, desk):
    dialog.name.edit.setText("app:1")
    assert "has this tag now" in dialog.name.warning.text()
    assert dialog.name.warning.isVisible()

    image = replace(desk.library.images[A], digests=(f"app@{C}",))
    desk.library.show(replace(desk.library.snapshot, images=desk.library.images | {A: image}))
    registry.answer = RemoteImage("app:1", C)
    assert answered(qtbot, dialog, "app:1").endswith("has exactly this already.")
    assert not dialog.name.warning.isVisible()

    dialog.name.edit.setText("app:2")
    assert dialog.name.warning.isVisible()


def test_an_image_with_many_tags_keeps_some_and_a_number_of_others(dialog):
    dialog.name.edit.setText("r.example/app:0")

    assert "and 56 more." in dialog.name.warning.text()


def test_of_all_tags_each_may_move(dialog):
    dialog.name.edit.setText("app:9")
    dialog.all_tags.click()

    assert dialog.moving.text() == (
        "app:1, app:2, app:3 may move, if the registry has another image there."
    )
    dialog.all_tags.click()
    assert not dialog.moving.isVisible()
