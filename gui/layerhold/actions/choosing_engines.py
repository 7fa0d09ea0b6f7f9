"""Show the engine that the user chooses, now and when Layerhold starts again."""

import os
from functools import partial
from pathlib import Path

from layerhold.actions.desk import Desk
from layerhold.actions.following import Follower
from layerhold.actions.report import report
from layerhold.engine import kept
from layerhold.engine.about import Endpoint


def choose(desk: Desk, follower: Follower, endpoint: Endpoint) -> None:
    """Switch to it, and begin with it the next time."""
    follower.switch(endpoint)
    path = kept.file(os.environ, Path.home())
    job = desk.runner.start(
        "Keep the choice", lambda _: kept.keep(path, chosen=endpoint.url), quiet=True
    )
    job.failed.connect(partial(report, desk))
