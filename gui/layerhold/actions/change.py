"""Remove, prune, tag and untag: ask, start a job, look again, tell."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication

from layerhold.actions.desk import Desk
from layerhold.actions.report import details_of
from layerhold.actions.starting import start
from layerhold.dialogs.prune import PruneDialog
from layerhold.dialogs.reference_field import holder
from layerhold.dialogs.remove import RemoveDialog
from layerhold.dialogs.tag import TagDialog
from layerhold.engine.api import Engine
from layerhold.jobs.job import Job
from layerhold.jobs.pruning import PruneResult
from layerhold.jobs.pruning import prune as carry_out_prune
from layerhold.jobs.removing import RemovalResult, carry_out
from layerhold.jobs.tagging import give_tag
from layerhold.planning.removal import Effect, RemovalPlan, plan
from layerhold.planning.targets import OneTag, Target
from layerhold.wording import aftermath, explain, removal
from layerhold.wording.quoting import name

translate = QCoreApplication.translate


def remove(desk: Desk, targets: Sequence[Target]) -> None:
    """Show what removing would do, and do what is left of it."""
    engine = desk.engine
    if engine is None or not targets:
        return
    wished = RemoveDialog.ask(desk.window, desk.library.world, targets, desk.runner)
    if wished is not None:
        _remove(desk, engine, wished)


def prune(desk: Desk) -> None:
    """Show what could go, and remove what is ticked."""
    engine = desk.engine
    if engine is None:
        return
    wished = PruneDialog.ask(desk.window, desk.library, desk.runner, desk.refresh)
    if wished is None:
        return
    work = partial(carry_out_prune, engine, wished, desk.library.anatomies)
    job = start(desk, engine, translate("Change", "Prune images"), work)
    if job:
        job.retry = partial(prune, desk)
        job.succeeded.connect(lambda result: _tell(desk, job, result))


def tag(desk: Desk, image_id: str) -> None:
    """Ask for a name, and give it to the image."""
    engine = desk.engine
    if engine is None or image_id not in desk.library.images:
        return
    wished = TagDialog.ask(desk.window, desk.library, image_id)
    if wished is None:
        return
    loser, reference = holder(desk.library, wished), wished.familiar
    title = translate("Change", "Tag {name}").replace("{name}", name(reference))
    known = loser.id if loser else ""
    job = start(
        desk,
        engine,
        title,
        lambda context: give_tag(engine, image_id, reference, known, context.token),
        aftermath=aftermath.of_tag(),
    )
    if job:
        done = translate("Change", "{name} is the image's new tag.")
        job.retry = partial(tag, desk, image_id)
        job.succeeded.connect(
            lambda _: desk.notices.inform(done.replace("{name}", name(reference)))
        )


def untag(desk: Desk, image_id: str, tag_: str) -> None:
    """Take a tag from an image; where that deletes the image, the plan is shown first."""
    target = OneTag(image_id, tag_)
    planned = plan(desk.library.world, [target])
    if desk.engine and planned.rows[0].effect is Effect.UNTAG:
        _remove(desk, desk.engine, planned)
    else:
        remove(desk, [target])


def _remove(desk: Desk, engine: Engine, wished: RemovalPlan) -> None:
    anatomies = desk.library.anatomies
    job = start(desk, engine, removal.title(wished), partial(carry_out, engine, wished, anatomies))
    if job:
        job.retry = lambda: remove(desk, _left_to_do(job, wished))
        job.succeeded.connect(lambda result: _tell(desk, job, result))


def _tell(desk: Desk, job: Job, result: RemovalResult | PruneResult) -> None:
    said = removal.result(result)
    if not result.incomplete:
        desk.notices.inform(said, *details_of(desk, job))
        return
    failure = next(iter(removal.failures(result)), None)
    hint = explain(failure).what if failure else ""
    desk.notices.warn(said, hint, *details_of(desk, job))


def _left_to_do(job: Job, wished: RemovalPlan) -> list[Target]:
    """What a retry is about; it is planned anew, for the world has changed."""
    if not isinstance(job.result, RemovalResult):
        return [row.target for row in wished.ticked]
    failed = [result.row.target for result in job.result.failed]
    return failed + [row.target for row in job.result.left]
