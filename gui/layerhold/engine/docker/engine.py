"""An engine behind the Docker API."""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from http import HTTPStatus

from layerhold.domain.builders import Builder, BuilderChoice
from layerhold.domain.building import BuildReport, BuildWish, Built, Note
from layerhold.domain.cancel import Token
from layerhold.domain.committing import CommitWish, ImportWish
from layerhold.domain.containers import Container, LogLine
from layerhold.domain.errors import (
    EngineRefused,
    EngineUnreachable,
    NotAnEngine,
    OutcomeUnknown,
    Unreachability,
    Unsupported,
)
from layerhold.domain.images import Image
from layerhold.domain.layers import Anatomy, Step
from layerhold.domain.login import Login
from layerhold.domain.networks import Network
from layerhold.domain.outcomes import Loaded, Removed
from layerhold.domain.progress import Report
from layerhold.domain.running import Created, RunWish
from layerhold.domain.transfers import Pulled, PullWish, Pushed, RemoteImage
from layerhold.domain.usage import DiskUsage
from layerhold.engine.api import About, Endpoint, Event
from layerhold.engine.docker import about as who
from layerhold.engine.docker import (
    address,
    archives,
    committing,
    container_log,
    containers,
    creating,
    distribution,
    events,
    images,
    importing,
    layers,
    loading,
    pulling,
    pushing,
    usage,
)
from layerhold.engine.docker import login as logins
from layerhold.engine.docker.building import buildx, choosing, classic
from layerhold.engine.docker.building.hiding import hiding
from layerhold.engine.docker.building.ledger import Ledger
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
    except EngineRefused as error:
        if error.status != HTTPStatus.NOT_FOUND:
            raise
        # Every engine knows its version.
        raise NotAnEngine(where.url, error.detail) from error


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

    def remove_container(self, container_id: str, *, volumes: bool = False) -> None:
        containers.remove_container(self._session, container_id, volumes=volumes)

    def create_container(self, wish: RunWish, token: Token | None = None) -> Created:
        return creating.create_container(self._session, wish, token)

    def start_container(self, container_id: str, token: Token | None = None) -> None:
        creating.start_container(self._session, container_id, token)

    def container_log(
        self,
        container_id: str,
        tail: int | None = None,
        token: Token | None = None,
        *,
        follow: bool = False,
    ) -> Iterator[LogLine]:
        return container_log.container_log(self._session, container_id, tail, token, follow=follow)

    def networks(self, token: Token | None = None) -> tuple[Network, ...]:
        return creating.networks(self._session, token)

    def commit(self, container_id: str, wish: CommitWish, token: Token | None = None) -> str:
        return committing.commit(self._session, container_id, wish, token)

    def save(
        self, references: Sequence[str], token: Token | None = None, platform: str = ""
    ) -> Generator[bytes, None, None]:
        if platform and not self.about.caps.saves_platform:
            raise Unsupported(platform)
        return archives.save(self._session, references, token, platform)

    def load(self, chunks: Iterable[bytes], report: Report, token: Token | None = None) -> Loaded:
        return loading.load(self._session, chunks, report, token)

    def import_file_system(
        self,
        chunks: Iterable[bytes],
        wish: ImportWish,
        report: Report,
        token: Token | None = None,
    ) -> str:
        if wish.platform and not self.about.caps.imports_platform:
            raise Unsupported(wish.platform)
        return importing.import_file_system(
            self._session, self.about.kind, chunks, wish, report, token
        )

    def builder(self) -> BuilderChoice:
        return choosing.choose(self.about)

    def build(
        self,
        wish: BuildWish,
        logins: Mapping[str, Login],
        report: BuildReport,
        note: Note,
        token: Token,
    ) -> Built:
        with Ledger(report, note, hiding(wish.secrets)) as ledger:
            if wish.builder is Builder.BUILDX:
                return buildx.build(self.endpoint.url, wish, logins, ledger, token)
            return classic.build(self._session, wish, logins, ledger, token)

    def pull(
        self, wish: PullWish, login: Login | None, report: Report, token: Token | None = None
    ) -> Pulled:
        return pulling.pull(self._session, self.about, wish, login, report, token)

    def push(
        self, reference: str, login: Login | None, report: Report, token: Token | None = None
    ) -> Pushed:
        return pushing.push(self._session, self.about.caps, reference, login, report, token)

    def check_login(self, login: Login, token: Token | None = None) -> Login:
        return logins.check_login(self._session, login, token)

    def remote(
        self, reference: str, login: Login | None, token: Token | None = None
    ) -> RemoteImage:
        return distribution.remote(self._session, self.about.caps, reference, login, token)

    def disk_usage(self, token: Token | None = None) -> DiskUsage:
        return usage.disk_usage(self._session, self.about, token)

    def prune_build_cache(self, token: Token | None = None, *, everything: bool = False) -> int:
        return usage.prune_build_cache(self._session, self.about, token, everything=everything)

    def events(self, token: Token, since_ns: int | None = None) -> Iterator[Event]:
        return events.events(self._session, token, since_ns)

    def close(self) -> None:
        """Cut every connection; what still waits on one ends with `EngineGone`."""
        self._session.close()
