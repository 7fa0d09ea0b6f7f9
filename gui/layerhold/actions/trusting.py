"""Trust one registry in another way, and on with what its certificate has stopped."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication

from layerhold.actions.desk import Desk
from layerhold.actions.report import report
from layerhold.dialogs.trust import TrustDialog
from layerhold.domain.registry_errors import RegistryFault, RegistryUnreachable
from layerhold.jobs.job import Job, WayOn
from layerhold.registry.trust import STRICT, Trust
from layerhold.registry.trusted import TrustedRegistries, trusted_registries
from layerhold.wording.quoting import name

translate = QCoreApplication.translate

A_MATTER_OF_TRUST = frozenset({RegistryFault.CERTIFICATE, RegistryFault.PLAIN_HTTP})

Then = Callable[[], None]


def trust(desk: Desk, registry: str = "", then: Then | None = None) -> None:
    """Ask what a registry has to prove, keep it, and go on with what had to wait for it."""
    every = trusted_registries()
    reading = desk.runner.start("Read what is trusted", lambda _: every.all(), quiet=True)
    reading.succeeded.connect(partial(_ask, desk, every, registry, then))


def offer_trust(desk: Desk, job: Job, error: Exception) -> None:
    """Where a registry could not prove enough to us, the buttons of job and notice say so."""
    if not isinstance(error, RegistryUnreachable) or not error.from_here:
        return
    if error.why in A_MATTER_OF_TRUST:
        act = partial(trust, desk, error.registry, job.retry)
        job.way_on = WayOn(translate("Trust", "Trust…"), act)
        job.changed.emit()
        desk.notices.offer(job.way_on.text, act)


def _ask(
    desk: Desk,
    every: TrustedRegistries,
    registry: str,
    then: Then | None,
    kept: dict[str, Trust],
) -> None:
    if chosen := TrustDialog.ask(desk.window, kept, registry):
        _keep(desk, every, *chosen, then)


def _keep(
    desk: Desk, every: TrustedRegistries, registry: str, chosen: Trust, then: Then | None
) -> None:
    title = translate("Trust", "Trust {registry}").replace("{registry}", name(registry))
    job = desk.runner.start(title, lambda _: every.keep(registry, chosen), quiet=True)
    done = translate("Trust", "{registry} is trusted as you said.")
    if chosen == STRICT:
        done = translate("Trust", "{registry} has to prove what every registry has to.")
    job.succeeded.connect(lambda _: desk.notices.inform(done.replace("{registry}", name(registry))))
    job.failed.connect(partial(report, desk))
    if then:
        job.succeeded.connect(lambda _: then())
