"""Load archives and import file systems through the window, on real engines."""

import contextlib
import gzip
import json
import time
from threading import Event, Thread

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from archives.layouts import Layout, packed, write_folder, write_tar, zstd
from fakes.desks import when_open
from layerhold.actions.loading_images import load
from layerhold.application import Application
from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled
from layerhold.engine.about import Endpoint
from layerhold.engine.docker.engine import connect
from layerhold.jobs.job import Outcome
from layerhold.library import Phase
from layerhold.models.load_tree import EFFECT, WHAT
from layerhold.wording.details import details
from live.images import Layer, Sketch, busybox, write_archive

pytestmark = pytest.mark.live

PATIENCE_MS = 20_000
OLD = Sketch((busybox(),), ("example.com/app:1", "example.com/app:0"))
WEB = Sketch((busybox(), Layer("COPY w /", {"w": b"w" * 9000})), ("example.com/web:1",))
APP = Sketch((busybox(), Layer("COPY a /", {"a": b"a" * 9000})), ("example.com/app:1",))


@pytest.fixture(params=["dockerd", pytest.param("podman_service", marks=pytest.mark.thorough)])
def any_engine(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def startup(qtbot, open_window, any_engine, tmp_path):
    """The window on an engine that has the old image."""
    any_engine.load(write_archive(tmp_path / "old.tar", (OLD,)))
    startup = open_window(any_engine.url)
    qtbot.waitUntil(lambda: startup.library.connection.phase is Phase.LIVE, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: len(startup.library.images) == 1, timeout=PATIENCE_MS)
    return startup


@pytest.fixture
def desk(qtbot, startup):
    """What the actions of that window work with."""
    found = startup.findChild(Application).desk
    qtbot.waitUntil(lambda: found.engine is not None, timeout=PATIENCE_MS)
    return found


@pytest.fixture
def archive(tmp_path):
    return write_archive(tmp_path / "shop.tar", (WEB, APP))


@pytest.fixture
def ended(qtbot, startup):
    """The newest job of those that the user sees, once it has ended."""

    def newest(number=1):
        model = startup.window.activity.model
        qtbot.waitUntil(
            lambda: len(model.jobs) == number and not model.jobs[0].running, timeout=PATIENCE_MS
        )
        return model.jobs[0]

    return newest


def press(qtbot, before=lambda _dialog: None):
    """Change something in the dialog once it knows the files, and carry it out."""

    def act(dialog):
        qtbot.waitUntil(dialog.verb.isEnabled, timeout=PATIENCE_MS)
        before(dialog)
        qtbot.waitUntil(dialog.verb.isEnabled, timeout=PATIENCE_MS)
        qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)

    return act


def row(dialog, *rows):
    index = dialog.model.index(rows[0], WHAT)
    for each in rows[1:]:
        index = dialog.model.index(each, WHAT, index)
    return index


def tags(startup):
    """By tag, the ID of its image."""
    return {tag: each.id for each in startup.library.images.values() for tag in each.tags}


def wait_for(qtbot, startup, expected):
    qtbot.waitUntil(lambda: tags(startup) == expected, timeout=PATIENCE_MS)


def test_an_archive_is_loaded_and_leads_to_its_image(qtbot, startup, desk, archive, ended):
    seen = []

    def look(dialog):
        index = row(dialog, 0, 1, 0).siblingAtColumn(EFFECT)
        seen.append((dialog.headline.text(), index.data()))

    when_open(press(qtbot, look))
    load(desk, [archive])
    job = ended()

    assert "2 images with 2 tags will be loaded" in seen[0][0]
    assert "which keeps example.com/app:0" in seen[0][1]
    wait_for(
        qtbot,
        startup,
        {OLD.tags[1]: OLD.id, WEB.tags[0]: WEB.id, APP.tags[0]: APP.id},
    )
    assert f"taken from {OLD.id}" in details(job)
    assert "example.com/app:1 has moved away from" in startup.window.notices.text
    job.way_on.act()
    assert {each.image_id for each in startup.window.images.selected_targets()} == {WEB.id}


