"""Talk to a `docker-credential-…` program: a message on its standard input, never an argument."""

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from select import PIPE_BUF
from selectors import EVENT_READ, EVENT_WRITE, BaseSelector, DefaultSelector
from time import monotonic
from typing import IO

from layerhold.domain.cancel import Token
from layerhold.domain.credential_errors import HelperFailed, HelperTimedOut

SECONDS = 60.0
"""A helper may ask the user for a passphrase before it answers."""
LARGEST = 1_000_000
"""Bytes of an answer."""
CHUNK = 65536

Process = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True, repr=False)
class Ended:
    """What a program said until it ended, secrets included."""

    code: int
    said: bytes
    complained: bytes


def converse(
    program: Path,
    verb: str,
    message: bytes,
    environ: Mapping[str, str],
    token: Token | None = None,
    seconds: float = SECONDS,
) -> Ended:
    """Run the program to its end, or end it with all that it has started."""
    process = _start(program, verb, environ)
    kill = partial(_kill, process)
    with process, token.breaking(kill) if token else nullcontext():
        try:
            ended = _until_it_ends(process, message, monotonic() + seconds)
        except (subprocess.TimeoutExpired, TimeoutError) as error:
            raise HelperTimedOut(program.name) from error
        except OverflowError as error:
            raise HelperFailed(program.name, str(error)) from error
        finally:
            kill()
    if token:
        token.check()
    return ended


def _start(program: Path, verb: str, environ: Mapping[str, str]) -> Process:
    pipe = subprocess.PIPE
    try:
        return subprocess.Popen(
            [program, verb],
            bufsize=0,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            env=environ,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        raise HelperFailed(program.name, str(getattr(error, "strerror", error))) from error


def _kill(process: Process) -> None:
    """End the program's whole session, unless the program has been seen to end."""
    if process.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _until_it_ends(process: Process, message: bytes, deadline: float) -> Ended:
    said, complained = bytearray(), bytearray()
    with DefaultSelector() as streams:
        if process.stdin and process.stdout and process.stderr:
            streams.register(process.stdin, EVENT_WRITE, _writing(process.stdin, message))
            streams.register(process.stdout, EVENT_READ, _reading(process.stdout, said))
            streams.register(process.stderr, EVENT_READ, _reading(process.stderr, complained))
        _exchange(streams, deadline)
    code = process.wait(max(0.0, deadline - monotonic()))
    return Ended(code, bytes(said), bytes(complained))


def _exchange(streams: BaseSelector, deadline: float) -> None:
    """Write and read at once: a program may say much before it listens."""
    while streams.get_map():
        ready = streams.select(max(0.0, deadline - monotonic()))
        if not ready:
            raise TimeoutError
        for stream, _ in ready:
            if next(stream.data):
                streams.unregister(stream.fileobj)


def _writing(pipe: IO[bytes], message: bytes) -> Iterator[bool]:
    """Write a little at a time, as much as never blocks; true once nothing is left to do."""
    for start in range(0, len(message), PIPE_BUF):
        try:
            os.write(pipe.fileno(), message[start : start + PIPE_BUF])
        except BrokenPipeError:
            break
        yield False
    pipe.close()
    yield True


def _reading(pipe: IO[bytes], content: bytearray) -> Iterator[bool]:
    while chunk := os.read(pipe.fileno(), CHUNK):
        content += chunk
        if len(content) > LARGEST:
            raise OverflowError(f"more than {LARGEST} bytes of an answer")
        yield False
    yield True
