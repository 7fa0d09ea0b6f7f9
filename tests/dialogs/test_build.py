from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from fakes.desks import desk_over
from fakes.nobody import as_nobody
from layerhold.dialogs.argument_table import NAME, VALUE
from layerhold.dialogs.build import BuildDialog, BuildTools
from layerhold.dialogs.build_place_field import path_of
from layerhold.domain.builders import Builder, BuilderChoice, Reason
from layerhold.domain.building import Secret
from layerhold.domain.networks import Network
from layerhold.engine.about import About, Kind, Store
from layerhold.engine.docker.building.choosing import CLASSIC
from layerhold.jobs.building import Workshop
from planning.model_engine import GraphDriver

A = f"sha256:{'a' * 64}"
ABOUT = About(Kind.DOCKER, "20.10.24", "1.41", Store.GRAPH_DRIVER, platform="linux/amd64")
BUILDKIT = Workshop(BuilderChoice(Builder.BUILDX, Reason.INSTALLED, version="0.13.1"))
CLASSIC_ONLY = Workshop(
    BuilderChoice(Builder.CLASSIC, Reason.NO_PLUGIN, CLASSIC), (Network("shop", "bridge"),)
)
NONE = Workshop(BuilderChoice(None, Reason.NO_BUILDER))
DOCKERFILE = """ARG MODE=slow
FROM scratch AS base
ARG TOKEN
RUN --mount=type=cache,target=/c it
FROM base AS final
"""
PATIENCE_MS = 5000


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "Dockerfile").write_text(DOCKERFILE)
    (folder / "large").write_bytes(b"x" * 3000)
    return folder


@pytest.fixture
def desk(qtbot):
    desk = desk_over(GraphDriver().add(A, ["app:1"]))
    qtbot.addWidget(desk.window)
    yield desk
    qtbot.waitUntil(lambda: not desk.runner.running, timeout=PATIENCE_MS)


@pytest.fixture
def opened(qtbot, desk):
    made = []

    def show(path=None, workshop=BUILDKIT, folders=()):
        around = partial(desk.runner.start, "Look", lambda _: workshop, quiet=True)
        tools = BuildTools(desk.runner, around)
        dialog = BuildDialog(None, desk.library, ABOUT, tools, folders, path)
        qtbot.addWidget(dialog)
        dialog.show()
        made.append(dialog)
        return dialog

    yield show
    for dialog in made:
        dialog.reject()


@pytest.fixture
def ready(qtbot, opened, folder):
    def show(path=folder, **others):
        dialog = opened(path, **others)
        known(qtbot, dialog)
        return dialog

    return show


def known(qtbot, dialog):
    qtbot.waitUntil(
        lambda: bool(dialog.workshop and (dialog.look.summary or dialog.look.failure)),
        timeout=PATIENCE_MS,
    )


def put(table, row, column, text):
    table.item(row, column).setText(text)


def test_a_folder_is_enough(qtbot, ready, folder):
    dialog = ready()
    wish = dialog.wish
    assert (wish.context, wish.dockerfile) == (folder, folder / "Dockerfile")
    assert (wish.builder, wish.tags, wish.arguments, wish.target) == (Builder.BUILDX, (), {}, "")
    assert wish.expected_bytes == 3000 + len(DOCKERFILE)
    assert dialog.windowTitle() == "Build image"
    assert dialog.verb.text() == "&Build"
    assert "BuildKit builds, through docker buildx 0.13.1." in dialog.builder.text()
    assert not dialog.problem.isVisible()
    qtbot.keyClick(dialog.tags.edit, Qt.Key.Key_Return)
    assert dialog.result() == dialog.DialogCode.Accepted


