"""Save images: ask which and where, write the archives, tell what came of it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths

from layerhold.actions import change
from layerhold.actions.desk import Desk
from layerhold.actions.report import details_of
from layerhold.actions.showing import show_in_folder
from layerhold.actions.starting import same_engine, start
from layerhold.dialogs.save import SaveDialog, SaveTools
from layerhold.domain.errors import FileNotWritten
from layerhold.engine.api import Engine
from layerhold.jobs import saving
from layerhold.jobs.job import Job, WayOn
from layerhold.jobs.save_place import SavePlace, look_at
from layerhold.jobs.saving import Saved, SavedFile
from layerhold.planning.saving import FileWish, Item, SaveWish, file_name, items_of, saved_size
from layerhold.planning.targets import OneTag, Target, WholeImage
from layerhold.wording import saving as words
from layerhold.wording.quoting import name

translate = QCoreApplication.translate


def save(desk: Desk, targets: Sequence[Target], folder: Path | None = None) -> None:
    """Ask what to save, and save it; without a folder, the one that was used last is offered."""
    engine = desk.engine
    meant = [target for target in targets if target.image_id in desk.library.images]
    if engine is None or not meant:
        if engine and folder:
            _tell_nothing(desk)
        return
    tools = SaveTools(partial(_look, desk), partial(change.tag, desk))
    where = folder or Path(desk.settings.save_folder or _usual_folder())
    wish = SaveDialog.ask(desk.window, desk.library, engine.about, meant, where, tools)
    if wish is not None:
        _remember(desk, wish.files[0].path.parent)
        _save(desk, engine, wish)


def _tell_nothing(desk: Desk) -> None:
    desk.notices.warn(
        translate("SavingImages", "No image is selected."),
        translate("SavingImages", "Select images in the list first, or drag them onto the folder."),
    )


def save_to(desk: Desk, targets: Sequence[Target], folder: Path) -> None:
    """Save to a folder at once, unless something has to be asked: then as `save` does."""
    engine, items = desk.engine, items_meant(desk, targets)
    if engine is None or not items:
        return
    file = FileWish(folder / file_name(items), items, saved_size(desk.library.anatomies, items))
    job = _look(desk, [file.path])
    ask = partial(save, desk, targets, folder)

    def go_on(place: SavePlace) -> None:
        room = file.size is None or file.size <= place.free
        if room and not place.taken and all(item.tag for item in items):
            _save(desk, engine, SaveWish((file,)))
        else:
            ask()

    job.succeeded.connect(go_on)
    # The dialog says what is wrong with the folder, and another can be chosen there.
    job.failed.connect(lambda _: ask())


def items_meant(desk: Desk, targets: Sequence[Target]) -> tuple[Item, ...]:
    """The tags that are pointed at, and the images that have none."""
    found = items_of(desk.library.images, targets)
    return tuple(item for item, is_meant in found.items() if is_meant)


def _usual_folder() -> str:
    locations = QStandardPaths.StandardLocation
    found = QStandardPaths.writableLocation(locations.DownloadLocation)
    return found if Path(found).is_dir() else str(Path.home())


def _look(desk: Desk, paths: Sequence[Path]) -> Job:
    return desk.runner.start("Look at a folder", partial(look_at, paths), quiet=True)


def _remember(desk: Desk, folder: Path) -> None:
    if desk.settings.save_folder != str(folder):
        desk.change_settings(replace(desk.settings, save_folder=str(folder)))


def _save(desk: Desk, asked: Engine, wish: SaveWish) -> None:
    engine = same_engine(desk, asked) or asked
    job = start(desk, engine, title_of(wish), partial(saving.save, engine, wish))
    if job:
        done: list[SavedFile] = []
        job.delivered.connect(done.append)
        job.delivered.connect(partial(keep_file, job))
        job.failed.connect(lambda _: _note(job, done))
        job.cancelled.connect(lambda: _note(job, done))
        job.retry = lambda: _save_rest(desk, asked, job, _rest(wish, done))
        job.succeeded.connect(partial(_tell, desk, job))


def title_of(wish: SaveWish) -> str:
    """What the job is called."""
    items = [item for file in wish.files for item in file.items]
    what = name(items[0].reference) if len(items) == 1 else words.counted(items)
    return translate("SavingImages", "Save {name}").replace("{name}", what)


def keep_file(job: Job, file: SavedFile) -> None:
    """Let the file be dragged from the job."""
    job.files = (*job.files, file.path)


def _save_rest(desk: Desk, asked: Engine, job: Job, rest: SaveWish) -> None:
    """Where the files cannot be as they were wished, the user is asked for other ones."""
    if not isinstance(job.error, FileNotWritten):
        _save(desk, asked, rest)
        return
    items = [item for file in rest.files for item in file.items]
    targets = [
        OneTag(item.image_id, item.tag) if item.tag else WholeImage(item.image_id) for item in items
    ]
    save(desk, targets, rest.files[0].path.parent)


def _rest(wish: SaveWish, done: Sequence[SavedFile]) -> SaveWish:
    """What a retry is about."""
    complete = {file.path for file in done}
    return replace(wish, files=tuple(file for file in wish.files if file.path not in complete))


def _note(job: Job, done: Sequence[SavedFile]) -> None:
    """What is there although not everything is."""
    for file in done:
        job.log.extend(words.file_lines(file))


def _tell(desk: Desk, job: Job, result: Saved) -> None:
    text = translate("SavingImages", "Show in folder")
    job.way_on = WayOn(text, lambda: show_in_folder(result.files[0].path))
    job.changed.emit()
    desk.notices.inform(words.saved(result), *details_of(desk, job))