class TagWatch:
    """Looks without a pause at which image has a tag, and hears what is told of tags meanwhile."""

    def __init__(self, url, tag):
        self._url, self._tag = url, tag
        self.holders, self.told = set(), []
        """IDs of images, and events about tags."""
        self._token, self._began = Token(), Event()

    def __enter__(self):
        self._threads = [Thread(target=self._look), Thread(target=self._listen)]
        for thread in self._threads:
            thread.start()
        assert self._began.wait(PATIENCE_MS / 1000)
        return self

    def __exit__(self, *_):
        self._token.cancel()
        for thread in self._threads:
            thread.join()

    def _look(self):
        engine = connect(Endpoint("watch", self._url, "--host"))
        is_over = False
        while not is_over:
            # Read first, so that the last look is one after the end.
            is_over = self._token.cancelled
            self.holders.add(engine.image(self._tag).id)
            self._began.set()
        engine.close()

    def _listen(self):
        engine = connect(Endpoint("listen", self._url, "--host"))
        with contextlib.suppress(Cancelled):
            for event in engine.events(self._token):
                if event.action in {"tag", "untag"}:
                    self.told.append(event)
        engine.close()


def test_a_tag_that_is_unticked_never_moves_not_even_briefly(
    qtbot, startup, desk, archive, ended, any_engine
):
    def untick(dialog):
        dialog.view.setCurrentIndex(row(dialog, 0, 1, 0))
        qtbot.keyClick(dialog.view, Qt.Key.Key_Space)

    with TagWatch(any_engine.url, OLD.tags[0]) as watch:
        when_open(press(qtbot, untick))
        load(desk, [archive])
        ended()
    assert watch.holders == {OLD.id}
    assert OLD.id not in {event.actor for event in watch.told}
    wait_for(qtbot, startup, {**dict.fromkeys(OLD.tags, OLD.id), WEB.tags[0]: WEB.id})
    assert APP.id in startup.library.images

    with TagWatch(any_engine.url, OLD.tags[0]) as watch:
        when_open(press(qtbot))
        load(desk, [archive])
        ended(2)
    assert APP.id in watch.holders


def test_a_tag_comes_under_another_name(qtbot, startup, desk, archive, ended):
    def rename(dialog):
        dialog.view.setCurrentIndex(row(dialog, 0, 1, 0))
        qtbot.keyClick(dialog.view, Qt.Key.Key_F2)
        edit = dialog.view.findChild(QLineEdit)
        edit.selectAll()
        qtbot.keyClicks(edit, "example.com/app:2")
        with qtbot.waitSignal(dialog.draft.planned, timeout=PATIENCE_MS):
            qtbot.keyClick(edit, Qt.Key.Key_Return)

    when_open(press(qtbot, rename))
    load(desk, [archive])
    ended()

    wait_for(
        qtbot,
        startup,
        {
            **dict.fromkeys(OLD.tags, OLD.id),
            WEB.tags[0]: WEB.id,
            "example.com/app:2": APP.id,
        },
    )


@pytest.mark.parametrize("form", ["folder", pytest.param("tar", marks=pytest.mark.thorough)])
def test_a_layout_with_zstd_is_converted_for_the_engine(
    qtbot, startup, desk, ended, tmp_path, form
):
    layout = Layout()
    layout.add(WEB, pack=zstd)
    write = write_folder if form == "folder" else write_tar
    path, said = write(tmp_path / "layout", layout.done()), []

    def look(dialog):
        said.append(row(dialog, 0).siblingAtColumn(EFFECT).data())

    when_open(press(qtbot, look))
    load(desk, [path])
    ended()

    assert "OCI layout, converted to a docker archive" in said[0]
    wait_for(qtbot, startup, {**dict.fromkeys(OLD.tags, OLD.id), WEB.tags[0]: WEB.id})


def test_archives_are_dropped_on_the_window(qtbot, startup, desk, archive, ended, tmp_path):
    packed_one = tmp_path / "shop.tar.gz"
    packed_one.write_bytes(gzip.compress(archive.read_bytes(), 1))
    window, mime = startup.window, QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(packed_one))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    assert desk.engine is not None

    when_open(press(qtbot))
    enter = QDragEnterEvent(QPoint(300, 300), copy, mime, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(300, 300), copy, mime, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, drop)

    assert ended().title == "Load shop.tar.gz"
    wait_for(
        qtbot,
        startup,
        {OLD.tags[1]: OLD.id, WEB.tags[0]: WEB.id, APP.tags[0]: APP.id},
    )


def test_files_on_the_command_line_are_asked_about_once_the_images_are_there(
    qtbot, open_window, dockerd, archive
):
    when_open(press(qtbot))
    startup = open_window(dockerd.url, files=(str(archive),))

    qtbot.waitUntil(lambda: set(tags(startup)) == {*WEB.tags, *APP.tags}, timeout=PATIENCE_MS)


