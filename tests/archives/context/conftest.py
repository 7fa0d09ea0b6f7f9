import os
import shutil
import tempfile
from pathlib import Path

import pytest

from layerhold.domain.builders import Builder
from layerhold.domain.building import BuildWish

NOBODY = 65534


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
    place = Path(tempfile.mkdtemp(prefix="layerhold-"))
    place.chmod(0o777)
    folder = place / "context"
    folder.mkdir()
    (folder / "Dockerfile").write_text("FROM scratch\n")
    (folder / "open").write_text("open")
    (folder / "shut").write_text("shut")
    (folder / "shut").chmod(0)
    (folder / "folder").mkdir(mode=0)
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    yield folder
    if root:
        os.seteuid(0)
    (folder / "folder").chmod(0o700)
    shutil.rmtree(place)
