"""The engine's events, which say only that it is time to look again."""

from collections.abc import Iterator

import msgspec

from layerhold.domain.cancel import Token
from layerhold.domain.errors import EngineGone
from layerhold.engine.api import Event
from layerhold.engine.docker.session import Session
from layerhold.engine.docker.stream import lines
from layerhold.engine.docker.wire import Wire

FILTERS = '{"type":["image","container"]}'
NS = 1_000_000_000


class WireActor(Wire):
    """Whom it happened to."""

    id: str | None = msgspec.field(name="ID", default="")


class WireEvent(Wire):
    """A line of `/events`; the older `status` and `id` go unread."""

    type: str | None = ""
    action: str | None = ""
    actor: WireActor | None = None
    time_nano: int | None = msgspec.field(name="timeNano", default=0)


def events(session: Session, token: Token, since_ns: int | None = None) -> Iterator[Event]:
    """Events until the end, which is a loss even when it looks like a normal one."""
    options = {"filters": FILTERS}
    if since_ns is not None:
        options["since"] = f"{since_ns // NS}.{since_ns % NS:09}"
    with session.reader("", token, lasting=True) as reader:
        for line in lines(reader.listen("/events", options)):
            if event := _event(line):
                yield event
        raise EngineGone(session.address.url)


def _event(line: bytes) -> Event | None:
    """The event in a line; none for shapes that we do not know."""
    try:
        event = msgspec.json.decode(line, type=WireEvent)
    except msgspec.DecodeError:
        return None
    if not event.type or not event.action:
        return None
    actor = event.actor.id if event.actor else ""
    return Event(event.type, event.action, actor or "", event.time_nano or 0)
