"""What is told of errors of libraries: the system's words, and nothing of Python's."""

from http.client import IncompleteRead, RemoteDisconnected

import pytest
import requests
import urllib3

from layerhold.domain.errors import EngineGone, OutcomeUnknown
from layerhold.engine.docker.errors import failure_of


def protocol_error(cause):
    return requests.ConnectionError(urllib3.exceptions.ProtocolError("Connection broken", cause))


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (protocol_error(IncompleteRead(b"abc")), EngineGone, "the answer ended too early"),
        (protocol_error(RemoteDisconnected("Remote end closed")), EngineGone, "Remote end closed"),
        (protocol_error(ConnectionResetError(104, "Connection reset by peer")), EngineGone, None),
        (requests.ReadTimeout(TimeoutError("timed out")), OutcomeUnknown, "timed out"),
    ],
)
def test_only_the_innermost_words_are_told(error, kind, words):
    failure = failure_of(error)
    assert type(failure) is kind
    assert failure.detail == (words or "Connection reset by peer")
