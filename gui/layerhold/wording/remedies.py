"""The ways on that an engine allows when containers are in the way, in its own terms."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from layerhold.engine.about import Caps
from layerhold.planning.removal import Remedy, Row
from layerhold.wording import removal

translate = QCoreApplication.translate


def remedy(kind: Remedy, row: Row, caps: Caps) -> str:
    """What choosing the remedy for this row would do."""
    holders = removal.users([blocker.container for blocker in row.blockers])
    text = {
        Remedy.REMOVE_STOPPED_CONTAINERS: translate(
            "Remedies", "Remove the stopped containers: {containers}"
        ),
        Remedy.STOP_AND_REMOVE_CONTAINERS: translate(
            "Remedies", "Stop and remove the containers: {containers}"
        ),
        Remedy.UNTAG_ONLY: translate("Remedies", "Untag only; the image stays without a name"),
        Remedy.FORCE: translate("Remedies", "Force: delete the image, the containers stay"),
    }[kind]
    if kind is Remedy.FORCE and caps.force_deletes_containers:
        text = translate("Remedies", "Force: delete the image and the containers: {containers}")
    return text.replace("{containers}", holders)


def force(rows: Sequence[Row], caps: Caps) -> str:
    """What the tick box `Force` means for these rows, on this engine."""
    helped = [row for row in rows if Remedy.FORCE in row.remedies]
    if not helped:
        return translate("Remedies", "No image here would need force, or force would not help.")
    users = {blocker.container.id: blocker.container for row in helped for blocker in row.blockers}
    if caps.force_deletes_containers:
        text = translate(
            "Remedies", "Force deletes the containers that use these images: {containers}."
        )
    else:
        text = translate(
            "Remedies",
            "Force deletes images although stopped containers use them: {containers}. The "
            "containers stay, and so do the layers that they use.",
        )
    return text.replace("{containers}", removal.users(list(users.values())))
