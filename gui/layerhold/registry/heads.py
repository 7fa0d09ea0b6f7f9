"""Answers whose head has come whole: the standard library takes half of one for all of it."""

import http.client
from typing import Any

VERSION = b"HTTP/1."


class WholeHead(http.client.HTTPResponse):
    """An answer; one that breaks off among its headers is none."""

    def begin(self) -> None:
        self.fp: Any = _Lines(self.fp)
        lines = self.fp
        try:
            super().begin()
        except http.client.BadStatusLine as error:
            if VERSION.startswith(lines.last[: len(VERSION)]) and not lines.last.endswith(b"\n"):
                raise _broken_off() from error
            raise
        if lines.last not in {b"\r\n", b"\n"}:
            raise _broken_off()


def _broken_off() -> http.client.RemoteDisconnected:
    return http.client.RemoteDisconnected("the answer broke off in its head")


class _Lines:
    """A file that remembers the last line that was read of it."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.last = b""

    def readline(self, limit: int = -1) -> bytes:
        self.last = self._file.readline(limit)
        return self.last

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)
