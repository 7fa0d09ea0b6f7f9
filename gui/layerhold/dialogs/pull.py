"""Which image to bring from a registry."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QWidget

from layerhold.colours import colours
from layerhold.dialogs.reference_field import ReferenceField
from layerhold.dialogs.repository_tags import tags_of
from layerhold.dialogs.sentences import headline, note, sentence
from layerhold.dialogs.verb_dialog import VerbDialog
from layerhold.domain.references import Reference, parse_remote
from layerhold.domain.transfers import PullWish, RemoteImage
from layerhold.engine.about import About, Kind
from layerhold.jobs.job import Job
from layerhold.library import Library
from layerhold.wording import explain
from layerhold.wording.counting import listed

WIDTH = 560
TYPING_MILLISECONDS = 700
"""How long a pause in typing is before a registry is asked."""
USUAL = (
    "linux/amd64",
    "linux/arm64",
    "linux/arm/v7",
    "linux/386",
    "linux/ppc64le",
    "linux/riscv64",
    "linux/s390x",
)

LookUp = Callable[[Reference], Job]
"""Asks the registry in the background for a `RemoteImage`."""


class PullDialog(VerbDialog):
    """Says as one types what the name means, whose tag may move, and what the registry has."""

    def __init__(
        self,
        parent: QWidget | None,
        library: Library,
        about: About,
        look_up: LookUp,
        reference: str = "",
    ) -> None:
        super().__init__(parent, self.tr("Pull image"), self.tr("&Pull"))
        self._library, self._about, self._look_up = library, about, look_up
        self._job: Job | None = None
        self._asked: Reference | None = None
        self._remote: RemoteImage | None = None
        self.name = ReferenceField(self.tr("&Reference"), library, read=parse_remote, surely=False)
        self.platform, self.remote = QComboBox(), note()
        self.all_tags = QCheckBox(self.tr("&All tags of the repository"))
        self.moving = sentence()
        self._pause = QTimer(self, singleShot=True, interval=TYPING_MILLISECONDS)
        self._place()
        self._connect()
        self._offer(USUAL)
        self.name.edit.setText(reference)
        self._follow()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        library: Library,
        about: About,
        look_up: LookUp,
        reference: str = "",
    ) -> PullWish | None:
        """What to pull, or `None` if the user changed their mind."""
        dialog = cls(parent, library, about, look_up, reference)
        return dialog.wish if dialog.confirmed() else None

    @property
    def is_current(self) -> bool:
        """Whether the tag stands on the engine for just what the registry has under it."""
        here, there = self.name.holder, self._remote
        if here is None or there is None:
            return False
        return any(each.endswith(f"@{there.digest}") for each in here.digests)

    @property
    def wish(self) -> PullWish | None:
        """What is wished now, while it is right."""
        reference = self.name.reference
        if reference is None:
            return None
        every = self.all_tags.isChecked()
        called = reference.repository if every else reference.familiar
        return PullWish(called, self.platform.currentData(), all_tags=every)

    def done(self, result: int) -> None:
        """Ask the registry no more."""
        self._forget()
        super().done(result)

    def _place(self) -> None:
        form = QFormLayout()
        form.addRow(self.tr("P&latform"), self.platform)
        self.body.addWidget(headline(self.tr("Bring an image from a registry")))
        self.body.addWidget(self.name)
        self.body.addLayout(form)
        self.body.addWidget(self.remote)
        self.body.addWidget(self.all_tags)
        self.body.addWidget(self.moving)
        self.body.addStretch()
        self.setMinimumWidth(WIDTH)
        self.name.edit.setFocus()

    def _connect(self) -> None:
        self.name.field.hint(self.tr("A tag or a digest, such as nginx:1.27"))
        self.platform.setAccessibleName(self.tr("Platform"))
        self.platform.setToolTip(self.tr("For which kind of machine, where there are several"))
        self.all_tags.setVisible(self._about.caps.all_tags)
        self.all_tags.setToolTip(self.tr("Pull every tag that the repository has"))
        self.name.changed.connect(self._follow)
        self.all_tags.toggled.connect(self._follow)
        self._pause.timeout.connect(self._ask)

    def _follow(self) -> None:
        self.allow(None if self.wish else "")
        if self.name.reference != self._asked:
            self._forget()
            self._pause.start()
        self._warn()

    def _warn(self) -> None:
        """Which tags may move; of the one that was typed the field speaks."""
        reference, every = self.name.reference, self.all_tags.isChecked()
        known = tags_of(self._library, reference.repository) if reference and every else ()
        may = self.tr("{tags} may move, if the registry has another image there.")
        self.moving.setText(may.replace("{tags}", listed(known)) if known else "")
        self.moving.setStyleSheet(f"color: {colours().care}")
        self.moving.setVisible(bool(known))
        warns = bool(self.name.warning.text()) and not every and not self.is_current
        self.name.warning.setVisible(warns)

    def _forget(self) -> None:
        """What was asked is about another name."""
        job, self._job, self._asked, self._remote = self._job, None, None, None
        self._pause.stop()
        self.remote.setText("")
        if job:
            job.cancel()

    def _ask(self) -> None:
        reference = self._asked = self.name.reference
        if reference is None:
            return
        self._job = job = self._look_up(reference)
        self.remote.setText(self.tr("Asking {registry}…").format(registry=reference.registry))
        job.succeeded.connect(lambda remote: self._show(reference, remote))
        job.failed.connect(lambda error: self._show_failure(reference, error))

    def _show(self, reference: Reference, remote: RemoteImage) -> None:
        if reference != self._asked:
            return
        self._job, self._remote = None, remote
        self._offer(remote.platforms or USUAL)
        there = self.tr("The registry has it for {platforms}.")
        said = there.replace("{platforms}", listed(remote.platforms)) if remote.platforms else ""
        have = self.tr("The engine has exactly this already.")
        if self._about.kind is Kind.STORE:
            have = self.tr("The store has exactly this already.")
        self.remote.setText(
            " ".join(part for part in (said, have if self.is_current else "") if part)
        )
        self._warn()

    def _show_failure(self, reference: Reference, error: Exception) -> None:
        """It is no more than a look: whether the engine can pull it, the pull shows."""
        if reference == self._asked:
            self._job = None
            said = explain(error)
            self.remote.setText(f"{said.what} {said.hint}".strip())

    def _offer(self, platforms: tuple[str, ...]) -> None:
        chosen = self.platform.currentData() or ""
        self.platform.clear()
        own = self.tr("The engine's own")
        if self._about.kind is Kind.STORE:
            own = self.tr("This machine's own")
        here = self._about.platform
        self.platform.addItem(f"{own} ({here})" if here else own, "")
        for platform in platforms:
            self.platform.addItem(platform, platform)
        self.platform.setCurrentIndex(max(0, self.platform.findData(chosen)))
