"""Import a root file system: ask what it shall be, send it, tell what came of it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from layerhold.actions.desk import Desk
from layerhold.actions.report import details_of
from layerhold.actions.showing import offer_image
from layerhold.actions.starting import heed_import, same_engine, start
from layerhold.dialogs.import_file_system import ImportDialog, ImportOrder
from layerhold.engine.api import Engine
from layerhold.jobs import importing
from layerhold.jobs.importing import Imported
from layerhold.jobs.job import Job
from layerhold.wording import loading as words
from layerhold.wording.quoting import name

translate = QCoreApplication.translate


def import_file_system(desk: Desk, path: Path | None = None) -> bool:
    """Ask how to import it (or which one), and import it; whether that is being done."""
    engine = desk.engine
    if engine is None:
        return False
    parent = QApplication.activeModalWidget() or desk.window
    order = ImportDialog.ask(parent, desk.library, engine.about, desk.runner, path)
    return order is not None and _import(desk, engine, order)


def _import(desk: Desk, asked: Engine, order: ImportOrder) -> bool:
    engine = same_engine(desk, asked) or asked
    called = name(order.system.place.path.name)
    title = translate("Importing", "Import {name}").replace("{name}", called)
    work = partial(importing.import_file_system, engine, order.system, order.wish, order.holder)
    job = start(desk, engine, title, work)
    if job:
        heed_import(job)
        job.retry = lambda: _retry(desk, asked, order)
        job.succeeded.connect(partial(_tell, desk, job))
    return job is not None


def _retry(desk: Desk, asked: Engine, order: ImportOrder) -> None:
    _import(desk, asked, order)


def _tell(desk: Desk, job: Job, result: Imported) -> None:
    offer_image(desk, job, result.image_id)
    desk.notices.inform(words.imported(result), *details_of(desk, job))
