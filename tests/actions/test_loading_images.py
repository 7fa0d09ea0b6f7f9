"""Loading and importing, from the wish to what is told of it."""

import pytest
from PySide6.QtCore import Qt, QTimer

from archives.layouts import unpacked, write_tar
from fakes.desks import desk_over, when_open
from layerhold.actions.importing import import_file_system
from layerhold.actions.loading_images import load
from layerhold.domain.digests import short
from layerhold.domain.errors import Cancelled, DiskFull, EngineGone, EngineRefused
from layerhold.jobs.job import Outcome
from layerhold.models.load_tree import EFFECT, WHAT
from layerhold.planning.load_rows import Spot
from layerhold.wording import progress
from layerhold.wording.details import details
from live.images import Layer, Sketch, write_archive
from planning.model_engine import GraphDriver

A, B = (f"sha256:{letter * 64}" for letter in "ab")
ONE, TWO = (Layer(f"COPY {name} /", {name: name.encode() * 1000}) for name in "ab")
BASE, APP = Sketch((ONE,), ("base:1",)), Sketch((ONE, TWO), ("app:1",))
PATIENCE_MS = 5000


@pytest.fixture
def desk(qtbot):
    desk = desk_over(GraphDriver().add(A, ["app:1", "app:0"]))
    qtbot.addWidget(desk.window)
    desk.jobs, desk.shown = [], []
    desk.show_image = desk.shown.append
    desk.runner.started.connect(lambda job: None if job.quiet else desk.jobs.append(job))
    yield desk
    qtbot.waitUntil(lambda: not desk.runner.running, timeout=PATIENCE_MS)


@pytest.fixture
def family(desk, tmp_path):
    desk.engine.holds = {"base:1": BASE.id, "app:1": APP.id}
    return write_archive(tmp_path / "family.tar", (BASE, APP))


def press(qtbot, before=lambda _dialog: None):
    """Change something in the dialog, and carry it out."""

    def act(dialog):
        qtbot.waitUntil(dialog.verb.isEnabled, timeout=PATIENCE_MS)
        before(dialog)
        qtbot.waitUntil(dialog.verb.isEnabled, timeout=PATIENCE_MS)
        qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)

    return act


def done(qtbot, desk, number=1):
    qtbot.waitUntil(
        lambda: len(desk.jobs) == number and not desk.jobs[-1].running, timeout=PATIENCE_MS
    )
    return desk.jobs[-1]


def test_what_was_shown_is_loaded_and_told(qtbot, desk, family):
    when_open(press(qtbot))
    load(desk, [family])
    job = done(qtbot, desk)

    assert job.title == "Load family.tar"
    assert desk.engine.archive == family.read_bytes()
    said = "Loaded 2 images with 2 tags. app:1 has moved away from aaaaaaaaaaaa."
    assert desk.notices.text == said
    told = details(job)
    assert f"app:1  {APP.id}\n    taken from {A}" in told
    assert f"base:1  {BASE.id}" in told
    job.way_on.act()
    assert (job.way_on.text, desk.shown) == ("Show image", [BASE.id])


def test_only_what_is_ticked_is_sent(qtbot, desk, family):
    desk.engine.holds = {"base:2": BASE.id}

    def change(dialog):
        dialog.draft.tick([Spot(0, 1)], ticked=False)
        dialog.draft.rename(Spot(0, 0, 0), "base:2")

    when_open(press(qtbot, change))
    load(desk, [family])
    done(qtbot, desk)

    sent = unpacked(desk.engine.archive)
    assert b"base:2" in sent["manifest.json"]
    assert b"base:1" not in sent["manifest.json"]
    assert b"app" not in sent["manifest.json"]
    assert desk.notices.text == "Loaded base:2."


def test_cancel_sends_nothing(qtbot, desk, family):
    when_open(lambda dialog: qtbot.keyClick(dialog.view, Qt.Key.Key_Escape))
    load(desk, [family])

    assert desk.jobs == []
    assert desk.engine.archive == b""


