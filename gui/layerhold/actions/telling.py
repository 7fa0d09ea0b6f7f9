"""Tell, where the rows are, how we stand with the engine."""

from collections.abc import Callable
from time import time

from PySide6.QtCore import QObject

from layerhold import wording
from layerhold.actions.desk import Notices
from layerhold.domain.errors import Failure
from layerhold.formatting import clock
from layerhold.library import Connection, Library, Phase
from layerhold.wording.configuration import doubts


class Teller(QObject):
    """A lost or silent engine is told until it is back, and what was passed over is told once."""

    def __init__(
        self, library: Library, notices: Notices, refresh: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._library, self._notices, self._refresh = library, notices, refresh
        self._told_loss = False
        self._told_doubts: set[str] = set()
        library.connection_changed.connect(self.tell)

    def tell(self) -> None:
        """Say what is new, if the user should know it."""
        connection = self._library.connection
        if connection.phase is Phase.LOST and connection.problem:
            self._tell_loss(connection, connection.problem)
        elif connection.phase is Phase.SILENT and connection.problem:
            self._tell_silence(connection, connection.problem)
        elif self._told_loss and connection.phase in {Phase.LIVE, Phase.NONE}:
            self._told_loss = False
            self._notices.dismiss()
        if connection.phase is Phase.LIVE:
            self._tell_doubts(connection)

    def _tell_loss(self, connection: Connection, problem: Failure) -> None:
        said, stale = wording.explain(problem), self._stale(connection)
        again = self.tr("Try now")
        self._notices.warn(said.what, f"{stale} {said.hint}", again, self._refresh)
        self._told_loss = True

    def _tell_silence(self, connection: Connection, problem: Failure) -> None:
        waiting = self.tr("Layerhold goes on by itself as soon as it answers.")
        said, stale = wording.explain(problem), self._stale(connection)
        self._notices.warn(said.what, f"{stale} {waiting}")
        self._told_loss = True

    def _stale(self, connection: Connection) -> str:
        said = self.tr("What you see is as of {time}, and may be out of date.")
        return said.replace("{time}", clock(connection.as_of, time()))

    def _tell_doubts(self, connection: Connection) -> None:
        new = [doubt for doubt in connection.doubts if repr(doubt) not in self._told_doubts]
        if new:
            self._told_doubts.update(map(repr, new))
            said = doubts(new, connection.endpoint)
            self._notices.warn(said.what, said.hint)
