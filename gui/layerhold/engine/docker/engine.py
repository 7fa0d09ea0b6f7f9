"""An engine behind the Docker API."""

from collections.abc import Iterator

from layerhold.domain.cancel import Token
from layerhold.domain.containers import Container
from layerhold.domain.errors import EngineUnreachable, OutcomeUnknown, Unreachability
from layerhold.domain.images import Image
from layerhold.domain.layers import Anatomy, Step
from layerhold.domain.outcomes import Removed
from layerhold.domain.usage import DiskUsage
from layerhold.engine.api import About, Endpoint, Event
from layerhold.engine.docker import about as who
from layerhold.engine.docker import address, containers, events, images, layers, usage
from layerhold.engine.docker.session import CONNECT_SECONDS, Session

GREETING_SECONDS = 10
"""How long something that accepts a connection may take to say what it is."""
GREETING_BYTES = 1 << 20


def connect(endpoint: Endpoint, token: Token | None = None) -> "DockerEngine":
    """Call the engine and agree on an API version.

    Raises `EngineUnreachable`, `EngineGone`, `NotAnEngine`, `ApiMismatch` and `Cancelled`.
    """
    where = _address(endpoint.url)
    version = who.version_from(_greeting(where, token), where.url)
    session = Session(where, who.shared_api(version, where.url))
    try:
        about = _about(session, version, token)
    except BaseException:
        session.close()
        raise
    return DockerEngine(endpoint, about, session)


def _address(url: str) -> address.Address:
    if address.transport(url) not in address.SUPPORTED:
        raise EngineUnreachable(url, why=Unreachability.UNSUPPORTED_TRANSPORT)
    try:
        return address.parse(url)
    except ValueError as error:
        raise EngineUnreachable(url, str(error), Unreachability.BAD_ADDRESS) from error


def _greeting(where: address.Address, token: Token | None) -> bytes:
    """The answer to `/version`, of which no more is read than an engine would say."""
    limits = (CONNECT_SECONDS, GREETING_SECONDS)
    try:
        with Session(where).client(where.url, token, lasting=True) as client:
            answer = client.get(f"{client.base_url}/version", timeout=limits, stream=True)
            return bytes(answer.raw.read(GREETING_BYTES, decode_content=True))
    except OutcomeUnknown as error:
        raise EngineUnreachable(where.url, error.detail, Unreachability.TIMEOUT) from error


def _about(session: Session, version: who.WireVersion, token: Token | None) -> About:
    with session.client(session.address.url, token) as client:
        return who.about(version, client.ask("GET", "/info").content, session.api)


class DockerEngine:
    """The verbs of `layerhold.engine.api.Engine`, over one session."""

    def __init__(self, endpoint: Endpoint, about: About, session: Session) -> None:
        self.endpoint = endpoint
        self.about = about
        self._session = session

    def list_images(self, token: Token | None = None) -> tuple[Image, ...]:
        return images.list_images(self._session, token)

    def list_containers(self, token: Token | None = None) -> tuple[Container, ...]:
        return containers.list_containers(self._session, token)

    def image(self, image_id: str) -> Image:
        return images.image(self._session, image_id, self.about.kind)

    def inspect(self, image_id: str, token: Token | None = None) -> bytes:
        return images.inspect(self._session, image_id, token)

    def steps(self, image_id: str, token: Token | None = None) -> tuple[Step, ...]:
        return layers.steps(self._session, image_id, token)

    def anatomy(self, image_id: str, token: Token | None = None) -> Anatomy:
        return layers.anatomy(self._session, image_id, token)

    def tag(self, image_id: str, reference: str) -> None:
        images.tag(self._session, image_id, reference)

    def remove(self, target: str, *, force: bool = False) -> Removed:
        return images.remove(self._session, target, force=force)

    def stop_container(self, container_id: str, token: Token | None = None) -> None:
        containers.stop_container(self._session, container_id, self.about.kind, token)

    def remove_container(self, container_id: str) -> None:
        containers.remove_container(self._session, container_id)

    def disk_usage(self, token: Token | None = None) -> DiskUsage:
        return usage.disk_usage(self._session, self.about, token)

    def prune_build_cache(self, token: Token | None = None, *, everything: bool = False) -> int:
        return usage.prune_build_cache(self._session, self.about, token, everything=everything)

    def events(self, token: Token, since_ns: int | None = None) -> Iterator[Event]:
        return events.events(self._session, token, since_ns)

    def close(self) -> None:
        """Cut every connection; what still waits on one ends with `EngineGone`."""
        self._session.close()
