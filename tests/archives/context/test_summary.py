import os
import socket
import subprocess
import tracemalloc
from time import process_time

import pytest

from layerhold.archives.context.summary import refuse_unreadable, summarize
from layerhold.domain.build_errors import ContextFault, ContextProblem
from layerhold.domain.builders import Builder
from layerhold.domain.building import BuildWish, Entry
from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled


def summary_of(wish):
    return summarize(wish, lambda _: None, Token())


def test_files_bytes_and_the_largest(context, wish):
    for size in range(20):
        (context / f"file{size}").write_bytes(b"x" * size * 100)
    (context / "folder").mkdir()

    summary = summary_of(wish)

    assert (summary.files, summary.bytes) == (21, 19_000 + len("FROM scratch\n"))
    assert summary.largest[0] == Entry("file19", 1900)
    assert [entry.size for entry in summary.largest] == list(range(1900, 900, -100))


def test_what_the_ignore_file_keeps_away_is_counted(context, wish):
    for name in ("a.log", "b.log", "modules/deep/file", "modules/keep/file", "other/x"):
        (context / name).parent.mkdir(parents=True, exist_ok=True)
        (context / name).write_bytes(b"12345")
    (context / ".dockerignore").write_text("*.log\nmodules\n!modules/keep\nother\n")

    summary = summary_of(wish)

    assert summary.left_out == 5  # a.log, b.log, modules, modules/deep and other
    assert summary.files == 3
    assert summary.ignore_file == context / ".dockerignore"


def test_links_count_and_are_not_followed(context, wish):
    (context / "loop").symlink_to(".")
    (context / "self").symlink_to("self")
    (context / "away").symlink_to("/")
    assert summary_of(wish).files == 4


def test_sockets_and_pipes_do_no_harm(context, wish, monkeypatch):
    monkeypatch.chdir(context)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("sock")
        os.mkfifo("pipe")
        summary = summary_of(wish)
    assert summary.skipped == ("sock",)
    assert summary.files == 2


def test_what_cannot_be_read_is_told_by_its_path(nobodys):
    summary = summary_of(BuildWish(nobodys, Builder.CLASSIC))
    assert summary.unreadable == ("folder", "shut")


def test_what_is_left_out_need_not_be_readable(nobodys):
    summary = summary_of(
        BuildWish(nobodys, Builder.CLASSIC, dockerfile=_ignoring(nobodys, "folder\nshut\n"))
    )
    assert summary.unreadable == ()
    assert summary.left_out == 2


def test_before_buildkit_reads_it_the_first_unreadable_thing_is_told(nobodys):
    wish = BuildWish(nobodys, Builder.BUILDX, _ignoring(nobodys, "folder\n"))
    with pytest.raises(ContextProblem) as caught:
        refuse_unreadable(wish, Token())
    assert (caught.value.path, caught.value.fault) == ("shut", ContextFault.UNREADABLE_FILE)
    refuse_unreadable(BuildWish(nobodys, Builder.BUILDX, _ignoring(nobodys, "*\n")), Token())


def _ignoring(folder, text):
    """A Dockerfile whose ignore file lies beside it, where everybody may write."""
    place = folder.parent / f"{folder.name}.Dockerfile"
    place.with_name(f"{place.name}.dockerignore").write_text(text)
    return place


@pytest.mark.parametrize("name", ["missing", "Dockerfile"])
def test_no_folder_no_context(context, name):
    with pytest.raises(ContextProblem) as caught:
        summary_of(BuildWish(context / name, Builder.CLASSIC))
    assert caught.value.fault is ContextFault.NO_FOLDER


def test_a_link_to_a_folder_is_a_context(context, tmp_path):
    (tmp_path / "link").symlink_to(context)
    assert summary_of(BuildWish(tmp_path / "link", Builder.CLASSIC)).files == 1


def test_folders_may_be_deeper_than_python_goes(context, wish):
    deepest = context.joinpath(*["d"] * 1500)
    subprocess.run(["mkdir", "-p", deepest], check=True)
    (deepest / "file").touch()
    try:
        assert summary_of(wish).files == 2
    finally:
        # Nor could pytest remove it.
        subprocess.run(["rm", "-r", context / "d"], check=True)


def test_it_can_be_cancelled_in_the_middle(context, wish):
    for number in range(1000):
        (context / f"{number}").touch()
    token = Token()

    def report(progress):
        if progress.done:
            token.cancel()

    with pytest.raises(Cancelled):
        summarize(wish, report, token)


@pytest.mark.thorough
@pytest.mark.parametrize("folders", [1, 300])
def test_a_hundred_thousand_files(context, wish, folders):
    for folder in range(folders):
        (context / f"folder{folder}").mkdir()
    for number in range(100_000):
        os.close(os.open(context / f"folder{number % folders}/{number}", os.O_CREAT))
    (context / ".dockerignore").write_text("**/node_modules\n*.log\n!keep.log\n**/*.pyc\n")

    before = process_time()
    assert summary_of(wish).files == 100_002
    seconds = process_time() - before
    tracemalloc.start()
    summary_of(wish)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert seconds < 10
    assert peak < 30_000_000
