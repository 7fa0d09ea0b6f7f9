"""Waits until any process changes a store, and costs nothing meanwhile.

Linux tells of a folder's changes by inotify, for which Python has no module. Elsewhere nothing is
told, and only another look shows what others have changed.
"""

import ctypes
import os
import select
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from layerhold.domain.cancel import Token
from layerhold.domain.errors import EngineGone

WRITTEN, RENAMED, DELETED, GONE, LOST = 0x8, 0x80, 0x200, 0x400 | 0x800, 0x4000
"""Of `sys/inotify.h`: a file written and closed, renamed or deleted; the folder itself deleted or
moved; more changes than the system remembers."""
HEAD = struct.Struct("iIII")
"""A note's beginning: watch, what happened, a number that joins two notes, length of the name."""
NOTES = 1 << 16
"""Bytes of notes that are read at once."""


def changes(file: Path, token: Token, since_ns: int | None = None) -> Iterator[None]:
    """Once for each change of the file; ends with `Cancelled` or `EngineGone`.

    Once at the beginning, if it changed since that moment (Unix nanoseconds).
    """
    with _bell(token) as bell, _watch(file.parent) as watch:
        if since_ns is not None and file.stat().st_mtime_ns >= since_ns:
            yield
        waiting = [bell] if watch is None else [bell, watch]
        while True:
            readable, _, _ = select.select(waiting, [], [])
            token.check()
            if watch is not None and watch in readable and _tells(os.read(watch, NOTES), file):
                yield


@contextmanager
def _bell(token: Token) -> Iterator[int]:
    """Becomes readable when the token is cancelled."""
    ear, button = os.pipe()
    try:
        with token.breaking(lambda: _press(button)):
            yield ear
    finally:
        os.close(ear)
        os.close(button)


def _press(button: int) -> None:
    os.write(button, b"!")


@contextmanager
def _watch(folder: Path) -> Iterator[int | None]:
    """Becomes readable when something in the folder changes; `None` where no system tells."""
    if sys.platform != "linux":
        yield None
        return
    system = ctypes.CDLL(None, use_errno=True)
    number = system.inotify_init1(os.O_CLOEXEC | os.O_NONBLOCK)
    if number < 0:
        yield None
        return
    try:
        which = WRITTEN | RENAMED | DELETED | GONE
        if system.inotify_add_watch(number, os.fsencode(folder), which) < 0:
            raise EngineGone(str(folder), os.strerror(ctypes.get_errno()))
        yield number
    finally:
        os.close(number)


def _tells(notes: bytes, file: Path) -> bool:
    """Whether one of the notes is about the file; raises `EngineGone` when its folder is gone."""
    at, is_told = 0, False
    while at < len(notes):
        _watch_number, what, _cookie, length = HEAD.unpack_from(notes, at)
        at += HEAD.size
        told = notes[at : at + length].rstrip(b"\0")
        at += length
        if what & GONE:
            raise EngineGone(str(file.parent))
        is_told |= bool(what & LOST) or told == os.fsencode(file.name)
    return is_told
