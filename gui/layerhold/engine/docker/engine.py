"""An engine behind the Docker API.

What a verb needs is imported with its first use, but for those that look at images: all of them
together, and the SDK, take more memory than thousands of images.
"""

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
from layerhold.engine.about import About, Endpoint
from layerhold.engine.api import Event
from layerhold.engine.docker import about as who
from layerhold.engine.docker import address, containers, events, images, layers, usage
from layerhold.engine.docker.session import Session

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
    session = Session(where, seconds=GREETING_SECONDS)
    try:
        with session.reader(where.url, token) as reader:
            return reader.greet(GREETING_BYTES)
    except OutcomeUnknown as error:
        raise EngineUnreachable(where.url, error.detail, Unreachability.TIMEOUT) from error
    except EngineRefused as error:
        if error.status != HTTPStatus.NOT_FOUND:
            raise
        # Every engine knows its version.
        raise NotAnEngine(where.url, error.detail) from error
    finally:
        session.close()


def _about(session: Session, version: who.WireVersion, token: Token | None) -> About:
    with session.reader(session.address.url, token) as reader:
        return who.about(version, reader.ask("/info"), session.api)


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

    def image(self, image_id: str, token: Token | None = None) -> Image:
        return images.image(self._session, image_id, self.about.kind, token)

    def inspect(self, image_id: str, token: Token | None = None) -> bytes:
        return images.inspect(self._session, image_id, token)

    def steps(self, image_id: str, token: Token | None = None) -> tuple[Step, ...]:
        return layers.steps(self._session, image_id, token)

    def anatomy(self, image_id: str, token: Token | None = None) -> Anatomy:
        return layers.anatomy(self._session, image_id, token)

    def tag(self, image_id: str, reference: str, token: Token | None = None) -> None:
        images.tag(self._session, image_id, reference, token)

    def remove(self, target: str, *, force: bool = False) -> Removed:
        return images.remove(self._session, target, force=force)

    def stop_container(self, container_id: str, token: Token | None = None) -> None:
        containers.stop_container(self._session, container_id, self.about.kind, token)

    def remove_container(self, container_id: str, *, volumes: bool = False) -> None:
        containers.remove_container(self._session, container_id, volumes=volumes)

    def create_container(self, wish: RunWish, token: Token | None = None) -> Created:
        from layerhold.engine.docker import creating

        return creating.create_container(self._session, wish, token)

    def start_container(self, container_id: str, token: Token | None = None) -> None:
        from layerhold.engine.docker import creating

        creating.start_container(self._session, container_id, token)

    def container_log(
        self,
        container_id: str,
        tail: int | None = None,
        token: Token | None = None,
        *,
        follow: bool = False,
    ) -> Iterator[LogLine]:
        from layerhold.engine.docker import container_log

        return container_log.container_log(self._session, container_id, tail, token, follow=follow)

    def networks(self, token: Token | None = None) -> tuple[Network, ...]:
        from layerhold.engine.docker import creating

        return creating.networks(self._session, token)

    def commit(self, container_id: str, wish: CommitWish, token: Token | None = None) -> str:
        from layerhold.engine.docker import committing

        return committing.commit(self._session, container_id, wish, token)

    def save(
        self, references: Sequence[str], token: Token | None = None, platform: str = ""
    ) -> Generator[bytes, None, None]:
        from layerhold.engine.docker import archives

        if platform and not self.about.caps.saves_platform:
            raise Unsupported(platform)
        return archives.save(self._session, references, token, platform)

    def load(self, chunks: Iterable[bytes], report: Report, token: Token | None = None) -> Loaded:
        from layerhold.engine.docker import loading

        return loading.load(self._session, chunks, report, token)

    def import_file_system(
        self,
        chunks: Iterable[bytes],
        wish: ImportWish,
        report: Report,
        token: Token | None = None,
    ) -> str:
        from layerhold.engine.docker import importing

        if wish.platform and not self.about.caps.imports_platform:
            raise Unsupported(wish.platform)
        return importing.import_file_system(
            self._session, self.about.kind, chunks, wish, report, token
        )

    def builder(self) -> BuilderChoice:
        from layerhold.engine.docker.building import choosing

        return choosing.choose(self.about)

    def build(
        self,
        wish: BuildWish,
        logins: Mapping[str, Login],
        report: BuildReport,
        note: Note,
        token: Token,
    ) -> Built:
        from layerhold.engine.docker.building import buildx, classic
        from layerhold.engine.docker.building.hiding import hiding
        from layerhold.engine.docker.building.ledger import Ledger

        with Ledger(report, note, hiding(wish.secrets)) as ledger:
            if wish.builder is Builder.BUILDX:
                return buildx.build(self.endpoint.url, wish, logins, ledger, token)
            return classic.build(self._session, wish, logins, ledger, token)

    def pull(
        self, wish: PullWish, login: Login | None, report: Report, token: Token | None = None
    ) -> Pulled:
        from layerhold.engine.docker import pulling

        return pulling.pull(self._session, self.about, wish, login, report, token)

    def push(
        self, reference: str, login: Login | None, report: Report, token: Token | None = None
    ) -> Pushed:
        from layerhold.engine.docker import pushing

        return pushing.push(self._session, self.about.caps, reference, login, report, token)

    def check_login(self, login: Login, token: Token | None = None) -> Login:
        from layerhold.engine.docker import login as logins

        return logins.check_login(self._session, login, token)

    def remote(
        self, reference: str, login: Login | None, token: Token | None = None
    ) -> RemoteImage:
        from layerhold.engine.docker import distribution

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
