"""What a registry does with uploads, in memory, that goes on where it broke off."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import urlsplit

from fakes.registry_server import Handler, Server, answer

UPLOADS = "/v2/team/app/blobs/uploads/"


@dataclass
class UploadDesk:
    """One upload at a time, for `team/app`."""

    server: Server
    kept: bytearray = field(default_factory=bytearray)
    blobs: dict[str, bytes] = field(default_factory=dict)
    place: str = f"{UPLOADS}one?state=0"
    """What `Location` says."""
    breaks: list[int] = field(default_factory=list)
    """After how many bytes of a request its connection ends, for one request after the other."""
    longest: int = 1 << 40
    """Bytes of a request that it takes."""

    def __post_init__(self) -> None:
        self.server.say(UPLOADS, self._open)
        self.server.say(f"{UPLOADS}one", self._go_on)

    def methods(self) -> list[str]:
        return [it.method for it in self.server.asked if "/uploads/" in it.path]

    def expect(self, digest: str) -> None:
        """Tell whether the blob is there."""
        there = self.blobs
        self.server.say(
            f"/v2/team/app/blobs/{digest}",
            lambda handler: answer(200 if digest in there else 404)(handler),
        )

    def _open(self, handler: Handler) -> None:
        self.kept.clear()
        answer(202, b"", {"Location": self.place, "Range": "0-0"})(handler)

    def _go_on(self, handler: Handler) -> None:
        {"GET": self._tell, "PATCH": self._add, "PUT": self._finish}[handler.command](handler)

    def _tell(self, handler: Handler, status: int = 204) -> None:
        self.place = f"{urlsplit(self.place)._replace(query='').geturl()}?state={len(self.kept)}"
        last = max(0, len(self.kept) - 1)
        answer(status, b"", {"Location": self.place, "Range": f"0-{last}"})(handler)

    def _add(self, handler: Handler) -> None:
        length = int(handler.headers["Content-Length"])
        if length > self.longest:
            handler.body()
            return answer(413, b"too large")(handler)
        told = handler.headers.get("Content-Range")
        assert told in (None, f"{len(self.kept)}-{len(self.kept) + length - 1}")
        if self.breaks and (most := self.breaks.pop(0)) < length:
            self.kept += handler.rfile.read(most)
            handler.close_connection = True
            return None
        self.kept += handler.rfile.read(length)
        return self._tell(handler, 202)

    def _finish(self, handler: Handler) -> None:
        self.kept += handler.body()
        (digest,) = handler.asked.query["digest"]
        if digest != f"sha256:{sha256(self.kept).hexdigest()}":
            error = {"errors": [{"code": "DIGEST_INVALID", "message": "no such content"}]}
            return answer(400, json.dumps(error).encode())(handler)
        self.blobs[digest] = bytes(self.kept)
        return answer(201)(handler)
