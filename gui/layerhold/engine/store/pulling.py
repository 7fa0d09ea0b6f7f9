"""Images from registries into a store, byte for byte."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from layerhold.domain import platforms
from layerhold.domain.cancel import Token
from layerhold.domain.descriptors import Descriptor
from layerhold.domain.login import Login
from layerhold.domain.progress import Phase, Progress, Report
from layerhold.domain.references import Reference, parse_remote
from layerhold.domain.transfers import Pulled, PulledImage, PullWish
from layerhold.engine.store import changing, index
from layerhold.engine.store.catalogue import Catalogue, Stored
from layerhold.engine.store.fetching import Fetched, fetch
from layerhold.engine.store.index import Entry
from layerhold.engine.store.leases import Lease, leased
from layerhold.engine.store.showing import shown
from layerhold.registry import tags
from layerhold.registry.manifests import Tree, read_tree
from layerhold.registry.session import Session


def pull(
    catalogue: Catalogue, wish: PullWish, login: Login | None, report: Report, token: Token
) -> Pulled:
    """Bring what is wished for; what has come before a failure is gone on with the next time."""
    reference = parse_remote(wish.reference)
    report(Progress(subject=reference.familiar, phase=Phase.CONNECTING))
    wanted = _wanted(reference, wish, login, token)
    came: list[PulledImage] = []
    fetched: list[Fetched] = []
    with (
        Session(reference.registry, login, token) as session,
        leased(catalogue.layout, token) as lease,
    ):
        for each in wanted:
            pulled = _Pull(catalogue, session, lease, each, report)
            came.append(pulled.run(wish.platform, token))
            fetched.append(pulled.fetched)
    return Pulled(
        tuple(came),
        sum(each.layers for each in fetched),
        sum(sum(each.received) for each in fetched),
        tuple(warning for each in fetched for warning in each.warnings),
    )


def _wanted(
    reference: Reference, wish: PullWish, login: Login | None, token: Token
) -> list[Reference]:
    """The one, or one for each tag of the repository; of a tag beside a digest nothing is kept."""
    if wish.all_tags:
        bare = replace(reference, tag="", digest="")
        return [replace(bare, tag=tag) for tag in tags.tags(bare, login, token)]
    return [replace(reference, tag="") if reference.digest else reference]


class _Pull:
    """One reference."""

    def __init__(
        self,
        catalogue: Catalogue,
        session: Session,
        lease: Lease,
        reference: Reference,
        report: Report,
    ) -> None:
        self._catalogue, self._session, self._lease = catalogue, session, lease
        self._reference, self._report = reference, report
        self.fetched = Fetched()

    def run(self, platform: str, token: Token) -> PulledImage:
        here = self._catalogue.platform
        tree = read_tree(self._session, self._reference, platform or here)
        layout = self._catalogue.layout
        self.fetched = fetch(
            layout, self._session, self._reference, tree, self._lease, self._report
        )
        new = self._entry(tree, whole=not platform or _is_for(tree, here))
        before: list[Entry] = []

        def change(entries: tuple[Entry, ...]) -> Sequence[Entry]:
            before[:] = [each for each in entries if each.reference == self._reference]
            return changing.joined(self._catalogue, entries, [new])

        index.change(layout, change, token)
        return self._came(tree, new, before)

    def _entry(self, tree: Tree, *, whole: bool) -> Entry:
        """The whole index, of which this machine's platform is here, or one platform by itself.

        Other programs take an index for what they find in it for this machine.
        """
        top = (*tree.indexes, tree.manifest)[0] if whole else tree.manifest
        origin = replace(self._reference, tag="", digest=tree.digest)
        layout, size = self._catalogue.layout, len(top.content)
        made = shown(layout, self._lease, top.media_type, top.digest, size)
        return made.renamed(self._reference, origin)

    def _came(self, tree: Tree, new: Entry, before: Sequence[Entry]) -> PulledImage:
        [now] = self._catalogue.of([new])
        earlier = _first(self._catalogue.of(before))
        is_same = earlier is not None and earlier.id == now.id
        knew = any(each.digest == new.digest for each in before)
        return PulledImage(
            reference=self._reference.familiar,
            image_id=now.id,
            digest=tree.digest,
            displaced=earlier.id if earlier and not is_same else "",
            was_current=knew and not self.fetched.received,
            platform=now.variants[0].config.platform if now.variants else "",
        )


def _is_for(tree: Tree, platform: str) -> bool:
    """Whether an image that was chosen by its platform is the one for this machine too."""
    told = Descriptor("", tree.manifest.digest, -1, tree.platform)
    return not tree.platform or platforms.best([told], platform) is not None


def _first(images: Iterable[Stored]) -> Stored | None:
    return next(iter(images), None)
