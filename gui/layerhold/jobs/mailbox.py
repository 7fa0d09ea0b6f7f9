"""Where threads leave messages, and the bell that tells the GUI thread. Knows no Qt."""

import socket
from queue import Empty, Queue
from threading import Lock
from typing import Any

Message = tuple[int, Any]


class Mailbox:
    """Threads hold this and no Qt object, since the last who holds one of those destroys it."""

    def __init__(self, backlog: int) -> None:
        self._messages: Queue[Message] = Queue(backlog)
        self._bell, self._ear = socket.socketpair()
        self._bell.setblocking(False)
        self._ear.setblocking(False)
        self._rung = False
        self._lock = Lock()

    def __del__(self) -> None:
        self._bell.close()
        self._ear.close()

    def __len__(self) -> int:
        return self._messages.qsize()

    @property
    def descriptor(self) -> int:
        """What becomes readable when the bell rings."""
        return self._ear.fileno()

    def post(self, message: Message) -> None:
        """Leave a message; callable from any thread, and waits while the backlog is full."""
        self._messages.put(message)
        self.ring()

    def ring(self) -> None:
        """Make the descriptor readable."""
        with self._lock:
            if not self._rung:
                self._rung = True
                self._bell.send(b"\0")

    def hush(self) -> None:
        """Silence the bell; the next message rings it again."""
        with self._lock:
            if self._rung:
                self._rung = False
                self._ear.recv(16)

    def take(self) -> Message | None:
        """The oldest message, if there is one."""
        try:
            return self._messages.get_nowait()
        except Empty:
            return None
