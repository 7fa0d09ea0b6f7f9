"""What a removal would do, and what it did, in sentences."""

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QCoreApplication

from layerhold.domain.containers import Container
from layerhold.domain.errors import Failure
from layerhold.formatting import size, visible
from layerhold.jobs.pruning import PruneResult
from layerhold.jobs.removing import RemovalResult, RowResult, subject
from layerhold.planning.removal import Effect, RemovalPlan, Row
from layerhold.wording import explain
from layerhold.wording.containers import container
from layerhold.wording.counting import containers, images, items, listed, tags
from layerhold.wording.details import result_lines, told
from layerhold.wording.quoting import NAMED, name
from layerhold.wording.weights import freed

translate = QCoreApplication.translate


def called(row: Row) -> str:
    """What a row is about: a reference, or a short ID."""
    return name(subject(row))


def plan(planned: RemovalPlan) -> str:
    """Such as `2 images and 1 tag will be removed; 212 MB will come free.` (a sentence)."""
    rows = planned.ticked
    gone = {row.target.image_id for row in rows if row.effect is Effect.DELETE}
    kept = [row.untagged for row in rows if row.effect is Effect.UNTAG]
    what = _amounts(len(gone), _tags(kept), len(planned.containers_deleted))
    if not what:
        return translate("Removal", "Nothing will be removed.")
    if not planned.freed.amount:
        sentence = translate("Removal", "{what} will be removed; no space will come free.")
        return sentence.format(what=what)
    sentence = translate("Removal", "{what} will be removed; {bytes} will come free.")
    return sentence.format(what=what, bytes=freed(planned.freed))


def title(planned: RemovalPlan) -> str:
    """What the job is called: `Remove nginx:1.27` or `Remove 3 items`."""
    rows = planned.ticked
    what = called(rows[0]) if len(rows) == 1 else items(len(rows))
    return translate("Removal", "Remove {what}").replace("{what}", what)


def result(done: RemovalResult | PruneResult) -> str:
    """Such as `2 images and 1 tag removed; 212 MB came free.`, and what did not work."""
    if isinstance(done, RemovalResult):
        return _removed(done)
    said = [_removed(done.images)] if done.images.rows or done.cache_freed is None else []
    if done.cache_freed is not None:
        cache = translate("Removal", "Build cache: {bytes} came free.")
        said.append(cache.format(bytes=size(done.cache_freed)))
    if done.cache_failure:
        said.append(translate("Removal", "The build cache could not be pruned."))
    return " ".join(said)


def failures(done: RemovalResult | PruneResult) -> list[Failure]:
    """Everything that went wrong, in the order in which it did."""
    removed = done if isinstance(done, RemovalResult) else done.images
    found = [row.failure for row in removed.failed if row.failure]
    if isinstance(done, PruneResult) and done.cache_failure:
        found.append(done.cache_failure)
    return found


def _removed(done: RemovalResult) -> str:
    gone = {row.row.target.image_id for row in done.rows} & set(done.images)
    kept = [row.removed.untagged for row in done.rows if row.row.target.image_id not in gone]
    what = _amounts(len(gone), _tags(kept), len(done.containers))
    sentence = translate("Removal", "{what} removed; {bytes} came free.")
    if not done.freed.amount:
        sentence = translate("Removal", "{what} removed; no space came free.")
    said = [sentence.format(what=what, bytes=freed(done.freed))] if what else []
    if done.failed:
        failed = translate("Removal", "{items} could not be removed.")
        said.append(failed.format(items=items(len(done.failed))))
    if done.gone:
        before = translate("Removal", "{items} had gone before.")
        said.append(before.format(items=items(len(done.gone))))
    if done.left:
        said.append(translate("Removal", "{items} not begun.").format(items=items(len(done.left))))
    return " ".join(said) or translate("Removal", "Nothing was removed.")


def effect(row: Row) -> str:
    """What happens to the row's target: `Delete, with web (running)`, `Blocked by web (exited)`."""
    if row.effect is Effect.BLOCKED:
        return _blocked(row)
    done = {
        Effect.DELETE: translate("Removal", "Delete"),
        Effect.UNTAG: translate("Removal", "Untag"),
        Effect.GONE: translate("Removal", "Gone already"),
    }[row.effect]
    if not row.containers_deleted:
        return done
    both = translate("Removal", "{effect}, with {containers}")
    return both.replace("{effect}", done).replace("{containers}", users(row.containers_deleted, 1))


def _blocked(row: Row) -> str:
    if row.blockers:
        blocked = translate("Removal", "Blocked by {containers}")
        holders = users([blocker.container for blocker in row.blockers], 1)
        return blocked.replace("{containers}", holders)
    blocked = translate("Removal", "Blocked by {images} built on it")
    return blocked.replace("{images}", images(len(row.children)))


def users(of: Sequence[Container], limit: int = NAMED) -> str:
    """`web (running), db (exited) and 3 more`."""
    return listed([container(user) for user in of], limit)


def _amounts(image_count: int, tag_count: int, container_count: int) -> str:
    counted = (
        (images, image_count),
        (tags, tag_count),
        (containers, container_count),
    )
    return _in_a_row([say(count) for say, count in counted if count])


def _in_a_row(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    both = translate("Removal", "{first} and {last}")
    return both.format(first=", ".join(parts[:-1]), last=parts[-1])


def _tags(untagged: Iterable[tuple[str, ...]]) -> int:
    """A tag takes digests of its repository along, which nobody counts."""
    return len([each for names in untagged for each in names if "@" not in each])


@result_lines.register(RemovalResult)
@result_lines.register(PruneResult)
def lines(done: RemovalResult | PruneResult) -> Iterator[str]:
    """Every ID untagged and deleted, every failure, and what came free."""
    yield result(done)
    of_images = done if isinstance(done, RemovalResult) else done.images
    for row in of_images.rows:
        yield ""
        yield from _row(row)
    if of_images.left:
        yield ""
        yield translate("Details", "Not begun:")
        yield from (f"  {called(row)}" for row in of_images.left)
    if isinstance(done, PruneResult) and done.cache_failure:
        yield ""
        yield from told(explain(done.cache_failure))


def _row(row: RowResult) -> Iterator[str]:
    yield called(row.row)
    gone = translate("Details", "Untagged: {id}")
    yield from ("  " + gone.replace("{id}", visible(each)) for each in row.removed.untagged)
    gone = translate("Details", "Deleted: {id}")
    yield from ("  " + gone.replace("{id}", visible(each)) for each in row.removed.deleted)
    gone = translate("Details", "Removed container: {name} {id}")
    for user in row.containers:
        yield "  " + gone.replace("{id}", user.id).replace("{name}", visible(user.name))
    if row.failure:
        yield from told(explain(row.failure), "  ")
