import threading

import pytest

from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled


def test_a_token_breaks_what_waits_now_and_refuses_what_would_wait_next():
    token, broken = Token(), []
    with token.breaking(lambda: broken.append("first")):
        token.cancel()
        assert broken == ["first"]
    with pytest.raises(Cancelled):
        token.check()
    with token.breaking(lambda: broken.append("second")):
        assert broken == ["first", "second"]


def test_what_is_over_is_not_broken():
    token, broken = Token(), []
    with token.breaking(lambda: broken.append(True)):
        pass
    token.cancel()
    assert not broken


def test_cancelling_from_many_threads_is_harmless():
    token, broken = Token(), threading.Event()
    with token.breaking(broken.set):
        threads = [threading.Thread(target=token.cancel) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert token.cancelled
    assert broken.is_set()
