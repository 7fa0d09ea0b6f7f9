"""What goes wrong on the way to a registry and back, as our failures."""

import http.client
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import requests
import urllib3.exceptions

from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled
from layerhold.domain.registry_errors import RegistryFailure, RegistryFault, RegistryUnreachable

NO_TLS = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE"})
"""What OpenSSL says of an answer in plain text."""
BROKEN_OFF = (
    http.client.IncompleteRead,
    http.client.RemoteDisconnected,
    urllib3.exceptions.IncompleteRead,
    ConnectionError,
    ssl.SSLEOFError,
)
"""How a connection ends that was a good one until then."""
MEANINGS = (
    (ssl.SSLCertVerificationError, RegistryFault.CERTIFICATE),
    (BROKEN_OFF, RegistryFault.BROKEN_OFF),
    (urllib3.exceptions.SSLError, RegistryFault.CERTIFICATE),
    (TimeoutError, RegistryFault.TIMEOUT),
    (http.client.HTTPException, RegistryFault.NOT_A_REGISTRY),
)
"""What began it, the more special before the more general."""
ERRORS = (
    RegistryFailure,
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
    OSError,
    ValueError,
)
"""What comes out of requests; an odd address in a redirect is a `ValueError`."""


@contextmanager
def plain_errors(token: Token | None) -> Iterator[None]:
    """Raise only failures, and `Cancelled` once the token is."""
    try:
        yield
    except ERRORS as error:
        if token and token.cancelled:
            raise Cancelled from error
        if isinstance(error, RegistryFailure):
            raise
        root = _root(error)
        raise RegistryUnreachable(detail=str(root)[:500], why=_why(error, root)) from error


def _root(error: BaseException) -> BaseException:
    """What began it: libraries wrap one error in the other, as a reason or as an argument."""
    inner = getattr(error, "reason", None) or next(iter(error.args), None)
    if not isinstance(inner, BaseException):
        inner = next((each for each in error.args if isinstance(each, BaseException)), None)
    return _root(inner) if inner is not None and inner is not error else error


def _why(error: BaseException, root: BaseException) -> RegistryFault:
    if isinstance(error, requests.exceptions.ProxyError):
        return RegistryFault.OTHER
    if isinstance(root, ssl.SSLError) and root.reason in NO_TLS:
        return RegistryFault.PLAIN_HTTP
    if isinstance(error, requests.Timeout):
        return RegistryFault.TIMEOUT
    return next((why for kinds, why in MEANINGS if isinstance(root, kinds)), RegistryFault.OTHER)
