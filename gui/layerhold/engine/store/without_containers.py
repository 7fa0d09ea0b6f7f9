"""What a store cannot do: whatever needs something that runs."""

from collections.abc import Iterable, Iterator, Mapping

from layerhold.domain.builders import BuilderChoice
from layerhold.domain.building import BuildReport, BuildWish, Built, Note
from layerhold.domain.cancel import Token
from layerhold.domain.committing import CommitWish, ImportWish
from layerhold.domain.containers import Container, LogLine
from layerhold.domain.errors import ContainerNotFound, Unsupported
from layerhold.domain.login import Login
from layerhold.domain.networks import Network
from layerhold.domain.progress import Report
from layerhold.domain.running import Created, RunWish
from layerhold.engine.about import Kind


class WithoutContainers:
    """The verbs of `layerhold.engine.api.Engine` that images by themselves do not allow."""

    def list_containers(self, token: Token | None = None) -> tuple[Container, ...]:
        return ()

    def stop_container(self, container_id: str, token: Token | None = None) -> None:
        raise ContainerNotFound(container_id)

    def remove_container(self, container_id: str, *, volumes: bool = False) -> None:
        raise ContainerNotFound(container_id)

    def create_container(self, wish: RunWish, token: Token | None = None) -> Created:
        raise _unsupported()

    def start_container(self, container_id: str, token: Token | None = None) -> None:
        raise ContainerNotFound(container_id)

    def container_log(
        self,
        container_id: str,
        tail: int | None = None,
        token: Token | None = None,
        *,
        follow: bool = False,
    ) -> Iterator[LogLine]:
        raise ContainerNotFound(container_id)

    def networks(self, token: Token | None = None) -> tuple[Network, ...]:
        return ()

    def commit(self, container_id: str, wish: CommitWish, token: Token | None = None) -> str:
        raise ContainerNotFound(container_id)

    def import_file_system(
        self,
        chunks: Iterable[bytes],
        wish: ImportWish,
        report: Report,
        token: Token | None = None,
    ) -> str:
        raise _unsupported()

    def builder(self) -> BuilderChoice:
        raise _unsupported()

    def build(
        self,
        wish: BuildWish,
        logins: Mapping[str, Login],
        report: BuildReport,
        note: Note,
        token: Token,
    ) -> Built:
        raise _unsupported()

    def prune_build_cache(self, token: Token | None = None, *, everything: bool = False) -> int:
        raise _unsupported()


def _unsupported() -> Unsupported:
    return Unsupported(Kind.STORE.value)
