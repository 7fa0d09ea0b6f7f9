"""Pull and push: ask, run it as the user who is logged in, tell what came of it."""

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from layerhold.actions.desk import Desk
from layerhold.actions.logging_in import offer_login
from layerhold.actions.report import details_of
from layerhold.actions.starting import same_engine, start
from layerhold.actions.trusting import offer_trust
from layerhold.dialogs.pull import PullDialog
from layerhold.dialogs.push import PushDialog
from layerhold.domain.errors import Failure
from layerhold.domain.references import Reference, parse
from layerhold.domain.transfers import Pulled, PullWish, Pushed
from layerhold.engine.api import Engine
from layerhold.jobs import transfers
from layerhold.jobs.job import Job, WayOn
from layerhold.jobs.looking_up import look_up
from layerhold.jobs.transfers import LeftByPush, NewName
from layerhold.wording import explain
from layerhold.wording import transfers as words
from layerhold.wording.counting import tags
from layerhold.wording.details import result_lines
from layerhold.wording.quoting import name

translate = QCoreApplication.translate


def pull(desk: Desk, reference: str = "") -> None:
    """Ask what to pull, and pull it."""
    engine = desk.engine
    if engine is None:
        return
    ask = partial(_look_up, desk, engine)
    wish = PullDialog.ask(desk.window, desk.library, engine.about, ask, reference)
    if wish is not None:
        _pull(desk, engine, wish)


def _look_up(desk: Desk, engine: Engine, reference: Reference) -> Job:
    work = partial(look_up, engine, desk.logins, reference)
    return desk.runner.start("Ask the registry", work, quiet=True)


def _pull(desk: Desk, asked: Engine, wish: PullWish) -> None:
    engine = same_engine(desk, asked) or asked
    title = translate("Moving", "Pull {name}").replace("{name}", name(wish.reference))
    work = partial(transfers.pull, engine, desk.logins, wish)
    job = start(desk, engine, title, work, lane=desk.transfers, aftermath=words.after_pull())
    if job:
        job.delivered.connect(partial(_note, job))
        job.retry = partial(_pull, desk, asked, wish)
        job.failed.connect(partial(offer_login, desk, job))
        job.failed.connect(partial(offer_trust, desk, job))
        job.succeeded.connect(partial(_tell_pulled, desk, job))


def push(desk: Desk, image_id: str, tag: str = "") -> None:
    """Ask under which name, and push it."""
    engine = desk.engine
    if engine is None or image_id not in desk.library.images:
        return
    wish = PushDialog.ask(desk.window, desk.library, image_id, tag)
    if wish is None:
        return
    new = NewName(image_id, wish.references[0], wish.loser) if wish.new else None
    _push(desk, engine, wish.references, new)


def _push(
    desk: Desk, asked: Engine, references: tuple[str, ...], new: NewName | None = None
) -> None:
    engine = same_engine(desk, asked) or asked
    title = translate("Moving", "Push {name}").replace("{name}", _called(references))
    work = partial(transfers.push, engine, desk.logins, references)
    if new:
        work = partial(transfers.tag_and_push, engine, desk.logins, new)
    job = start(desk, engine, title, work, lane=desk.transfers, aftermath=words.after_push())
    if job:
        job.delivered.connect(partial(_note, job))
        job.retry = partial(_push, desk, asked, references, new)
        job.failed.connect(partial(offer_login, desk, job))
        job.failed.connect(partial(offer_trust, desk, job))
        job.succeeded.connect(partial(_tell_pushed, desk, job))


def _called(references: tuple[str, ...]) -> str:
    if len(references) == 1:
        return name(references[0])
    every = translate("Moving", "{tags} of {repository}").replace("{tags}", tags(len(references)))
    return every.replace("{repository}", name(parse(references[0]).repository))


def _note(job: Job, part: Failure | LeftByPush | NewName) -> None:
    """What did not stop the job, but may explain why a registry refused; and what was done."""
    if isinstance(part, Failure):
        said = explain(part)
        job.log.append(f"{said.what} {said.hint}")
    else:
        job.log.extend(result_lines(part))


def _tell_pulled(desk: Desk, job: Job, result: Pulled) -> None:
    desk.notices.inform(words.pulled(result), *details_of(desk, job))


def _tell_pushed(desk: Desk, job: Job, result: tuple[Pushed, ...]) -> None:
    desk.notices.inform(words.pushed(result), *details_of(desk, job))
    digests = "\n".join(f"{each.reference}@{each.digest}" for each in result if each.digest)
    if digests:
        text = translate("Moving", "Copy digest")
        job.way_on = WayOn(text, lambda: QGuiApplication.clipboard().setText(digests))
        job.changed.emit()
