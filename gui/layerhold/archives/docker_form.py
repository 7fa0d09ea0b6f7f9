"""The images that a `manifest.json` lists, as `docker save` and `podman save` write it."""

from layerhold.archives import names
from layerhold.archives.contents import ArchivedImage, Part, Problem, ProblemKind
from layerhold.archives.documents import BadDocument, Config, Entry, config, decoded, has_digest
from layerhold.archives.layer_shelf import Described, LayerShelf
from layerhold.archives.limits import MOST_IMAGES, MOST_LAYERS_OF_ONE, MOST_PROBLEMS_OF_ONE
from layerhold.archives.opened import Opened
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.digests import is_digest

MANIFEST = "manifest.json"
_HEXADECIMAL = 64


def images(opened: Opened, shelf: LayerShelf) -> list[ArchivedImage]:
    """Every image in the order of the list; raises `ArchiveFailure`."""
    entries = _entries(opened)
    reader = _Reader(opened, shelf)
    reader.read_configs(entries)
    return [reader.image(entry, number) for number, entry in enumerate(entries)]


def _entries(opened: Opened) -> list[Entry]:
    content = opened.document(MANIFEST)
    path = str(opened.place.path)
    if content is None:
        raise ArchiveFailure(path, ArchiveFault.TOO_LARGE, MANIFEST)
    try:
        # What some engines write when nothing could be saved.
        entries = [] if content.strip() == b"null" else decoded(content, list[Entry])
    except BadDocument as error:
        raise ArchiveFailure(path, ArchiveFault.CORRUPT, f"{MANIFEST}: {error}") from error
    if len(entries) > MOST_IMAGES:
        raise ArchiveFailure(path, ArchiveFault.TOO_LARGE, f"{len(entries)} images")
    return entries


class _Reader:
    """Puts images together out of the list and their configurations."""

    def __init__(self, opened: Opened, shelf: LayerShelf) -> None:
        self._opened, self._shelf = opened, shelf
        self._configs: dict[Part, Config | Problem] = {}

    def read_configs(self, entries: list[Entry]) -> None:
        parts = [part for entry in entries if (part := self._opened.find(entry.config))]
        for part, content in self._opened.documents(parts):
            self._configs[part] = _config(self._shelf, part, content)

    def image(self, entry: Entry, number: int) -> ArchivedImage:
        problems: list[Problem] = []
        part = self._opened.find(entry.config)
        settings = self._settings(entry, part, problems)
        described = self._described(entry, settings, problems)
        layers, more = self._shelf.stack(described, settings.diff_ids)
        return ArchivedImage(
            key=settings.id or f"{number}",
            id=settings.id,
            tags=tuple(dict.fromkeys(entry.repo_tags or ())),
            platform=settings.platform,
            created=settings.created,
            config=part,
            layers=layers,
            parent=entry.parent or "",
            problems=(*(more if settings.id else ()), *problems)[:MOST_PROBLEMS_OF_ONE],
        )

    def _settings(self, entry: Entry, part: Part | None, problems: list[Problem]) -> Config:
        nothing = Config("", "", 0, ())
        if part is None:
            problems.append(_missing(entry.config, ProblemKind.MISSING_DOCUMENT))
            return nothing
        too_large = Problem(ProblemKind.BAD_DOCUMENT, part.name, "too large")
        found = self._configs.get(part, too_large)
        if isinstance(found, Config):
            return found
        problems.append(found)
        return nothing

    def _described(
        self, entry: Entry, settings: Config, problems: list[Problem]
    ) -> list[Described]:
        described: list[Described] = []
        for name in (entry.layers or ())[: MOST_LAYERS_OF_ONE + 1]:
            part = self._opened.find(name)
            if part is None:
                problems.append(_missing(name, _why(entry, settings, len(described))))
            described.append((part, _digest_in(part.name) if part else "", ""))
        return described


def _config(shelf: LayerShelf, part: Part, content: bytes) -> Config | Problem:
    """A configuration whose name tells its digest must have that."""
    told = _digest_in(part.name)
    if told and not has_digest(content, told):
        return Problem(ProblemKind.WRONG_DIGEST, part.name)
    try:
        return shelf.admit(config(content))
    except BadDocument as error:
        return Problem(ProblemKind.BAD_DOCUMENT, part.name, str(error))


def _missing(name: str, kind: ProblemKind) -> Problem:
    return Problem(kind if names.tidy(name) else ProblemKind.UNSAFE_NAME, name)


def _why(entry: Entry, settings: Config, position: int) -> ProblemKind:
    sources = entry.layer_sources or {}
    is_foreign = position < len(settings.diff_ids) and settings.diff_ids[position] in sources
    return ProblemKind.FOREIGN_LAYER if is_foreign else ProblemKind.MISSING_LAYER


def _digest_in(name: str) -> str:
    """`blobs/sha256/…`, as Docker names every part since 25, or `….json`, as it did before."""
    digest = names.digest_in(name)
    if not digest and name.endswith(".json") and len(name) == _HEXADECIMAL + 5:
        digest = f"sha256:{name[:_HEXADECIMAL]}"
    return digest if is_digest(digest) else ""
