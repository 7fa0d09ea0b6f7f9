"""The menu bar: every command stands here once."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenuBar

from layerhold.views.commands import Commands
from layerhold.views.engine_menu import EngineMenu


def fill(bar: QMenuBar, commands: Commands, engines: EngineMenu) -> None:
    """Build the menus `Image`, `Container`, `Engine`, `View` and `Help`."""
    image = bar.addMenu(_tr("&Image"))
    image.addActions([commands.pull, commands.build, commands.load, commands.import_])
    image.addSeparator()
    image.addActions(commands.image_actions())
    image.addSeparator()
    image.addActions([commands.prune, commands.refresh])
    image.addSeparator()
    image.addAction(commands.add_folder)
    image.addSeparator()
    image.addActions([commands.preferences, commands.quit])

    container = bar.addMenu(_tr("&Container"))
    container.addActions(commands.containers.actions)

    bar.addMenu(engines)
    engines.hold(
        [
            commands.start_podman,
            commands.log_in,
            commands.log_out,
            commands.trust,
            commands.look_again,
        ]
    )

    view = bar.addMenu(_tr("&View"))
    view.addActions([commands.find, commands.intermediate])
    view.addSeparator()
    view.addActions([commands.sidebar, commands.details, commands.activity])
    view.addSeparator()
    view.addActions([commands.next_pane, commands.previous_pane])

    about = bar.addMenu(_tr("&Help"))
    about.addActions([commands.install, commands.log_folder, commands.about])

    for menu in (image, container, engines, view, about):
        menu.setToolTipsVisible(True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Menus", text)