def test_everything_that_is_chosen_becomes_the_wish(qtbot, ready, monkeypatch, tmp_path):
    monkeypatch.setenv("TOKEN_OF_MINE", "hidden-value")
    dialog = ready()
    qtbot.keyClicks(dialog.tags.edit, "shop/app:2 shop/app")
    dialog.target.setCurrentIndex(dialog.target.findData("base"))
    put(dialog.arguments, 0, VALUE, "fast")
    put(dialog.arguments, 2, NAME, "HTTP_PROXY")
    put(dialog.arguments, 2, VALUE, "http://p")
    key = tmp_path / "key"
    dialog.secrets.edit.setPlainText(f"id=one,env=TOKEN_OF_MINE\nid=two,src={key}")
    choose_options(dialog.options)

    wish = dialog.wish
    expected = {
        "tags": ("shop/app:2", "shop/app:latest"),
        "target": "base",
        "arguments": {"MODE": "fast", "HTTP_PROXY": "http://p"},
        "secrets": (Secret("one", value="hidden-value"), Secret("two", key)),
        "labels": {"made by": "me"},
        "cache_from": ("app:0",),
        "network": "host",
        "platform": "linux/arm64",
        "no_cache": True,
        "always_pull": True,
    }
    assert {name: getattr(wish, name) for name in expected} == expected
    assert "hidden-value" not in repr(wish)
    assert "hidden-value" not in dialog.secrets.edit.toPlainText()


def choose_options(options):
    options.labels.edit.setPlainText("made by=me")
    options.cache_from.edit.setPlainText("app:0")
    options.network.setCurrentIndex(options.network.findData("host"))
    options.platform.setCurrentIndex(options.platform.findData("linux/arm64"))
    options.no_cache.click()
    options.always_pull.click()


def test_arguments_are_those_of_the_dockerfile_with_their_defaults(ready):
    table = ready().arguments
    shown = [[table.item(row, column).text() for column in range(3)] for row in range(2)]
    assert shown == [["MODE", "", "slow"], ["TOKEN", "", ""]]
    assert table.arguments == {}
    table.item(1, NAME).setCheckState(Qt.CheckState.Checked)
    assert table.arguments == {"TOKEN": ""}
    put(table, 2, NAME, "not a name")
    assert table.problem is not None


def test_the_classic_builder_says_what_it_lacks_and_takes_no_secrets(ready):
    dialog = ready(workshop=CLASSIC_ONLY)
    assert "because docker has no buildx here" in dialog.builder.text()
    assert "It takes no secrets." in dialog.builder.text()
    assert not dialog.secrets.isEnabled()
    assert dialog.secrets.says.text() == "This builder takes no secrets; BuildKit does."
    assert dialog.problem.text() == "Line 4: RUN --mount needs BuildKit."
    assert dialog.options.network.findData("shop") > 0
    assert dialog.wish.builder is Builder.CLASSIC
    assert dialog.context.sum.text().endswith("are sent.")


def test_an_engine_that_builds_nothing_is_told(ready):
    dialog = ready(workshop=NONE)
    assert dialog.wish is None
    assert not dialog.verb.isEnabled()
    assert "This engine builds no images." in dialog.builder.text()


def test_what_would_be_sent_is_shown_the_largest_first(ready):
    view = ready().context
    assert view.sum.text().startswith("At most 2 files, 3.1 kB")
    assert view.largest.topLevelItem(0).text(0) == "large"
    assert view.largest.topLevelItem(0).text(1) == "3 kB"
    assert view.left_out.text() == "There is no .dockerignore: everything is sent."


def test_it_is_looked_at_anew_when_the_ignore_file_comes_and_changes(qtbot, ready, folder):
    dialog = ready()
    (folder / ".dockerignore").write_text("nothing\n")
    qtbot.waitUntil(lambda: "left out" in dialog.context.left_out.text(), timeout=PATIENCE_MS)
    (folder / ".dockerignore").write_text("large\n")
    qtbot.waitUntil(
        lambda: dialog.context.left_out.text() == "1 item left out by .dockerignore.",
        timeout=PATIENCE_MS,
    )
    assert dialog.wish.expected_bytes < 3000


def test_refresh_sees_what_nothing_told_of(qtbot, ready, folder):
    (folder / "deep").mkdir()
    dialog = ready()
    (folder / "deep/more").write_bytes(b"x" * 5000)
    qtbot.mouseClick(dialog.context.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.look.summary.largest[0].path == "deep/more", timeout=PATIENCE_MS)


def test_the_dockerfile_is_read_again_when_it_changes(qtbot, ready, folder):
    dialog = ready()
    put(dialog.arguments, 0, VALUE, "fast")
    (folder / "Dockerfile").write_text("ARG MODE\nFORM scratch AS x\nFROM scratch AS only\n")
    qtbot.waitUntil(lambda: dialog.target.findData("only") > 0, timeout=PATIENCE_MS)
    assert dialog.problem.text() == "Line 2: there is no instruction FORM."
    assert dialog.arguments.arguments == {"MODE": "fast"}


