"""What threads have posted, delivered on the GUI thread, which a byte on a socket wakes."""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, QSocketNotifier

from layerhold.jobs.mailbox import Mailbox, Message

BACKLOG = 500
"""Messages that may wait; then a chatty thread waits instead of filling the memory."""

TURN_SECONDS = 0.006
"""How long the GUI thread delivers messages before it looks at the user again."""


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
        self.mailbox = Mailbox(backlog)
        self._deliver = deliver
        self._notifier = QSocketNotifier(self.mailbox.descriptor, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._answer)

    def drain(self) -> None:
        """Deliver what has been posted so far, however long it takes."""
        for _ in range(len(self.mailbox)):
            if message := self.mailbox.take():
                self._deliver(message)

    def _answer(self) -> None:
        self.mailbox.hush()
        if self._deliver_for_a_turn():
            self.mailbox.ring()

    def _deliver_for_a_turn(self) -> bool:
        """Whether messages are left when the turn is over."""
        end = perf_counter() + TURN_SECONDS
        while perf_counter() < end:
            message = self.mailbox.take()
            if message is None:
                return False
            self._deliver(message)
        return True
