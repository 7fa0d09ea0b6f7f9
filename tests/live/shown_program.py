"""The program on a screen: tells where its rows are, and what becomes of its jobs.

Called with the URL of an engine, and a folder for the shelf.
"""

import json
import sys
from functools import partial

from PySide6.QtCore import QAbstractItemModel, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication

from layerhold.command_line import Options
from layerhold.dialogs.verb_dialog import VerbDialog
from layerhold.engine.candidates import Choice
from layerhold.jobs.job import Job
from layerhold.settings import Settings
from layerhold.startup import Startup

SIZE = (900, 620)
LOOK_MILLISECONDS = 100


def places(view: QAbstractItemView) -> dict[str, list[int]]:
    """The middle of each row on the screen, by what it says first."""
    model: QAbstractItemModel = view.model()
    found = {}
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        middle = view.viewport().mapToGlobal(view.visualRect(index).center())
        found[str(index.data())] = [middle.x(), middle.y()]
    return found


def say(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def tell_dialogs() -> None:
    """Tell of a dialog once its verb can be pressed, and where that is."""
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, VerbDialog) and dialog.verb.isEnabled():
        middle = dialog.verb.mapToGlobal(dialog.verb.rect().center())
        say(dialog=dialog.windowTitle(), verb=[middle.x(), middle.y()])
    else:
        QTimer.singleShot(LOOK_MILLISECONDS, tell_dialogs)


def follow(job: Job) -> None:
    if not job.quiet:
        job.settled.connect(partial(tell, job))


def tell(job: Job) -> None:
    say(job=job.title, outcome=job.outcome.value, files=[str(path) for path in job.files])


def main(url: str, folder: str) -> None:
    app = QApplication(sys.argv)
    app.setApplicationName("Layerhold")
    app.setOrganizationName("Layerhold")
    startup = Startup(app, Options(Choice(host=url), size=SIZE), None)
    Settings(archive_folders=(folder,)).save(startup.store)
    startup.settings = Settings.load(startup.store)
    startup.runner.started.connect(follow)
    window = startup.window
    window.move(0, 0)
    window.show()

    def look() -> None:
        if window.images.shown and window.shelf.list.rows.rowCount():
            say(images=places(window.images.tree), shelf=places(window.shelf.list))
            tell_dialogs()
        else:
            QTimer.singleShot(LOOK_MILLISECONDS, look)

    startup.ready.connect(lambda _: look())
    app.exec()


main(*sys.argv[1:])
