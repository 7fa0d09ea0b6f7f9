"""Where threads leave messages for the GUI thread, which a byte on a socket wakes."""

import socket
from collections.abc import Callable
from queue import Empty, Queue
from threading import Lock
from time import perf_counter
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier

BACKLOG = 500
"""Messages that may wait; then a chatty thread waits instead of filling the memory."""

TURN_SECONDS = 0.006
"""How long the GUI thread delivers messages before it looks at the user again."""

Message = tuple[int, Any]


class Inbox(QObject):
    """Messages from many threads, delivered in order on the thread that made the inbox."""

    def __init__(
        self,
        deliver: Callable[[Message], None],
        *,
        backlog: int = BACKLOG,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._deliver = deliver
        self._messages: Queue[Message] = Queue(backlog)
        self._bell, self._ear = socket.socketpair()
        self._bell.setblocking(False)
        self._ear.setblocking(False)
        self._rung = False
        self._lock = Lock()
        self._notifier = QSocketNotifier(self._ear.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._answer)

    def post(self, message: Message) -> None:
        """Leave a message; callable from any thread, and waits while the backlog is full."""
        self._messages.put(message)
        self._ring()

    def drain(self) -> None:
        """Deliver what has been posted so far, however long it takes."""
        for _ in range(self._messages.qsize()):
            self._deliver(self._messages.get())

    def _ring(self) -> None:
        with self._lock:
            if not self._rung:
                self._rung = True
                self._bell.send(b"\0")

    def _answer(self) -> None:
        with self._lock:
            self._rung = False
            self._ear.recv(16)
        if self._deliver_for_a_turn():
            self._ring()

    def _deliver_for_a_turn(self) -> bool:
        """Whether messages are left when the turn is over."""
        end = perf_counter() + TURN_SECONDS
        while perf_counter() < end:
            try:
                message = self._messages.get_nowait()
            except Empty:
                return False
            self._deliver(message)
        return True
