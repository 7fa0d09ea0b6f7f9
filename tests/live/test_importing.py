"""File systems that real engines make images of."""

import tarfile
from io import BytesIO

import pytest

from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.committing import ImportWish
from layerhold.domain.container_errors import InvalidChange
from layerhold.domain.errors import FileNotWritten, InvalidReference, Unsupported
from layerhold.domain.progress import Phase, Progress
from layerhold.domain.run_defaults import run_defaults
from layerhold.engine.about import Endpoint
from layerhold.engine.docker.engine import connect
from live.family import ids, tags
from live.images import busybox

pytestmark = pytest.mark.live

NAME = "example.com:5000/team/import:2"


@pytest.fixture
def engine(any_engine):
    engine = connect(Endpoint("live", any_engine.url, "--host"))
    yield engine
    engine.close()


def take(engine, wish, files=None, report=lambda _progress: None):
    return engine.import_file_system(iter([files or busybox().content]), wish, report)


def test_an_image_as_it_was_wished(engine):
    changes = ('CMD ["sleep", "5"]', "ENV A=b", "EXPOSE 80/tcp", "WORKDIR /srv", "LABEL k=v")
    reports = []

    image_id = take(engine, ImportWish(NAME, "by hand", changes), report=reports.append)

    assert tags(engine) == {NAME: image_id}
    defaults = run_defaults(engine.inspect(image_id))
    assert (defaults.command, defaults.ports) == (("sleep", "5"), ("80/tcp",))
    assert ("A", "b") in defaults.environment
    assert defaults.working_folder == "/srv"
    assert engine.image(image_id).labels["k"] == "v"
    (step,) = engine.steps(image_id)
    assert step.entry.comment == "by hand"
    assert reports == [Progress(phase=Phase.IMPORTING)]


def test_an_image_without_a_name(engine):
    image_id = take(engine, ImportWish())

    assert (ids(engine), tags(engine)) == ({image_id}, {})


def test_a_name_is_taken_from_the_image_that_has_it(engine):
    first = take(engine, ImportWish(NAME, "first"))

    second = take(engine, ImportWish(NAME, "second", ("ENV A=b",)))

    assert tags(engine) == {NAME: second}
    assert ids(engine) == {first, second}


@pytest.mark.parametrize(
    ("wish", "kind"),
    [
        (ImportWish(NAME, changes=("RUN make",)), InvalidChange),
        (ImportWish(NAME, changes=("HELLO world",)), InvalidChange),
        (ImportWish(NAME, changes=("ENV",)), InvalidChange),
        (ImportWish("Upper/case:1"), InvalidReference),
        (ImportWish(NAME, platform="linux/arm64"), Unsupported),
    ],
)
def test_what_no_engine_makes_of_it(engine, wish, kind):
    with pytest.raises(kind):
        take(engine, wish)
    assert ids(engine) == set()


def test_files_that_are_no_archive(engine):
    with pytest.raises(ArchiveFailure) as caught:
        take(engine, ImportWish(NAME), b"\x07" * 5_000_000)

    assert caught.value.fault is ArchiveFault.NOT_AN_ARCHIVE
    assert ids(engine) == set()


def test_an_archive_that_ends_too_early(engine):
    with pytest.raises(ArchiveFailure) as caught:
        take(engine, ImportWish(NAME), busybox().content[:500_000])

    assert caught.value.fault is ArchiveFault.TRUNCATED
    assert ids(engine) == set()


def test_an_archive_that_breaks_off_here_is_imported_nowhere(engine):
    def breaking():
        yield busybox().content[:100_000]
        raise FileNotWritten("/media/stick", "gone")

    with pytest.raises(FileNotWritten):
        engine.import_file_system(breaking(), ImportWish(NAME), lambda _progress: None)

    assert tags(engine) == {}


def test_a_folder_s_files_are_in_the_image(engine, any_engine):
    out = BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        entry = tarfile.TarInfo("etc/motd")
        entry.size = 5
        tar.addfile(entry, BytesIO(b"hello"))
    take(engine, ImportWish(NAME, changes=('CMD ["x"]',)), out.getvalue())

    container = any_engine.cli("create", "--network", "none", NAME).splitlines()[-1]
    copied = any_engine.cli("cp", f"{container}:/etc/motd", "-")

    assert "hello" in copied
