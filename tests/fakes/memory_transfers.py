"""How images go between an engine in memory and registries in memory."""

from collections.abc import Callable

from fakes.memory_registry import MemoryRegistry, digest
from layerhold.domain.cancel import Token
from layerhold.domain.images import Image
from layerhold.domain.login import Login
from layerhold.domain.progress import Phase, Progress, Report
from layerhold.domain.references import Reference, parse
from layerhold.domain.transfers import Pulled, PulledImage, PullWish, Pushed, RemoteImage
from planning.model_engine import Model


class MemoryTransfers:
    """The verbs of `Engine` that need a registry; `pulling` and `pushing` begin in the middle."""

    model: Model
    image: Callable[[str], Image]
    tag: Callable[[str, str], None]
    _begin: Callable[..., None]

    def __init__(self) -> None:
        self.registry = MemoryRegistry()

    def pull(
        self, wish: PullWish, login: Login | None, report: Report, token: Token | None = None
    ) -> Pulled:
        self._begin("pull", token)
        wished = parse(wish.reference)
        self.registry.admit(wished.familiar, wished.registry, login)
        names = self.registry.tags(wished.repository) if wish.all_tags else [wished.familiar]
        report(Progress(50, 100, "bytes", wished.familiar, Phase.DOWNLOADING))
        self._begin("pulling", token)
        return Pulled(tuple(self._arrive(parse(name)) for name in names), 1, 100)

    def push(
        self, reference: str, login: Login | None, report: Report, token: Token | None = None
    ) -> Pushed:
        self._begin("push", token)
        target = parse(reference)
        image_id = self.image(target.familiar).id
        self.registry.admit(target.familiar, target.registry, login)
        report(Progress(50, 100, "bytes", target.familiar, Phase.UPLOADING))
        self._begin("pushing", token)
        self.registry.images[target.familiar] = image_id
        return Pushed(target.familiar, digest(image_id), 1, 100)

    def check_login(self, login: Login, token: Token | None = None) -> Login:
        self._begin("check_login", token)
        self.registry.admit("", login.registry, login)
        return login

    def remote(
        self, reference: str, login: Login | None, token: Token | None = None
    ) -> RemoteImage:
        self._begin("remote", token)
        named = parse(reference)
        self.registry.admit(named.familiar, named.registry, login)
        return self.registry.remote(named)

    def _arrive(self, reference: Reference) -> PulledImage:
        image_id, before = self.registry.find(reference), self.model.find(reference.familiar)
        if image_id not in self.model.images:
            self.model.add(image_id)
        self.tag(image_id, reference.familiar)
        displaced = before if before and before != image_id else ""
        same = before == image_id
        return PulledImage(reference.familiar, image_id, digest(image_id), displaced, same)
