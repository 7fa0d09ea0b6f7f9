"""What comes of trusting a registry more than others, and why it cannot be trusted."""

from PySide6.QtCore import QCoreApplication

from layerhold.domain.trust_errors import NotACertificate
from layerhold.formatting import visible
from layerhold.wording.failures import Said, explain
from layerhold.wording.quoting import DETAIL_LIMIT, name

translate = QCoreApplication.translate


@explain.register
def _no_certificate(error: NotACertificate) -> Said:
    what = translate("Trust", "There is no certificate in {path}.").replace(
        "{path}", name(error.path)
    )
    hint = translate("Trust", "Choose the certificate of the registry's authority, in PEM format.")
    return Said(what, hint, visible(error.detail, DETAIL_LIMIT))


def warning(*, unverified: bool, plain: bool) -> str:
    """What an exception opens the door to; empty where that is nothing."""
    if plain:
        return translate(
            "Trust",
            "Whoever is on the way can read your password there, and change images unseen.",
        )
    if unverified:
        return translate(
            "Trust",
            "Whoever is on the way can pose as the registry: read your password, and change "
            "images unseen.",
        )
    return ""