def test_a_root_file_system_becomes_an_image_that_runs(
    qtbot, startup, desk, ended, tmp_path, any_engine
):
    root = tmp_path / "root.tar"
    root.write_bytes(busybox().content)

    def fill(dialog):
        qtbot.keyClicks(dialog.source.edit, str(root))
        qtbot.keyClicks(dialog.name.edit, "example.com/app:1")
        qtbot.keyClicks(dialog.message, "from a stick")
        qtbot.keyClicks(dialog.changes.edit, 'CMD ["/bin/sh", "-c", "echo hello"]')
        qtbot.waitUntil(dialog.verb.isEnabled, timeout=PATIENCE_MS)
        qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)

    assert desk.engine is not None
    when_open(fill)
    startup.window.commands.import_.trigger()
    job = ended()

    made = job.result.image_id
    wait_for(qtbot, startup, {OLD.tags[1]: OLD.id, OLD.tags[0]: made})
    assert job.result.displaced == OLD.id
    assert "hello" in any_engine.cli("run", "--rm", "--network", "none", OLD.tags[0])


@pytest.mark.parametrize("any_engine", ["podman_service"], indirect=True)
def test_a_short_name_is_what_the_engine_makes_of_it(qtbot, startup, desk, ended, tmp_path):
    root = tmp_path / "root.tar"
    root.write_bytes(busybox().content)

    def fill(dialog):
        qtbot.keyClicks(dialog.source.edit, str(root))
        qtbot.keyClicks(dialog.name.edit, "made:1")
        qtbot.waitUntil(dialog.verb.isEnabled, timeout=PATIENCE_MS)
        qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)

    assert desk.engine is not None
    when_open(fill)
    startup.window.commands.import_.trigger()
    job = ended()

    qtbot.waitUntil(lambda: job.result.reference in tags(startup), timeout=PATIENCE_MS)


def test_what_no_engine_should_get_is_told_in_words_and_not_sent(qtbot, startup, desk, tmp_path):
    files = {
        "c.json": APP.config,
        "manifest.json": json.dumps(
            [{"Config": "c.json", "RepoTags": APP.tags, "Layers": ["../../etc/passwd", "/x"]}]
        ).encode(),
    }
    hostile = write_tar(tmp_path / "hostile.tar", files)
    text, said = tmp_path / "text.tar", []
    text.write_bytes(packed({"a": b"x"})[:300])

    def look(dialog):
        qtbot.waitUntil(lambda: dialog.is_settled, timeout=PATIENCE_MS)
        said.extend(row(dialog, 0, 0).siblingAtColumn(EFFECT).data().split(" and "))
        said.append(row(dialog, 1).siblingAtColumn(EFFECT).data())
        said.append(dialog.verb.isEnabled())
        dialog.reject()

    when_open(look)
    load(desk, [hostile, text])

    assert "leads out of the archive" in said[0]
    assert "text.tar" in said[-2]
    assert said[-1] is False
    assert startup.window.activity.model.jobs == ()


def test_a_layer_that_is_not_what_it_should_be_is_a_failure(qtbot, startup, desk, ended, tmp_path):
    broken = write_archive(tmp_path / "broken.tar", (WEB,))
    broken.write_bytes(broken.read_bytes().replace(b"w" * 100, b"v" * 100))

    when_open(press(qtbot))
    load(desk, [broken])
    job = ended()

    assert job.outcome is Outcome.FAILED
    assert "is damaged" in startup.window.notices.text
    assert str(broken) in details(job)
    assert WEB.tags[0] not in tags(startup)


def test_a_load_is_cancelled_within_a_second_and_leaves_nothing(
    qtbot, startup, desk, ended, tmp_path
):
    bulk = Layer("COPY bulk /", {"bulk": bytes(range(256)) * 300_000})
    large = write_archive(tmp_path / "large.tar", [Sketch((bulk,), ("example.com/large:1",))])

    when_open(press(qtbot))
    load(desk, [large])
    jobs = startup.window.activity.model.jobs
    qtbot.waitUntil(lambda: bool(jobs[0].progress and jobs[0].progress.done), timeout=PATIENCE_MS)
    began = time.monotonic()
    jobs[0].cancel()
    job = ended()

    assert time.monotonic() - began < 1.0
    assert job.outcome is Outcome.CANCELLED
    assert "example.com/large:1" not in tags(startup)
