"""The bytes of an archive's parts, in the order in which they are stored.

A compressed archive is read from its beginning each time, so that one pass should ask for
everything it needs.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from layerhold.archives import files
from layerhold.archives.contents import Part, Place
from layerhold.archives.streams import Stream, Window, plain
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.cancel import Token


def streams(place: Place, parts: Iterable[Part], token: Token) -> Iterator[tuple[Part, Stream]]:
    """Each part once, with a stream that is good until the next one is asked for."""
    if place.is_folder:
        yield from _of_folder(place, parts, token)
        return
    with opened_plain(place, token) as stream:
        for part in sorted(set(parts), key=lambda part: part.offset):
            token.check()
            stream.skip(part.offset - stream.position)
            yield part, Window(stream, part.size)


@contextmanager
def opened_plain(place: Place, token: Token) -> Iterator[Stream]:
    """The whole tar, decompressed."""
    with files.opened(place.path) as file:
        if files.stamp(place.path) != place.stamp:
            raise ArchiveFailure(str(place.path), ArchiveFault.CHANGED)
        yield plain(file, place.compression, token)


def _of_folder(place: Place, parts: Iterable[Part], token: Token) -> Iterator[tuple[Part, Stream]]:
    for part in sorted(set(parts), key=lambda part: part.name):
        token.check()
        with files.opened_inside(place.path, part.name) as file:
            if file.size != part.size:
                raise ArchiveFailure(str(place.path), ArchiveFault.CHANGED, part.name)
            yield part, Window(file, part.size)