def test_a_dockerfile_stands_for_its_folder(ready, folder):
    other = folder / "test.Dockerfile"
    other.write_text("FROM scratch\n")
    dialog = ready(other)
    assert dialog.place.folder.currentText() == str(folder)
    assert dialog.place.dockerfile.currentText() == "test.Dockerfile"
    assert dialog.wish.dockerfile == other


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/nowhere/at/all", "There is no folder /nowhere/at/all to build from."),
        ("{folder}/empty", "There is no Dockerfile {folder}/empty/Dockerfile."),
        ("{folder}/hollow", "The Dockerfile {folder}/hollow/Dockerfile is empty."),
    ],
)
def test_why_nothing_can_be_built_there(qtbot, opened, folder, text, said):
    (folder / "empty").mkdir()
    (folder / "hollow").mkdir()
    (folder / "hollow/Dockerfile").write_text("\n")
    dialog = opened()
    assert dialog.reason.text() == "Choose a folder or a Dockerfile."
    dialog.place.folder.setCurrentText(text.format(folder=folder))
    known(qtbot, dialog)
    assert dialog.problem.text().startswith(said.format(folder=folder))
    assert dialog.wish is None
    assert not dialog.verb.isEnabled()


@pytest.mark.parametrize(
    ("text", "said"), [("ARG X=1\n", "There is no FROM."), ("FROM a\nFORM b\n", "instruction FORM")]
)
def test_what_the_builder_is_sure_to_stumble_over_is_not_sent(ready, folder, text, said):
    (folder / "Dockerfile").write_text(text)
    dialog = ready(workshop=CLASSIC_ONLY)
    assert said in dialog.problem.text()
    assert dialog.wish is None
    assert not dialog.verb.isEnabled()
    assert dialog.reason.text() == "The Dockerfile cannot be built as it is."


def test_buildkit_has_the_last_word(ready, folder):
    (folder / "Dockerfile").write_text("FROM a\nFORM b\n")
    assert ready().verb.isEnabled()


def test_what_cannot_be_read_stops_it(ready):
    with as_nobody() as folder:
        (folder / "Dockerfile").write_text(DOCKERFILE)
        (folder / "shut").mkdir(mode=0)
        dialog = ready(folder)
    assert dialog.context.warning.text().startswith("shut cannot be read, which stops the build.")
    assert dialog.wish is None
    assert dialog.reason.text() == "Something under Context cannot be read."


def test_a_line_that_is_no_pattern_is_told_once(ready, folder):
    (folder / ".dockerignore").write_text("[\n")
    dialog = ready()
    assert dialog.problem.text() == (
        f"{folder}/.dockerignore has a line that is no pattern: [. "
        "Correct that line, then build again."
    )
    assert dialog.context.sum.text() == ""


def test_who_would_lose_a_tag_is_told(qtbot, ready):
    dialog = ready()
    qtbot.keyClicks(dialog.tags.edit, "app:1")
    assert dialog.tags.warning.text().startswith(f"{'a' * 12} has app:1 now.")
    qtbot.keyClicks(dialog.tags.edit, " Nope")
    assert dialog.wish is None
    assert dialog.tags.field.said.isVisible()


def test_wrong_secrets_and_labels_stop_it(ready):
    dialog = ready()
    dialog.secrets.edit.setPlainText("id=a,env=NOT_THERE_AT_ALL")
    assert dialog.wish is None
    dialog.secrets.edit.setPlainText("")
    dialog.options.labels.edit.setPlainText("none")
    assert dialog.reason.text() == "Something under Options is not right yet."


def test_what_is_dropped_on_it_is_built(qtbot, opened, folder):
    dialog = opened()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder / "Dockerfile"))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    dialog.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    known(qtbot, dialog)
    assert dialog.wish.context == folder


def test_the_last_folder_is_offered_first(qtbot, opened, folder):
    dialog = opened(folders=(str(folder), "/elsewhere"))
    known(qtbot, dialog)
    assert dialog.wish.context == folder
    assert dialog.place.folder.count() == 2


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (" '/a b/c' ", Path("/a b/c")),
        ("file:///a%20b/Dockerfile\nfile:///c", Path("/a b/Dockerfile")),
        ("relative", None),
        ("", None),
        ("\n", None),
    ],
)
def test_paths_as_they_are_pasted(text, path):
    assert path_of(text) == path
    assert path_of("~/x") == Path.home() / "x"
