"""How much one registry has to prove."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from layerhold import resources
from layerhold.colours import Role
from layerhold.dialogs.checked_field import CheckedField
from layerhold.dialogs.sentences import headline, note, sentence
from layerhold.dialogs.verb_dialog import VerbDialog
from layerhold.registry import hosts
from layerhold.registry.trust import STRICT, Trust
from layerhold.wording.counting import listed
from layerhold.wording.trust import warning

WIDTH = 520
SIGN = 20


class TrustDialog(VerbDialog):
    """Shows for each registry what is kept of it, and begins with nothing excepted."""

    def __init__(
        self, parent: QWidget | None, kept: Mapping[str, Trust], registry: str = ""
    ) -> None:
        super().__init__(parent, self.tr("Trust a registry"), self.tr("&Keep"))
        self._kept = kept
        self.registry = CheckedField(self.tr("&Registry"), hosts.typed, "registry.example:5000")
        self.strict = QRadioButton(self.tr("&Usual: authorities that this machine trusts"))
        self.own = QRadioButton(self.tr("&Also this authority of its own"))
        self.authority, self.browse = QLineEdit(), QPushButton(self.tr("&Browse…"))
        self.unverified = QRadioButton(self.tr("Any certificate, &unverified"))
        self.plain = QCheckBox(self.tr("Also &HTTP without encryption"))
        self.warning, self._sign = sentence(), QLabel()
        self._place()
        self._connect()
        self.registry.edit.setText(registry)
        self._show_kept()
        if registry:
            self.strict.setFocus()

    @classmethod
    def ask(
        cls, parent: QWidget | None, kept: Mapping[str, Trust], registry: str = ""
    ) -> tuple[str, Trust] | None:
        """The registry and what it is excepted from, or `None` if the user changed their mind."""
        dialog = cls(parent, kept, registry)
        return (dialog.host, dialog.trust) if dialog.confirmed() else None

    @property
    def host(self) -> str:
        """The registry; empty while none is named."""
        return str(self.registry.value or "")

    @property
    def trust(self) -> Trust:
        """As it is chosen now."""
        own = self.authority.text().strip() if self.own.isChecked() else ""
        path = Path(own).expanduser().absolute() if own else None
        return Trust(path, self.unverified.isChecked(), self.plain.isChecked())

    def _place(self) -> None:
        self.body.addWidget(headline(self.tr("What one registry has to prove before it is used")))
        self.body.addWidget(self.registry)
        if self._kept:
            text = self.tr("Excepted now: {registries}.")
            self.body.addWidget(note(text.replace("{registries}", listed(list(self._kept)))))
        self.body.addSpacing(8)
        for choice in (self.strict, self.own):
            self.body.addWidget(choice)
        row, said = QHBoxLayout(), QHBoxLayout()
        row.setContentsMargins(24, 0, 0, 0)
        row.addWidget(self.authority, stretch=1)
        row.addWidget(self.browse)
        said.addWidget(self._sign)
        said.addWidget(self.warning, stretch=1)
        self.body.addLayout(row)
        self.body.addWidget(self.unverified)
        self.body.addWidget(self.plain)
        self.body.addLayout(said)
        self.body.addStretch()
        self._sign.setPixmap(resources.icon("warning", Role.CARE).pixmap(SIGN, SIGN))
        self.setMinimumWidth(WIDTH)

    def _connect(self) -> None:
        self.registry.hint(self.tr("A host, with its port if it has one"))
        self.strict.setToolTip(self.tr("What Docker and Podman find in certs.d counts as well"))
        self.own.setToolTip(self.tr("For a registry whose certificate your company made itself"))
        self.authority.setAccessibleName(self.tr("Certificate of the authority"))
        self.authority.setPlaceholderText(self.tr("Certificate of the authority, in PEM format"))
        self.authority.setToolTip(self.tr("Certificate of the authority, in PEM format"))
        self.browse.setToolTip(self.tr("Choose the file"))
        self.browse.setAutoDefault(False)
        self.unverified.setToolTip(self.tr("Its certificate is not looked at"))
        self.plain.setToolTip(self.tr("Where the registry does not answer with encryption"))
        self.browse.clicked.connect(self._browse)
        self.registry.changed.connect(self._show_kept)
        for choice in (self.strict, self.own, self.unverified, self.plain):
            choice.toggled.connect(self._follow)
        self.authority.textChanged.connect(self._follow)

    def _show_kept(self) -> None:
        trust = self._kept.get(self.host, STRICT)
        self.authority.setText(str(trust.authorities or ""))
        choice = self.own if trust.authorities else self.strict
        (self.unverified if trust.unverified else choice).setChecked(True)
        self.plain.setChecked(trust.plain)
        self._follow()

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Certificate of the authority"))
        if chosen:
            self.authority.setText(chosen)

    def _follow(self) -> None:
        for widget in (self.authority, self.browse):
            widget.setEnabled(self.own.isChecked())
        trust = self.trust
        said = warning(unverified=trust.unverified, plain=trust.plain)
        self.warning.setText(said)
        for label in (self.warning, self._sign):
            label.setVisible(bool(said))
        self.allow(self._why_not(), careful=bool(said))

    def _why_not(self) -> str | None:
        if not self.host:
            return ""
        if self.own.isChecked() and not self.authority.text().strip():
            return self.tr("Choose the certificate of its authority.")
        return None
