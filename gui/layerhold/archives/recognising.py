"""Whether a file may be an archive of images or of files, by its first bytes."""

from pathlib import Path

from layerhold.archives import files
from layerhold.archives.compression import HEAD, Compression, told
from layerhold.archives.oci_walk import INDEX
from layerhold.archives.streams import exactly
from layerhold.archives.tar_headers import BLOCK, NotAHeader, header
from layerhold.domain.archive_errors import ArchiveFailure


def may_be_archive(path: Path) -> bool:
    """Whether it is worth being looked into; what cannot be read is not."""
    try:
        with files.told_as_failure(str(path)):
            is_folder = path.is_dir()
        return _is_layout(path) if is_folder else _is_tar(path)
    except ArchiveFailure:
        return False


def _is_layout(folder: Path) -> bool:
    with files.opened_inside(folder, INDEX):
        return True


def _is_tar(path: Path) -> bool:
    with files.opened(path) as file:
        block = exactly(file, BLOCK)
    if told(block[:HEAD]) is not Compression.NONE:
        return True
    try:
        return len(block) == BLOCK and bool(header(block))
    except NotAHeader:
        return False
