"""Follow an engine's events, and reduce them to the news that something changed."""

from layerhold.domain.errors import EngineGone
from layerhold.engine.api import Engine, Event
from layerhold.jobs.context import Context

CHATTER = frozenset(
    {
        *("attach", "detach", "resize", "top", "copy", "export", "archive-path", "extract-to-dir"),
        *("exec", "exec_create", "exec_start", "exec_detach", "exec_die", "exec_died"),
        *("health_status", "healthcheck", "sync", "mount", "unmount", "cleanup", "push", "save"),
    }
)
"""What changes nothing that we show; a health check alone makes four events every few seconds."""


class Heard:
    """What the listening thread tells the GUI thread: that there is news, once per look."""

    def __init__(self, since_ns: int | None = None) -> None:
        self.since_ns = since_ns
        """From when on an event would be news, on the engine's clock (Unix nanoseconds)."""
        self._pending = False

    def note(self, event: Event) -> bool:
        """Whether the GUI thread must be told: it has not yet been since its last look."""
        self.since_ns = max(event.time_ns + 1, self.since_ns or 0)
        if self._pending or not matters(event):
            return False
        self._pending = True
        return True

    def collect(self) -> None:
        """Called before a look, which will show whatever was noted until now."""
        self._pending = False


def matters(event: Event) -> bool:
    """Whether the event may change the list; Docker writes some as `exec_create: sh -c …`."""
    return event.action.partition(":")[0] not in CHATTER


def listen(engine: Engine, heard: Heard, context: Context) -> None:
    """Deliver once for each round of news, until cancelled; raises `EngineGone` at the end."""
    for event in engine.events(context.token, heard.since_ns):
        if heard.note(event):
            context.deliver(None)
    context.token.check()
    raise EngineGone(engine.endpoint.url)
