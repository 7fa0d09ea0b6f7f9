"""Which of some files may be archives; no disk may hold up the window meanwhile."""

from collections.abc import Sequence
from pathlib import Path

from layerhold.archives.recognising import may_be_archive
from layerhold.jobs.context import Context


def archives_among(paths: Sequence[Path], context: Context) -> tuple[Path, ...]:
    """Those that are worth being looked into."""
    found = []
    for path in paths:
        context.token.check()
        if may_be_archive(path):
            found.append(path)
    return tuple(found)
