from pathlib import Path

import pytest

import fakes
from layerhold.domain.builders import Builder
from layerhold.domain.building import BuildWish
from layerhold.engine.docker.building.ledger import Ledger

RECORDED = Path(fakes.__path__[0], "builds")
"""What dockerd 20.10, Podman 4.3 and buildx 0.13 on dockerd 26.1 wrote for these Dockerfiles."""


class Watched:
    """A ledger, and all that it told."""

    def __init__(self):
        self.reports, self.notes = [], []
        self.ledger = Ledger(self.reports.append, self.notes.append)

    @property
    def steps(self):
        return self.ledger.steps


@pytest.fixture
def watched():
    return Watched()


@pytest.fixture
def recorded():
    return RECORDED


@pytest.fixture
def wish(tmp_path):
    (tmp_path / "Dockerfile").write_text("FROM scratch\n")
    return BuildWish(tmp_path, Builder.BUILDX, tags=("app:1",))