def test_a_tag_that_went_elsewhere_meanwhile_is_left_there_and_the_plan_shown_anew(
    qtbot, desk, family
):
    when_open(press(qtbot, lambda dialog: rename_while_a_tag_is_stolen(qtbot, desk, dialog)))
    load(desk, [family])
    job = done(qtbot, desk)
    assert job.outcome is Outcome.FAILED
    assert desk.engine.archive == b""
    assert "app:1 changed while you were deciding" in desk.notices.text

    seen = []
    when_open(lambda dialog: (seen.extend(tags_of(qtbot, dialog)), dialog.reject()))
    job.retry()
    assert seen == [
        ("base:9", "New · base:1 in the archive"),
        ("app:1", f"Moves away from {'b' * 12}, which keeps other:1"),
    ]


def rename_while_a_tag_is_stolen(qtbot, desk, dialog):
    def steal(name):
        if name == "image" and B not in desk.engine.model.images:
            desk.engine.model.add(B, ["other:1"])
            desk.engine.tag(B, "app:1")

    dialog.draft.rename(Spot(0, 0, 0), "base:9")
    qtbot.waitUntil(lambda: dialog.draft.current, timeout=PATIENCE_MS)
    desk.engine.before_each_call = steal


def tags_of(qtbot, dialog):
    """The first tag of every image, and what happens to it."""
    qtbot.waitUntil(dialog.verb.isEnabled, timeout=PATIENCE_MS)
    archive = dialog.model.index(0, WHAT)
    for row in range(dialog.model.rowCount(archive)):
        tag = dialog.model.index(0, WHAT, dialog.model.index(row, WHAT, archive))
        yield tag.data(), tag.siblingAtColumn(EFFECT).data()


def test_of_several_archives_those_that_failed_are_tried_again(qtbot, desk, family, tmp_path):
    other = write_archive(tmp_path / "other.tar", [Sketch((TWO,), ("other:1",))])
    loads = []

    def fail_first(name):
        if name == "load":
            loads.append(name)
            if len(loads) == 1:
                raise DiskFull("")

    desk.engine.before_each_call = fail_first
    when_open(press(qtbot))
    load(desk, [family, other])
    job = done(qtbot, desk)

    assert progress.outcome(job) == "Partly done"
    assert "1 file could not be loaded." in desk.notices.text
    assert "The disk of the engine is full." in details(job)
    paths = []
    when_open(lambda dialog: (paths.extend(dialog.draft.paths), dialog.reject()))
    job.retry()
    assert paths == [family]


def test_what_an_engine_keeps_of_an_archive_that_it_gives_up_is_told(qtbot, desk, family):
    def refuse_the_second(name):
        if name == "tag" and APP.id in desk.engine.model.images:
            raise EngineRefused("", "parsing time")

    desk.engine.holds = {"app:0": BASE.id, "base:1": APP.id}
    desk.engine.before_each_call = refuse_the_second
    when_open(press(qtbot, lambda dialog: dialog.draft.rename(Spot(0, 0, 0), "app:0")))
    load(desk, [family])
    job = done(qtbot, desk)

    assert progress.outcome(job) == "Partly done"
    assert desk.notices.text == (
        "Loaded app:0. app:0 has moved away from aaaaaaaaaaaa. "
        "The rest of family.tar could not be loaded. The engine refused to do this."
    )
    told = details(job)
    assert f"app:0  {BASE.id}\n    taken from {A}" in told
    assert "parsing time" in told


def test_an_image_without_a_tag_is_told_where_the_engine_gives_up_after_it(qtbot, desk, tmp_path):
    bare = Sketch((ONE,))

    def refuse_in_the_end(name):
        if name == "import":
            desk.engine.model.add(bare.id)
            raise EngineRefused("", "parsing time")

    desk.engine.before_each_call = refuse_in_the_end
    when_open(press(qtbot))
    load(desk, [write_archive(tmp_path / "bare.tar", (bare, APP))])
    done(qtbot, desk)

    assert desk.notices.text.startswith(f"Loaded {short(bare.id)}. The rest of bare.tar")


