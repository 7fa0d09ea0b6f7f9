"""What is found in the folders of the shelf."""

import os
import time
from pathlib import Path

import pytest

from layerhold.archives.leftovers import YOUNG_SECONDS
from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled
from layerhold.jobs.context import Context
from layerhold.jobs.shelves import CALM_SECONDS, look


@pytest.fixture
def token():
    return Token()


@pytest.fixture
def context(token):
    return Context(lambda _report: None, token)


def file(folder, name, content=b"12345", age=100.0):
    path = folder / name
    path.write_bytes(content)
    then = time.time() - age
    os.utime(path, (then, then))
    return path


def test_archives_are_told_by_their_names_and_stand_by_name(context, tmp_path):
    for name in ("b.tar", "A.TAR.GZ", "c.tgz", "d.txt", ".hidden.tar", "e.tar.zst.part"):
        file(tmp_path, name)
    (tmp_path / "folder.tar").mkdir()
    (shelf,) = look([tmp_path], context)
    assert [each.path.name for each in shelf.archives] == ["A.TAR.GZ", "b.tar", "c.tgz"]
    assert {each.size for each in shelf.archives} == {5}
    assert shelf.problem == ""


def test_an_oci_layout_is_an_archive_of_unknown_size(context, tmp_path):
    layout = tmp_path / "layout"
    layout.mkdir()
    (layout / "oci-layout").write_text("{}")
    (shelf,) = look([tmp_path], context)
    assert [(each.path, each.size) for each in shelf.archives] == [(layout, None)]


@pytest.mark.parametrize(("age", "grows"), [(0.0, True), (2 * CALM_SECONDS, False), (-60.0, False)])
def test_what_was_just_written_may_grow(context, tmp_path, age, grows):
    file(tmp_path, "a.tar", age=age)
    ((found,),) = (shelf.archives for shelf in look([tmp_path], context))
    assert found.grows is grows


def test_a_folder_that_cannot_be_read_says_why(context, tmp_path):
    file(tmp_path, "a.tar")
    gone, works = look([tmp_path / "gone", tmp_path], context)
    assert (gone.archives, gone.problem) == ((), "No such file or directory")
    assert len(works.archives) == 1


def test_links_that_lead_nowhere_are_passed_over(context, tmp_path):
    (tmp_path / "a.tar").symlink_to("nowhere")
    file(tmp_path, "b.tar")
    (shelf,) = look([tmp_path], context)
    assert [each.path.name for each in shelf.archives] == ["b.tar"]


def test_what_a_killed_save_left_goes(context, tmp_path):
    left = file(tmp_path, f".layerhold-{'0' * 16}.part", age=2 * YOUNG_SECONDS)
    look([tmp_path], context)
    assert not left.exists()


def test_it_can_be_cancelled(context, token, tmp_path):
    file(tmp_path, "a.tar")
    token.cancel()
    with pytest.raises(Cancelled):
        look([Path(tmp_path)], context)
