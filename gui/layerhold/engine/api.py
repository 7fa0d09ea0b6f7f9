"""What every engine can do."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # The nouns of every verb: the first picture can do without them.
    from layerhold.domain.builders import BuilderChoice
    from layerhold.domain.building import BuildReport, BuildWish, Built, Note
    from layerhold.domain.cancel import Token
    from layerhold.domain.committing import CommitWish, ImportWish
    from layerhold.domain.containers import Container, LogLine
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


@dataclass(frozen=True, slots=True)
class Event:
    """Something happened to an image or a container; only a reason to look again."""

    type: str
    action: str
    actor: str
    time_ns: int


class Engine(Protocol):
    """An engine we are connected to.

    Every method blocks, is safe in any thread, and raises `Failure`. One that takes a `Token` ends
    with `Cancelled` within a second of its being cancelled.
    """

    endpoint: Endpoint
    about: About

    def list_images(self, token: Token | None = None) -> tuple[Image, ...]:
        """Every image, intermediate ones included, newest first."""

    def list_containers(self, token: Token | None = None) -> tuple[Container, ...]:
        """Every container, stopped ones included."""

    def image(self, image_id: str, token: Token | None = None) -> Image:
        """One image as it is now (tags, digests, size, parent); raises `ImageNotFound`."""

    def inspect(self, image_id: str, token: Token | None = None) -> bytes:
        """The engine's own JSON about an image, as it sent it."""

    def steps(self, image_id: str, token: Token | None = None) -> tuple[Step, ...]:
        """History and layers in one, newest first; raises `HistoryUnavailable`."""

    def anatomy(self, image_id: str, token: Token | None = None) -> Anatomy:
        """Platform and layers with their sizes in bytes; costs two calls."""

    def tag(self, image_id: str, reference: str, token: Token | None = None) -> None:
        """Give the image a tag, taking it from whichever image has it."""

    def remove(self, target: str, *, force: bool = False) -> Removed:
        """Untag the reference, or delete the ID; what force means, `caps` tell."""

    def stop_container(self, container_id: str, token: Token | None = None) -> None:
        """Stop it, and return when it has stopped."""

    def remove_container(self, container_id: str, *, volumes: bool = False) -> None:
        """Remove a stopped container; `volumes`: and those of its volumes that have no name."""

    def create_container(self, wish: RunWish, token: Token | None = None) -> Created:
        """Make a container; raises `ContainerRefused`. `engine.running.run` also starts it."""

    def start_container(self, container_id: str, token: Token | None = None) -> None:
        """Start it, which is no failure where it runs; raises `ContainerRefused`."""

    def container_log(
        self,
        container_id: str,
        tail: int | None = None,
        token: Token | None = None,
        *,
        follow: bool = False,
    ) -> Iterator[LogLine]:
        """What it wrote, or the last lines of it; `follow`: and writes until it ends.

        Raises `LogUnreadable` where the engine keeps no log of it.
        """

    def networks(self, token: Token | None = None) -> tuple[Network, ...]:
        """Every network that a container can be put on, by name."""

    def commit(self, container_id: str, wish: CommitWish, token: Token | None = None) -> str:
        """Make an image of a container, and give its ID; raises `InvalidChange`."""

    def save(
        self, references: Sequence[str], token: Token | None = None, platform: str = ""
    ) -> Generator[bytes, None, None]:
        """A tar archive of images by tag (or ID, which saves no tag), piece by piece.

        Everything is asked with the first `next`, which may take minutes; `close` ends the engine's
        work too. A platform needs
        `caps.saves_platform`, else `Unsupported` is raised. An archive that ends without a failure
        may still be damaged where the engine's own data are.
        """

    def load(self, chunks: Iterable[bytes], report: Report, token: Token | None = None) -> Loaded:
        """Send an archive (the larger the chunks, the better), and name what came of it.

        Reports `IMPORTING` once the engine has all of it, with layers where it tells of them.
        Raises `ArchiveFailure` (without a path) where the archive is to blame, and as it comes what
        the chunks raise, which has to be a `Failure`. After one, images may have been loaded.
        """

    def import_file_system(
        self,
        chunks: Iterable[bytes],
        wish: ImportWish,
        report: Report,
        token: Token | None = None,
    ) -> str:
        """Make an image of a root file system, and give its ID; as `load` otherwise.

        A platform needs `caps.imports_platform`, else `Unsupported` is raised.
        """

    def builder(self) -> BuilderChoice:
        """What would build here, and what it lacks. Starts `docker buildx` to ask its version."""

    def build(
        self,
        wish: BuildWish,
        logins: Mapping[str, Login],
        report: BuildReport,
        note: Note,
        token: Token,
    ) -> Built:
        """Build an image with the wish's builder; `logins` are all that may be needed, by registry.

        Raises `ContextProblem` and `DockerfileProblem` before a step was begun, `BuilderLacks`
        where the other builder would do, and `BuildFailed` with the step and its output. Steps that
        were built stay in the cache, also where it was cancelled.
        """

    def pull(
        self, wish: PullWish, login: Login | None, report: Report, token: Token | None = None
    ) -> Pulled:
        """Bring images from a registry; without a login, anonymously.

        Raises `RegistryFailure`, and `Unsupported` where `caps.all_tags` is missing. After a
        `Cancelled` or a lost engine, of all tags some may have come.
        """

    def push(
        self, reference: str, login: Login | None, report: Report, token: Token | None = None
    ) -> Pushed:
        """Send the image with this tag to the registry in its name; raises `RegistryFailure`.

        A `Cancelled` leaves what has arrived in the registry, but no tag.
        """

    def check_login(self, login: Login, token: Token | None = None) -> Login:
        """What to keep of a login that the registry accepts; raises `RegistryFailure` otherwise.

        Where `caps.checks_logins` is missing, a registry with plain HTTP is always unreachable.
        """

    def remote(
        self, reference: str, login: Login | None, token: Token | None = None
    ) -> RemoteImage:
        """What a registry has, without pulling it; needs `caps.distribution`, else `Unsupported`.

        Raises `RegistryFailure`.
        """

    def disk_usage(self, token: Token | None = None) -> DiskUsage:
        """Bytes on the engine's disk. Slow: seconds on a large engine."""

    def prune_build_cache(self, token: Token | None = None, *, everything: bool = False) -> int:
        """Drop unused build cache; bytes reclaimed. `everything`: not only what dangles."""

    def events(self, token: Token, since_ns: int | None = None) -> Iterator[Event]:
        """Image and container events until cancelled (`Cancelled`) or lost (`EngineGone`)."""

    def close(self) -> None:
        """Let go of every connection."""