def test_cancelled_while_the_engine_imports_it_says_that_it_may_go_on(qtbot, desk, family):
    def stop(name):
        if name == "import":
            raise Cancelled

    desk.engine.before_each_call = stop
    when_open(press(qtbot))
    load(desk, [family])
    job = done(qtbot, desk)

    assert job.outcome is Outcome.CANCELLED
    assert desk.notices.text.startswith("“Load family.tar” was cancelled. The engine has all of it")
    assert "may finish it all the same" in details(job)


def test_cancelled_before_the_engine_has_everything_nothing_goes_on(qtbot, desk, family):
    def stop(name):
        if name == "load":
            raise Cancelled

    desk.engine.before_each_call = stop
    when_open(press(qtbot))
    load(desk, [family])
    job = done(qtbot, desk)

    assert (job.outcome, job.aftermath, desk.notices.text) == (Outcome.CANCELLED, "", "")


def test_of_several_the_one_that_was_cancelled_may_come_all_the_same(qtbot, desk, family, tmp_path):
    asked = []

    def stop(name):
        asked.append(name)
        if name == "import" and asked.count("load") == 2:
            raise Cancelled

    desk.engine.before_each_call = stop
    other = write_archive(tmp_path / "other.tar", [Sketch((TWO,), ("other:1",))])
    when_open(press(qtbot))
    load(desk, [family, other])
    done(qtbot, desk)

    assert "1 file could not be loaded." in desk.notices.text
    assert "may finish it all the same" in desk.notices.text


def test_what_was_not_begun_is_told(qtbot, desk, family, tmp_path):
    other = write_archive(tmp_path / "other.tar", [Sketch((TWO,), ("other:1",))])

    def lose(name):
        if name == "load":
            raise EngineGone

    desk.engine.before_each_call = lose
    when_open(press(qtbot))
    load(desk, [family, other])
    job = done(qtbot, desk)

    assert "Nothing was loaded. 1 file could not be loaded. 1 file not begun." in details(job)
    assert str(other) in details(job)
    assert progress.outcome(job) == "Partly done"


def test_without_an_engine_nothing_is_asked(desk, family):
    desk.engine = None
    load(desk, [family])
    assert not import_file_system(desk, family)


def test_a_root_file_system_is_imported_from_the_dialog_that_cannot_load_it(qtbot, desk, tmp_path):
    root = write_tar(tmp_path / "root.tar", {"etc/hostname": b"", "bin/sh": b"", "usr/a": b""})

    def name_it(dialog):
        qtbot.keyClicks(dialog.name.edit, "app:1")
        qtbot.waitUntil(dialog.verb.isEnabled, timeout=PATIENCE_MS)
        qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)

    def offered(dialog):
        qtbot.waitUntil(dialog.import_one.isVisible, timeout=PATIENCE_MS)
        when_open_above(dialog, name_it)
        qtbot.mouseClick(dialog.import_one, Qt.MouseButton.LeftButton)

    when_open(offered)
    load(desk, [root])
    job = done(qtbot, desk)

    assert job.title == "Import root.tar"
    assert desk.engine.archive == root.read_bytes()
    assert desk.notices.text == "Imported app:1. aaaaaaaaaaaa had this tag before, and has lost it."
    assert job.result.image_id in details(job)
    job.way_on.act()
    assert desk.shown == [job.result.image_id]


def when_open_above(below, act):
    """Do something with the dialog that opens over another one."""
    from fakes.desks import dialog

    def look():
        found = dialog()
        if found is None or found is below:
            QTimer.singleShot(5, look)
        else:
            act(found)

    QTimer.singleShot(0, look)
