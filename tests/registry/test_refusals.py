from datetime import UTC, datetime

import pytest

from layerhold.domain.registry_errors import LoginNeeded, LoginRefused, RateLimited, RemoteNotFound
from layerhold.registry.refusals import Answer, failure, retry_after, words_of


def answered(status, content=b"", **headers):
    return Answer(status, {key.replace("_", "-"): it for key, it in headers.items()}, content, "")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"errors":[{"code":"DENIED","message":"no"},{"code":"X"}]}', "DENIED: no; X"),
        (b'{"details":"incorrect username or password"}', "incorrect username or password"),
        (b'{"error":"invalid_grant","error_description":"ended"}', "invalid_grant; ended"),
        (b"<html>", "401 Unauthorized"),
        (b'{"errors":[3]}', "401 Unauthorized"),
        (b"\xff", "401 Unauthorized"),
        (b'{"details":"' + b"x" * 9999 + b'"}', "x" * 500),
    ],
)
def test_words(content, words):
    assert words_of(answered(401, content)) == words


def test_a_status_without_a_name():
    assert words_of(answered(599)) == "599"


def test_kinds():
    assert isinstance(failure(answered(401), logged_in=False), LoginNeeded)
    assert isinstance(failure(answered(403), logged_in=True), LoginRefused)
    assert isinstance(failure(answered(404), logged_in=True), RemoteNotFound)


def test_how_long_to_wait():
    limited = failure(answered(429, Retry_After="30"), logged_in=False)
    now = datetime(2026, 1, 1, tzinfo=UTC)

    assert isinstance(limited, RateLimited)
    assert limited.retry_after == 30
    assert retry_after("Thu, 01 Jan 2026 00:01:00 GMT", now) == 60
    assert retry_after("Wed, 31 Dec 2025 00:01:00 GMT", now) == 0
    assert retry_after("soon") is None
    assert retry_after("") is None
