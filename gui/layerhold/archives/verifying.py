"""Whether everything in an archive is what the archive says it is; reads every byte of it."""

import hashlib
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from layerhold.archives import engine_errors
from layerhold.archives.choosing import refuse_unusable
from layerhold.archives.compression import Compression
from layerhold.archives.contents import Contents, Part, ProblemKind
from layerhold.archives.parts import streams
from layerhold.archives.reading import read
from layerhold.archives.streams import Reported, Stream, blocks, plain
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.cancel import Token
from layerhold.domain.progress import Phase, Progress, Report


def verify(path: Path, token: Token, report: Report) -> Contents:
    """What is in the archive, if all of it is sound; else raises `ArchiveFailure`.

    Every layer has the digest that its image's configuration tells, and the one by which an OCI
    layout calls it; nothing is missing, and the tar is ended as it should be.
    """
    contents = read(path, token, report)
    _refuse_loose_end(contents, token)
    for image in contents.images:
        if not any(problem.kind is ProblemKind.NOT_INCLUDED for problem in image.problems):
            refuse_unusable(contents, image)
    _verify_layers(contents, token, report)
    return contents


def _refuse_loose_end(contents: Contents, token: Token) -> None:
    path = contents.place.path
    if contents.has_rest:
        failure = ArchiveFailure(str(path), ArchiveFault.CORRUPT, "bytes after the end")
        raise engine_errors.sought(path, failure, token)
    if not contents.is_ended:
        raise ArchiveFailure(str(path), ArchiveFault.TRUNCATED)


@dataclass(slots=True)
class _Expected:
    """The digests that a part must have."""

    stored: set[str] = field(default_factory=set)
    plain: set[str] = field(default_factory=set)
    """Of what is in it, where it is packed."""


class _Hashed:
    """A stream that takes the digests of what is read from it."""

    def __init__(self, stream: Stream, expected: set[str]) -> None:
        self.path = stream.path
        self._stream, self._expected = stream, expected
        algorithms = {digest.partition(":")[0] for digest in expected}
        self._hashes = {algorithm: hashlib.new(algorithm) for algorithm in algorithms}

    @property
    def position(self) -> int:
        return self._stream.position

    def read(self, limit: int) -> bytes:
        data = self._stream.read(limit)
        for each in self._hashes.values():
            each.update(data)
        return data

    def skip(self, count: int) -> None:
        raise NotImplementedError("what is passed over has no digest")

    def finish(self, token: Token) -> None:
        """Read what is left, and raise `ArchiveFailure` if it was something else."""
        for _ in blocks(self, token):
            pass
        found = {f"{name}:{each.hexdigest()}" for name, each in self._hashes.items()}
        if wrong := self._expected - found:
            detail = f"{', '.join(sorted(wrong))} is {', '.join(sorted(found))}"
            raise ArchiveFailure(self.path, ArchiveFault.WRONG_DIGEST, detail)


def _verify_layers(contents: Contents, token: Token, report: Report) -> None:
    expected = _expected(contents)
    total, done = sum(part.size for part in expected), 0
    for part, stream in streams(contents.place, expected, token):
        tell = partial(_tell, report, done, total, part.name)
        _verify_part(part, Reported(stream, tell), expected[part], token)
        done += part.size


def _expected(contents: Contents) -> dict[Part, _Expected]:
    found: dict[Part, _Expected] = {}
    for layer in {layer for image in contents.images for layer in image.layers}:
        if layer.part:
            expected = found.setdefault(layer.part, _Expected())
            expected.plain.add(layer.diff_id)
            expected.stored.update([layer.digest] if layer.digest else [])
    return found


def _verify_part(part: Part, stream: Stream, expected: _Expected, token: Token) -> None:
    try:
        if part.compression is Compression.NONE:
            _Hashed(stream, expected.stored | expected.plain).finish(token)
        else:
            stored = _Hashed(stream, expected.stored)
            _Hashed(plain(stored, part.compression, token), expected.plain).finish(token)
            stored.finish(token)
    except ArchiveFailure as failure:
        detail = f"{part.name}: {failure.detail}"
        raise ArchiveFailure(failure.path, failure.fault, detail) from None


def _tell(report: Report, before: int, total: int, name: str, done: int) -> None:
    report(Progress(before + done, total, "bytes", name, Phase.VERIFYING))
