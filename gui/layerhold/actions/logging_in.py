"""Log in to registries and out again, and on with what a missing login has stopped."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication

from layerhold.actions.desk import Desk
from layerhold.actions.report import report
from layerhold.dialogs.log_out import LogOutDialog
from layerhold.dialogs.login import LoginDialog
from layerhold.domain.login import Login
from layerhold.domain.registry_errors import LoginNeeded, LoginRefused, RateLimited
from layerhold.jobs.context import Context
from layerhold.jobs.job import Job, WayOn
from layerhold.jobs.logging_in import log_in as carry_out
from layerhold.registry import checking
from layerhold.registry.checking import Check
from layerhold.registry.places import KnownLogin, Place
from layerhold.wording.quoting import name

translate = QCoreApplication.translate


class Attempt:
    """What the login dialog can ask for, as jobs."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def places(self, registry: str) -> Job:
        logins = self._desk.logins

        def look(context: Context) -> tuple[Place, ...]:
            return logins.places(registry, context.token)

        return self._desk.runner.start("Look where logins are kept", look, quiet=True)

    def log_in(self, login: Login, place: Place) -> Job:
        # No retry: the job would have to keep the password.
        title = translate("Logins", "Log in to {registry}").replace("{registry}", login.registry)
        work = partial(carry_out, _check(self._desk), self._desk.logins, login, place)
        job = self._desk.runner.start(title, work)
        job.succeeded.connect(self._tell)
        return job

    def _tell(self, registry: str) -> None:
        said = translate("Logins", "Logged in to {registry}.")
        self._desk.notices.inform(said.replace("{registry}", name(registry)))


def log_in(desk: Desk, registry: str = "", then: Callable[[], None] | None = None) -> None:
    """Ask for a login, keep it, and go on with what had to wait for it."""
    settings = desk.settings
    keeper = LoginDialog.ask(desk.window, Attempt(desk), registry, settings.login_keeper)
    if keeper is None:
        return
    desk.change_settings(replace(settings, login_keeper=keeper.value))
    desk.look_at_logins()
    if then:
        then()


def offer_login(desk: Desk, job: Job, error: Exception) -> None:
    """Where the registry wants to know who asks, the buttons of job and notice say so."""
    if isinstance(error, LoginNeeded | LoginRefused | RateLimited):
        then = job.retry
        act = partial(log_in, desk, error.registry, then)
        job.way_on = WayOn(translate("Logins", "Log in…"), act)
        job.changed.emit()
        desk.notices.offer(job.way_on.text, act)


def log_out(desk: Desk, login: KnownLogin) -> None:
    """Forget the login wherever it is kept, if the user means it."""
    if not LogOutDialog.ask(desk.window, login):
        return
    title = translate("Logins", "Log out of {registry}")
    title = title.replace("{registry}", name(login.registry))
    logins = desk.logins
    job = desk.runner.start(title, lambda context: logins.forget(login.registry, context.token))
    job.failed.connect(lambda error: report(desk, error, job))
    done = translate("Logins", "Logged out of {registry}.")
    done = done.replace("{registry}", name(login.registry))
    job.succeeded.connect(lambda _: desk.notices.inform(done))
    job.settled.connect(desk.look_at_logins)


def _check(desk: Desk) -> Check:
    """The engine asks, and we look as well; without one that can, we ask."""
    engine = desk.engine
    if engine is not None and engine.about.caps.checks_logins:
        return partial(checking.check_with, engine.check_login)
    return checking.check
