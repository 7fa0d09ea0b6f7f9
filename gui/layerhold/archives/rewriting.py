"""The tar that an engine gets: only what was chosen, named as wished, in a form it can read.

Memory does not grow with the archive. A compressed archive is decompressed once more for each
pass: one to send it, and one before where layers must be unpacked that do not tell how large they
become.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from layerhold.archives import docker_writing, oci_writing, tar_writing
from layerhold.archives.choosing import Choice, Receiver, can_pass, chosen
from layerhold.archives.contents import Contents
from layerhold.archives.parts import opened_plain
from layerhold.archives.streams import blocks
from layerhold.domain.cancel import Token


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A tar on its way; it can be read once."""

    size: int
    """Bytes that `chunks` gives."""
    chunks: Iterator[bytes]
    is_untouched: bool = False
    """Whether it is the archive itself, decompressed."""


def rewrite(contents: Contents, choice: Choice, receiver: Receiver, token: Token) -> Rewritten:
    """Prepare what to send; raises `ArchiveFailure`, as do the chunks."""
    images = chosen(contents, choice)
    if can_pass(contents, choice, receiver):
        return Rewritten(contents.plain_size, _as_it_is(contents, token), is_untouched=True)
    if receiver.reads_oci and all(image.manifest for image in images):
        copied, written = oci_writing.members(contents, images, choice)
    else:
        copied, written = docker_writing.members(contents, images, choice, receiver, token)
    chunks = tar_writing.chunks(contents.place, copied, written, token)
    return Rewritten(tar_writing.size(copied, written), chunks)


def _as_it_is(contents: Contents, token: Token) -> Iterator[bytes]:
    with opened_plain(contents.place, token) as stream:
        yield from blocks(stream, token)
