"""The Qt bindings are sound: some versions lose a reference with every signal, and then abort."""

import sys

from PySide6.QtCore import QObject, Signal

EMISSIONS = 100


class Bell(QObject):
    rang = Signal()


def test_the_qt_bindings_keep_count():
    bell, before = Bell(), sys.getrefcount(True)
    for _ in range(EMISSIONS):
        bell.rang.emit()

    assert sys.getrefcount(True) > before - EMISSIONS / 2


def test_the_qt_bindings_keep_count_of_heard_signals():
    heard = []
    bell, before = Bell(), sys.getrefcount(True)
    bell.rang.connect(lambda: heard.append(None))
    for _ in range(EMISSIONS):
        bell.rang.emit()

    assert len(heard) == EMISSIONS
    assert sys.getrefcount(True) > before - EMISSIONS / 2
