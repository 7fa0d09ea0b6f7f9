"""An answer of a registry as it comes in."""

from collections.abc import Mapping
from time import monotonic

import requests

from layerhold.domain.cancel import Token
from layerhold.domain.registry_errors import RegistryFailure, RegistryFault, RegistryUnreachable
from layerhold.registry.faults import plain_errors
from layerhold.registry.refusals import Answer

WHOLE_SECONDS = 120.0
"""For an answer that is read at once, however slowly it drips; there are no long ones."""
LARGEST = 4 << 20
"""Bytes of such an answer: what registries allow a manifest to have."""
CHUNK = 1 << 16


class Incoming:
    """Head and body, for as long as whoever opened it keeps it open."""

    def __init__(self, response: requests.Response, token: Token | None) -> None:
        self._response, self._token = response, token

    @property
    def status(self) -> int:
        return self._response.status_code

    @property
    def url(self) -> str:
        """Where it came from after all."""
        return str(self._response.url)

    @property
    def headers(self) -> Mapping[str, str]:
        return self._response.headers

    def read(self, most: int) -> bytes:
        """What has come, nothing at the end; raises `RegistryFailure`, and `Cancelled` in time."""
        with plain_errors(self._token):
            block: bytes = self._response.raw.read1(most)
            # What only the connection's end would end looks whole after it was cut.
            if not block and self._token:
                self._token.check()
            return block

    def whole(self) -> Answer:
        """All of it, which must not be much."""
        content = bytearray()
        until = monotonic() + WHOLE_SECONDS
        while chunk := self.read(CHUNK):
            content += chunk
            if len(content) > LARGEST:
                raise RegistryFailure(detail=f"an answer of more than {LARGEST} bytes")
            if monotonic() > until:
                raise RegistryUnreachable(detail="it answers too slowly", why=RegistryFault.TIMEOUT)
        return Answer(self.status, self.headers, bytes(content), self.url)
