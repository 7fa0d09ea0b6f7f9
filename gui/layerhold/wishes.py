"""Which action grants which wish of the window: images changed, brought in and taken out."""

from collections.abc import Callable
from functools import partial

from layerhold.actions.choosing_engines import choose
from layerhold.actions.desk import Desk
from layerhold.actions.following import Follower
from layerhold.actions.report import report
from layerhold.actions.showing import open_folder
from layerhold.domain.containers import Container
from layerhold.late import late_actions
from layerhold.views.details.container_wishes import Wish
from layerhold.views.main_window import MainWindow
from layerhold.views.selection import Selection

with late_actions():
    from layerhold.actions import (
        building,
        change,
        containers,
        copying,
        importing,
        loading_images,
        logging_in,
        moving,
        saving_images,
        trusting,
    )

Selected = Callable[[], Selection]
"""What is selected at this moment."""


def connect(window: MainWindow, desk: Desk, selected: Selected) -> None:
    """Connect every wish that is about images or registries."""
    _connect_changes(window, desk, selected)
    _connect_registries(window, desk, selected)
    _connect_archives(window, desk, selected)
    _connect_shelf(window, desk, selected)
    _connect_containers(window, desk, selected)
    window.commands.build.triggered.connect(lambda: building.build(desk))
    window.drop.build_dropped.connect(lambda path: building.build(desk, path))


def connect_engines(window: MainWindow, desk: Desk, follower: Follower) -> None:
    """Connect what shows engines, and switches to them."""
    for shown in (window.engines, window.engine_list, window.banner):
        follower.engines_asked.connect(shown.show_engines)
        shown.chosen.connect(partial(choose, desk, follower))
    follower.engines_found.connect(window.no_engine.others.show_engines)
    window.no_engine.others.chosen.connect(partial(choose, desk, follower))
    window.engines.opened.connect(follower.find_engines)
    window.engine_list.refused.connect(partial(report, desk))


def _connect_changes(window: MainWindow, desk: Desk, selected: Selected) -> None:
    commands, details = window.commands, window.details
    commands.tag.triggered.connect(lambda: change.tag(desk, selected().image_id))
    commands.untag.triggered.connect(lambda: _untag(desk, selected()))
    commands.remove.triggered.connect(lambda: change.remove(desk, selected().targets))
    commands.prune.triggered.connect(lambda: change.prune(desk))
    details.tagging_wanted.connect(lambda *what: change.tag(desk, *what))
    details.untagging_wanted.connect(lambda *what: change.untag(desk, *what))


def _connect_registries(window: MainWindow, desk: Desk, selected: Selected) -> None:
    commands, logins = window.commands, window.logins
    window.details.pushing_wanted.connect(lambda *what: moving.push(desk, *what))
    commands.pull.triggered.connect(lambda: moving.pull(desk))
    commands.push.triggered.connect(lambda: _push(desk, selected()))
    commands.log_in.triggered.connect(lambda: logging_in.log_in(desk))
    commands.log_out.triggered.connect(lambda: _log_out(window, desk))
    commands.trust.triggered.connect(lambda: trusting.trust(desk))
    logins.renewal_wanted.connect(lambda *whose: logging_in.log_in(desk, *whose))
    logins.logout_wanted.connect(lambda *whose: logging_in.log_out(desk, *whose))
    logins.currentItemChanged.connect(lambda: commands.log_out.setEnabled(logins.login is not None))


def _connect_archives(window: MainWindow, desk: Desk, selected: Selected) -> None:
    commands = window.commands
    commands.save.triggered.connect(lambda: saving_images.save(desk, selected().targets))
    commands.load.triggered.connect(lambda: loading_images.load(desk))
    window.drop.dropped.connect(lambda *what: loading_images.load(desk, *what))
    commands.import_.triggered.connect(lambda: importing.import_file_system(desk))


def _connect_shelf(window: MainWindow, desk: Desk, selected: Selected) -> None:
    shelf = window.shelf.list
    shelf.loading_wanted.connect(lambda *what: loading_images.load(desk, *what))
    shelf.saving_wanted.connect(lambda folder: saving_images.save(desk, selected().targets, folder))
    shelf.images_dropped.connect(lambda *what: saving_images.save_to(desk, *what))
    shelf.showing_wanted.connect(open_folder)
    shelf.copying_wanted.connect(lambda *what: copying.path(desk, *what))


def _connect_containers(window: MainWindow, desk: Desk, selected: Selected) -> None:
    window.commands.run.triggered.connect(lambda: _run(desk, selected()))
    for wanted in (window.details.container_wanted, window.commands.containers.wanted):
        wanted.connect(lambda wish, user: _grant(desk, wish, user))


def _grant(desk: Desk, wish: Wish, user: Container) -> None:
    grant = {
        Wish.LOG: containers.show_log,
        Wish.START: containers.start_container,
        Wish.STOP: containers.stop_container,
        Wish.COMMIT: containers.commit,
        Wish.REMOVE: containers.remove_container,
    }
    grant[wish](desk, user)


def _run(desk: Desk, selection: Selection) -> None:
    containers.run(desk, selection.image_id, selection.tag.tag if selection.tag else "")


def _untag(desk: Desk, selection: Selection) -> None:
    if tag := selection.tag:
        change.untag(desk, tag.image_id, tag.tag)


def _push(desk: Desk, selection: Selection) -> None:
    moving.push(desk, selection.image_id, selection.tag.tag if selection.tag else "")


def _log_out(window: MainWindow, desk: Desk) -> None:
    if login := window.logins.login:
        logging_in.log_out(desk, login)
