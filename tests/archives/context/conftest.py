import pytest

from fakes.nobody import as_nobody
from layerhold.domain.builders import Builder
from layerhold.domain.building import BuildWish


@pytest.fixture
def context(tmp_path):
    folder = tmp_path / "context"
    folder.mkdir()
    (folder / "Dockerfile").write_text("FROM scratch\n")
    return folder


@pytest.fixture
def wish(context):
    return BuildWish(context, Builder.CLASSIC)


@pytest.fixture
def nobodys():
    """A context that is gone through as somebody who may not read everything, unlike root."""
    with as_nobody() as folder:
        (folder / "Dockerfile").write_text("FROM scratch\n")
        (folder / "open").write_text("open")
        (folder / "shut").write_text("shut")
        (folder / "shut").chmod(0)
        (folder / "folder").mkdir(mode=0)
        yield folder
