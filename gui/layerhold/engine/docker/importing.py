"""Images from the files of a root file system."""

from collections.abc import Iterable, Mapping

from layerhold.domain.cancel import Token
from layerhold.domain.committing import ImportWish
from layerhold.domain.errors import EngineRefused
from layerhold.domain.progress import Report
from layerhold.domain.references import split
from layerhold.engine.about import Kind
from layerhold.engine.docker import wire
from layerhold.engine.docker.archive_refusals import archive_meaning
from layerhold.engine.docker.archives import TAR, announced
from layerhold.engine.docker.container_refusals import change_meaning
from layerhold.engine.docker.session import Session
from layerhold.engine.docker.stream import StreamEvent, read_stream


def import_file_system(
    session: Session,
    kind: Kind,
    chunks: Iterable[bytes],
    wish: ImportWish,
    report: Report,
    token: Token | None = None,
) -> str:
    """The ID of the image that the engine made."""
    try:
        with session.client(wish.reference, token, lasting=True) as client:
            answer = client.ask(
                "POST",
                "/images/create",
                params=_options(wish, kind),
                data=announced(chunks, report),
                headers=TAR,
                stream=True,
                timeout=None,
            )
            ids = [event.status for event in read_stream(answer, _is_end) if _is_end(event)]
            return wire.identity(ids[-1])
    except EngineRefused as refused:
        raise change_meaning(refused) or archive_meaning(refused) from refused


def _options(wish: ImportWish, kind: Kind) -> Mapping[str, str | list[str]]:
    # Podman takes the tag from the repository only.
    whole = kind is Kind.PODMAN
    repository, tag = (wish.reference, "") if whole else split(wish.reference)
    options: dict[str, str | list[str]] = {
        "fromSrc": "-",
        "repo": repository,
        "tag": tag,
        "message": wish.message,
        "changes": list(wish.changes),
        "platform": wish.platform,
    }
    return {name: value for name, value in options.items() if value}


def _is_end(event: StreamEvent) -> bool:
    return (event.status or "").startswith("sha256:")
