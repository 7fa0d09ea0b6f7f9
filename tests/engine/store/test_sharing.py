"""Two programs at one store, and what those that died have left."""

import os
import time
from threading import Event, Thread

import pytest

from engine.store.stores import BASE, CHILD, LONER, SKETCHES, blobs, entries, opened, problems, tags
from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled, EngineGone
from layerhold.engine.store import locking
from layerhold.engine.store.layout import Layout, check, enter, prepare
from layerhold.engine.store.leases import leased
from layerhold.engine.store.leftovers import RESUMABLE_SECONDS
from layerhold.engine.store.locking import locked
from layerhold.engine.store.partial import partial
from layerhold.engine.store.sweeping import GRACE_SECONDS
from live.images import Sketch, write_archive

DIGEST = "sha256:" + 64 * "a"


def make_due(folder):
    """Let the next removal look at everything."""
    os.utime(folder / ".layerhold/swept", (0, 0))


def aged(path, seconds):
    then = time.time() - seconds - 60
    os.utime(path, (then, then))


def test_changes_at_the_same_time_all_count(store, load, folder):
    load([LONER])
    stores = [opened(folder) for _ in range(4)]

    def tag_many(number):
        for each in range(10):
            stores[number].tag(LONER.id, f"t{number}:{each}")

    workers = [Thread(target=tag_many, args=(number,)) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(tags(store)) == 41
    assert problems(folder) == []


def test_one_waits_while_another_changes_the_store_and_can_be_cancelled(store, load, folder):
    load([LONER])
    token = Token()
    token.cancel()

    with locked(Layout(folder).lock), pytest.raises(Cancelled):
        store.load([b"x" * 100], lambda _: None, token)


def test_who_holds_on_for_ever_is_told(store, load, folder, monkeypatch):
    load([LONER])
    monkeypatch.setattr(locking, "PATIENCE_SECONDS", 0.05)

    with locked(Layout(folder).lock), pytest.raises(locking.StoreFailure) as refused:
        store.tag(LONER.id, "a")
    assert refused.value.fault is locking.StoreFault.BUSY


def test_what_another_is_about_to_use_is_not_deleted(store, load, folder):
    load(SKETCHES)
    layer = CHILD.layers[2].diff_id
    with leased(Layout(folder)) as lease:
        lease.hold([layer])
        store.remove(CHILD.id, force=True)
        assert layer in blobs(folder)

    store.load([write_bytes(folder, [CHILD])], lambda _: None)
    store.remove(CHILD.id, force=True)
    assert layer not in blobs(folder)


def write_bytes(folder, sketches):
    return write_archive(folder.parent / "again.tar", sketches).read_bytes()


def test_what_a_save_reads_stays_until_it_is_written(store, load, folder):
    load([LONER])
    saving = store.save([LONER.tags[0]], Token())
    first = next(saving)
    opened(folder).remove(LONER.id)
    whole = first + b"".join(saving)

    assert opened(folder).list_images() == ()
    store.load([whole], lambda _: None)
    assert tags(store) == {LONER.tags[0]: LONER.id}


def test_the_leases_of_the_dead_hold_nothing(store, load, folder):
    load(SKETCHES)
    (folder / ".layerhold/leases/dead").write_text(f"{CHILD.layers[2].diff_id}\n")
    store.remove(CHILD.id, force=True)

    assert CHILD.layers[2].diff_id not in blobs(folder)
    assert list(folder.glob(".layerhold/leases/*")) == []


def test_a_blob_of_another_program_has_time_to_be_named(store, load, folder):
    load([BASE, LONER])
    path = folder / "blobs" / DIGEST.replace(":", "/")
    path.write_bytes(b"written by skopeo just now")
    store.remove(LONER.id)
    assert path.exists()

    aged(path, GRACE_SECONDS)
    make_due(folder)
    store.remove(BASE.id)
    assert not path.exists()


def test_what_the_dead_left_half_written_goes_and_what_can_be_resumed_stays(store, load, folder):
    load([BASE, LONER])
    left = folder / ".layerhold/partial"
    (left / "new-0123").write_bytes(b"x")
    (left / "file-0123").write_bytes(b"x")
    (left / DIGEST.replace(":", "-")).write_bytes(b"half")
    old = left / f"sha256-{64 * 'b'}"
    old.write_bytes(b"half")
    aged(old, RESUMABLE_SECONDS)
    with partial(Layout(folder)) as used:
        used.write(b"in use")
        store.remove(LONER.id)
        assert used.path.exists()

    assert [path.name for path in left.iterdir()] == [DIGEST.replace(":", "-")]


def test_what_came_of_a_blob_is_gone_on_with(load, folder):
    load([LONER])
    layout = Layout(folder)
    with partial(layout, DIGEST) as first:
        first.write(b"half ")
    with partial(layout, DIGEST) as second:
        assert (second.size, b"".join(second.blocks())) == (5, b"half ")
        second.write(b"and half")
        second.keep(DIGEST)

    assert layout.blob(DIGEST).read_bytes() == b"half and half"
    assert list(layout.partial.iterdir()) == []


def test_two_that_fetch_the_same_blob_do_not_write_into_each_other(load, folder):
    load([LONER])
    layout = Layout(folder)
    with partial(layout, DIGEST) as one, partial(layout, DIGEST) as other:
        assert one.path != other.path
        one.write(b"whole")
        one.keep(DIGEST)
        other.write(b"whole")
        other.keep(DIGEST)

    assert layout.blob(DIGEST).read_bytes() == b"whole"


def test_an_artifact_that_we_do_not_know_keeps_what_it_names(store, load, folder):
    import json

    from archives.layouts import digest

    load([LONER])
    part = b"a part of something"
    document = json.dumps({"blobs": [{"digest": digest(part), "size": len(part)}]}).encode()
    for content in (part, document):
        path = folder / "blobs" / digest(content).replace(":", "/")
        path.write_bytes(content)
        aged(path, GRACE_SECONDS)
    index = json.loads((folder / "index.json").read_bytes())
    index["manifests"].append({"mediaType": "x", "digest": digest(document), "size": len(document)})
    (folder / "index.json").write_text(json.dumps(index))
    store.remove(LONER.id)

    assert blobs(folder) == {digest(part), digest(document)}
    assert [entry["digest"] for entry in entries(folder)] == [digest(document)]


class Listener:
    """Hears of changes on a thread of its own."""

    def __init__(self, store, since_ns=None):
        self.heard, self.token, self.end = Event(), Token(), None
        self._events = store.events(self.token, since_ns)
        self._thread = Thread(target=self._listen)
        self._thread.start()

    def _listen(self):
        try:
            for _ in self._events:
                self.heard.set()
        except (Cancelled, EngineGone) as end:
            self.end = end

    def finish(self):
        self._thread.join(5)
        assert not self._thread.is_alive()


def test_changes_by_anybody_are_heard_at_once(store, load, folder):
    load([LONER])
    now = time.time_ns()
    listener = Listener(store, now)
    while not listener.heard.is_set():
        opened(folder).tag(LONER.id, f"new:{time.monotonic_ns()}")
        listener.heard.wait(0.1)
    listener.token.cancel()
    listener.finish()

    assert isinstance(listener.end, Cancelled)


def test_what_changed_before_the_listening_began_is_heard_too(store, load):
    before = time.time_ns()
    load([LONER])
    listener = Listener(store, before)

    assert listener.heard.wait(5)
    listener.token.cancel()
    listener.finish()


def test_listening_makes_the_store_and_ends_when_it_goes(store, folder):
    listener = Listener(store, 0)
    assert listener.heard.wait(5)
    assert (folder / "index.json").exists()
    folder.rename(folder.with_name("moved"))
    listener.finish()

    assert isinstance(listener.end, EngineGone)


def test_a_second_store_sees_what_the_first_did(store, load, folder):
    other = opened(folder)
    assert other.list_images() == ()
    load([LONER])
    assert tags(other) == {LONER.tags[0]: LONER.id}
    other.remove(LONER.id)
    assert tags(store) == {}
    store.load([write_bytes(folder, [Sketch(LONER.layers)])], lambda _: None)
    assert [image.dangling for image in other.list_images()] == [True]


def test_a_store_that_is_made_while_one_looks_is_one(tmp_path, monkeypatch):
    layout, look = Layout(tmp_path / "store"), os.path.lexists
    looked = []

    def look_then_make(path):
        """What is seen first is from before it was made."""
        was_there = look(path)
        if not looked:
            looked.append(path)
            enter(layout)
            prepare(layout)
            layout.index.unlink()
        return was_there

    layout.path.mkdir()
    monkeypatch.setattr(os.path, "lexists", look_then_make)
    check(layout)
    assert looked == [layout.path / "oci-layout"]
