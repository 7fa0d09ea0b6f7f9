"""Pulling behind the Docker API, and what it changed."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from layerhold.domain import references
from layerhold.domain.cancel import Token
from layerhold.domain.digests import SHORT, short
from layerhold.domain.errors import ImageNotFound, Unsupported
from layerhold.domain.login import Login
from layerhold.domain.progress import Phase, Report
from layerhold.domain.references import Reference
from layerhold.domain.transfers import Pulled, PullWish
from layerhold.engine.about import About, Caps, Kind
from layerhold.engine.docker import arrivals
from layerhold.engine.docker import login as logins
from layerhold.engine.docker.arrivals import Known
from layerhold.engine.docker.layer_progress import Transfer, Way
from layerhold.engine.docker.registry_refusals import at_registry
from layerhold.engine.docker.session import Session
from layerhold.engine.docker.stream import StreamEvent, read_stream

FROM, DIGEST, END = "Pulling from ", "Digest: ", "Status: "
WARNINGS = ("WARNING", "[DEPRECATION NOTICE]")
FETCHED = {"Download complete", "Pull complete", "Already exists"}


class Told:
    """What the stream says besides the layers."""

    def __init__(self, kind: Kind) -> None:
        self.digests: dict[str, str] = {}
        """By tag, in the order that they came."""
        self.warnings: list[str] = []
        self.has_ended = has_ended_on_podman() if kind is Kind.PODMAN else has_ended_on_docker
        self._tag = ""

    def take(self, event: StreamEvent) -> None:
        status = event.status or ""
        if status.startswith(FROM):
            self._tag = event.id or ""
        elif status.startswith(DIGEST):
            self.digests[self._tag] = status.removeprefix(DIGEST).strip()
        elif status.startswith(WARNINGS):
            self.warnings.append(status)


def has_ended_on_docker(event: StreamEvent) -> bool:
    return (event.status or "").startswith(END)


def has_ended_on_podman() -> Callable[[StreamEvent], bool]:
    """Podman names the image at the end, as something fetched, after its configuration was."""
    fetched = set[str]()

    def has_ended(event: StreamEvent) -> bool:
        if event.status not in FETCHED or not event.id:
            return has_ended_on_docker(event)
        is_image = event.id in fetched or len(event.id) > SHORT
        fetched.add(event.id)
        return is_image

    return has_ended


def pull(
    session: Session,
    about: About,
    wish: PullWish,
    login: Login | None,
    report: Report,
    token: Token | None = None,
) -> Pulled:
    reference = _asked_for(wish, about.caps)
    before = arrivals.known(session, about, reference, token)
    transfer = Transfer(reference.familiar, _way(about, wish), report)
    told = Told(about.kind)
    with (
        at_registry(reference.familiar, reference.registry, logged_in=login is not None),
        session.client(reference.familiar, token, lasting=True) as client,
    ):
        answer = client.ask(
            "POST",
            "/images/create",
            params=_options(reference, wish),
            headers=logins.shown(login),
            stream=True,
        )
        for event in read_stream(answer, told.has_ended):
            transfer.take(event)
            told.take(event)
    transfer.finish()
    after = arrivals.known(session, about, reference, token)
    return _came(reference, told, transfer, before, after)


def _asked_for(wish: PullWish, caps: Caps) -> Reference:
    """What to ask the registry for; without tag and digest, for all of the repository."""
    reference = references.parse_remote(wish.reference)
    if not wish.all_tags:
        # Of a tag beside a digest, engines know nothing afterwards.
        return replace(reference, tag="") if reference.digest else reference
    if not caps.all_tags:
        raise Unsupported(reference.repository)
    return replace(reference, tag="", digest="")


def _way(about: About, wish: PullWish) -> Way:
    return Way(Phase.DOWNLOADING, unpacks=about.kind is Kind.DOCKER, open_ended=wish.all_tags)


def _options(reference: Reference, wish: PullWish) -> dict[str, str]:
    # Whole names: what a short one means to Podman depends on its configuration.
    options = {"fromImage": f"{reference.registry}/{reference.path}"}
    if version := reference.digest or reference.tag:
        options["tag"] = version
    if wish.platform:
        options["platform"] = wish.platform
    return options


def _came(
    reference: Reference,
    told: Told,
    transfer: Transfer,
    before: Mapping[str, Known],
    after: Mapping[str, Known],
) -> Pulled:
    single = bool(reference.tag or reference.digest)
    tags = {reference.tag: "".join([*told.digests.values()][-1:])} if single else told.digests
    ids = {short(known.image.id) for known in after.values()}
    new_layers = transfer.new_layers(besides=ids)
    came = [
        arrivals.arrived(name, digest, before.get(name), after[name], fresh=bool(new_layers))
        for tag, digest in tags.items()
        if (name := replace(reference, tag=tag).familiar) in after
    ]
    if not came:
        raise ImageNotFound(reference.familiar)
    return Pulled(tuple(came), new_layers, transfer.moved, tuple(told.warnings))
