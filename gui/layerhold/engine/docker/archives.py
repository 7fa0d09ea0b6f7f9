"""Archives of images out of an engine and into it."""

import json
from collections.abc import Generator, Iterable, Iterator, Sequence
from http import HTTPStatus

from layerhold.domain.cancel import Token
from layerhold.domain.errors import EngineRefused
from layerhold.domain.progress import Phase, Progress, Report
from layerhold.engine.docker.answers import refusal
from layerhold.engine.docker.archive_refusals import damage_meaning
from layerhold.engine.docker.session import Session

BLOCK = 1 << 18
"""Bytes that are read at once; more costs memory and no less time."""
TAIL = 4096
"""Bytes at an archive's end in which an engine's last words stand."""
LAST_WORDS = b'{"errorDetail"'
TAR = {"Content-Type": "application/x-tar"}


def save(
    session: Session, references: Sequence[str], token: Token | None = None, platform: str = ""
) -> Generator[bytes, None, None]:
    """The archive in blocks; closing the iterator ends the engine's work too."""
    options: dict[str, str | list[str]] = {"names": list(references)}
    if platform:
        options["platform"] = platform_json(platform)
    subject = references[0] if len(references) == 1 else ""
    with session.client(subject, token, lasting=True) as client:
        answer = client.ask("GET", "/images/get", params=options, stream=True)
        tail = b""
        # Not `iter_content`: it hands on each of the engine's pieces, 32 KiB at most.
        while block := answer.raw.read(BLOCK, decode_content=False):
            yield block
            tail = block[-TAIL:] if len(block) >= TAIL else (tail + block)[-TAIL:]
        _check_end(tail)


def _check_end(tail: bytes) -> None:
    """An archive ends in zeros; a containerd store may end it in an error instead."""
    _archive, found, words = tail.rpartition(LAST_WORDS)
    if found and words.rstrip().endswith(b"}"):
        failure = refusal(HTTPStatus.OK, found + words)
        raise damage_meaning(failure) if isinstance(failure, EngineRefused) else failure


def platform_json(platform: str) -> str:
    """`os/architecture[/variant]` as the API takes it since 1.48."""
    names = ("os", "architecture", "variant")
    return json.dumps(dict(zip(names, platform.split("/"), strict=False)))


def announced(chunks: Iterable[bytes], report: Report) -> Iterator[bytes]:
    """The chunks, and word that the engine has them all."""
    yield from chunks
    report(Progress(phase=Phase.IMPORTING))
