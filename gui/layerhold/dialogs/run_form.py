"""Everything that can be chosen about a container, in the order in which people think of it."""

import shlex
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from layerhold.colours import colours
from layerhold.dialogs.checked_field import CheckedField, CheckedText
from layerhold.dialogs.sentences import note, sentence
from layerhold.domain.networks import Network, publishes
from layerhold.domain.port_inputs import ports
from layerhold.domain.run_defaults import RunDefaults
from layerhold.domain.run_filling import (
    kept_variables,
    own_arguments,
    own_environment,
    own_mounts,
    typed_environment,
    typed_ports,
    typed_volumes,
    untyped_environment,
)
from layerhold.domain.run_inputs import command, container_name, environment, mount
from layerhold.domain.running import Mount, Port, Restart, RunWish
from layerhold.wording.counting import listed

LINES, MOST_LINES = 2, 4
MOST_RETRIES = 1000


class RunForm(QWidget):
    """Starts with the image's own defaults filled in, and says as one types what cannot be."""

    changed = Signal()

    def __init__(self, image: str, defaults: RunDefaults, networks: Sequence[Network]) -> None:
        super().__init__()
        self._image, self._defaults, self._networks = image, defaults, networks
        self.name = CheckedField(self.tr("&Name"), container_name, self.tr("Made up by the engine"))
        self.entrypoint = CheckedField(self.tr("Entr&ypoint"), command, self.tr("None"))
        self.command = CheckedField(self.tr("&Command"), command, self.tr("None"))
        self.environment = CheckedText(self.tr("&Environment"), environment, "NAME=value")
        self.ports = CheckedText(self.tr("&Ports"), _ports, "8080:80")
        self.volumes = CheckedText(self.tr("&Volumes"), _mounts, "/srv/data:/data:ro")
        self.network, self.restart = QComboBox(), QComboBox()
        self.retries = QSpinBox(maximum=MOST_RETRIES)
        self.auto_remove = QCheckBox(self.tr("Re&move it when it ends"))
        self.terminal = QCheckBox(self.tr("Give it a &terminal and keep it open"))
        self.kept, self.warning = note(), sentence()
        self._offer()
        self._fill()
        self._place()
        self._connect()
        self._follow()

    @property
    def wish(self) -> RunWish | None:
        """What is wished now, while all of it is right."""
        if any(field.problem for field in self._fields()):
            return None
        entrypoint, arguments = own_arguments(
            self._defaults, self.entrypoint.value or (), self.command.value or ()
        )
        return RunWish(
            self._image,
            self.name.value or "",
            arguments,
            entrypoint,
            environment=own_environment(self._defaults, self.environment.value or ()),
            ports=self.ports.value or (),
            mounts=own_mounts(self._defaults, self.volumes.value or ()),
            network=self.network.currentData(),
            restart=self.restart.currentData(),
            retries=self.retries.value() if self.retries.isEnabled() else 0,
            auto_remove=self.auto_remove.isChecked(),
            tty=self.terminal.isChecked(),
            interactive=self.terminal.isChecked(),
        )

    def _fields(self) -> tuple[CheckedField | CheckedText, ...]:
        lines = (self.name, self.entrypoint, self.command)
        return (*lines, self.environment, self.ports, self.volumes)

    def _offer(self) -> None:
        self.network.addItem(self.tr("The engine's default"), "")
        for network in self._networks:
            self.network.addItem(f"{network.name} ({network.driver})", network.name)
        for restart, text in (
            (Restart.NO, self.tr("Never")),
            (Restart.ON_FAILURE, self.tr("When it fails")),
            (Restart.UNLESS_STOPPED, self.tr("Always, unless it was stopped")),
            (Restart.ALWAYS, self.tr("Always")),
        ):
            self.restart.addItem(text, restart)

    def _fill(self) -> None:
        own, reachable = self._defaults, publishes(self._networks)
        for words, line in ((own.entrypoint, self.entrypoint), (own.command, self.command)):
            line.edit.setText(shlex.join(words))
            line.edit.setCursorPosition(0)
        for lines, field in (
            (typed_environment(own), self.environment),
            (typed_ports(own) if reachable else (), self.ports),
            (typed_volumes(own), self.volumes),
        ):
            field.edit.setPlainText("\n".join(lines))
            field.show_lines(max(LINES, min(len(lines), MOST_LINES)))

    def _place(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for field, says in (
            (self.name, None),
            (self.entrypoint, None),
            (self.command, None),
            (self.environment, self.kept),
            (self.ports, note(self._says_of_ports())),
            (self.volumes, note(self._says_of_volumes())),
        ):
            column.addWidget(field)
            if says:
                column.addWidget(says)
                says.setVisible(bool(says.text()))
        column.addWidget(self.warning)
        column.addLayout(self._choices())
        column.addWidget(self.auto_remove)
        column.addWidget(self.terminal)
        column.addStretch()

    def _choices(self) -> QFormLayout:
        again = QHBoxLayout()
        again.addWidget(self.restart, stretch=1)
        again.addWidget(self.retries)
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(self.tr("Net&work"), self.network)
        title = QLabel(self.tr("Re&start"))
        title.setBuddy(self.restart)
        form.addRow(title, again)
        return form

    def _connect(self) -> None:
        self.name.hint(self.tr("How the container is called"))
        self.entrypoint.hint(self.tr("The program, in words as in a shell; the command follows it"))
        self.command.hint(self.tr("Words as in a shell, given to the entrypoint or run by itself"))
        self.environment.hint(self.tr("One NAME=value in a line"))
        self.ports.hint(self.tr("One in a line: engine's port, colon, container's port"))
        self.volumes.hint(self.tr("One in a line: folder or volume, colon, path inside"))
        self.network.setAccessibleName(self.tr("Network"))
        self.network.setToolTip(self.tr("What the container can reach, and can be reached through"))
        self.restart.setAccessibleName(self.tr("Restart"))
        self.restart.setToolTip(self.tr("When the engine starts it again by itself"))
        self.retries.setAccessibleName(self.tr("At most so many times"))
        self.retries.setToolTip(self.tr("At most so many times; 0 for no limit"))
        self.auto_remove.setToolTip(self.tr("With the volumes that have no name"))
        self.terminal.setToolTip(self.tr("As --tty --interactive, for images that are a shell"))
        for field in self._fields():
            field.changed.connect(self._follow)
        for choice in (self.network, self.restart):
            choice.currentIndexChanged.connect(self._follow)
        for box in (self.auto_remove, self.terminal):
            box.toggled.connect(self._follow)
        self.retries.valueChanged.connect(self._follow)

    def _follow(self) -> None:
        restart = self.restart.currentData()
        self.retries.setEnabled(restart is Restart.ON_FAILURE)
        # Docker refuses both at once.
        self.auto_remove.setEnabled(restart is Restart.NO)
        if restart is not Restart.NO:
            self.auto_remove.setChecked(False)
        self.restart.setEnabled(not self.auto_remove.isChecked())
        silent = bool(self.ports.value) and not publishes(
            self._networks, self.network.currentData()
        )
        text = self.tr("On this network the engine publishes no port, and does not say so.")
        self.warning.setText(text if silent else "")
        self.warning.setVisible(silent)
        self.warning.setStyleSheet(f"color: {colours().care}")
        self._show_kept()
        self.changed.emit()

    def _show_kept(self) -> None:
        if self.environment.problem:
            return
        kept = kept_variables(self._defaults, self.environment.value or ())
        names = (*kept, *untyped_environment(self._defaults))
        text = self.tr("The image itself sets {names}; NAME= makes a variable empty.")
        self.kept.setText(text.replace("{names}", listed(names)))
        self.kept.setVisible(bool(names))

    def _says_of_ports(self) -> str:
        if self.ports.value:
            return self.tr("A port by itself is published where the engine has one free.")
        text = self.tr("The image listens at {ports}.") if self._defaults.ports else ""
        return text.replace("{ports}", listed(self._defaults.ports))

    def _says_of_volumes(self) -> str:
        paths = self._defaults.volumes
        text = self.tr("The image keeps {paths} in volumes of their own.") if paths else ""
        return text.replace("{paths}", listed(paths))


def _ports(text: str) -> tuple[Port, ...]:
    lines = (line.strip() for line in text.splitlines())
    return tuple(port for line in lines if line for port in ports(line))


def _mounts(text: str) -> tuple[Mount, ...]:
    lines = (line.strip() for line in text.splitlines())
    return tuple(mount(line) for line in lines if line)
