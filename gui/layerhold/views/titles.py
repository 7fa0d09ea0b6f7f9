"""The window's title: which engine, and how we stand with it."""

from PySide6.QtCore import QCoreApplication

from layerhold.engine.about import About, Store
from layerhold.formatting import visible
from layerhold.library import Connection, Phase

PROGRAM = "Layerhold"


def title(connection: Connection) -> str:
    """Such as `Layerhold ── default · Docker 26.1 (overlay2) · live`."""
    parts = [visible(connection.endpoint.name, 40)] if connection.endpoint else []
    if connection.about:
        parts.append(engine(connection.about))
    parts.append(standing(connection.phase))
    return f"{PROGRAM} ── {' · '.join(parts)}"


def engine(about: About) -> str:
    """Such as `Docker 26.1.5 (overlay2)`."""
    store = about.driver or about.store.value
    if about.store is Store.CONTAINERD and about.store.value not in store:
        store = f"{about.store.value}, {store}"
    return f"{about.kind.value} {visible(about.version, 30)} ({visible(store, 40)})"


def standing(phase: Phase) -> str:
    """One word or two for how we stand with the engine."""
    tr = QCoreApplication.translate
    return {
        Phase.SEARCHING: tr("Titles", "looking for an engine"),
        Phase.CONNECTING: tr("Titles", "connecting"),
        Phase.LIVE: tr("Titles", "live"),
        Phase.SILENT: tr("Titles", "does not answer, what you see may be out of date"),
        Phase.LOST: tr("Titles", "connection lost, what you see may be out of date"),
        Phase.NONE: tr("Titles", "no engine"),
    }[phase]
