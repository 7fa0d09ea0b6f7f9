"""What an engine says of one layer on its way."""

from layerhold.domain.progress import LayerProgress, LayerState
from layerhold.engine.docker.stream import StreamEvent, WireAmount

STATES = {
    "Pulling fs layer": LayerState.WAITING,
    "Waiting": LayerState.WAITING,
    "Downloading": LayerState.DOWNLOADING,
    "Pulling layer fs": LayerState.DOWNLOADING,
    "Verifying Checksum": LayerState.VERIFYING,
    "Download complete": LayerState.DOWNLOADED,
    "Extracting": LayerState.EXTRACTING,
    "Pull complete": LayerState.PULLED,
    "Already exists": LayerState.EXISTS,
    "Layer already exists": LayerState.EXISTS,
    "Preparing": LayerState.PREPARING,
    "Pushing": LayerState.PUSHING,
    "Pushed": LayerState.PUSHED,
}
BEGINNINGS = {"Retrying in": LayerState.RETRYING, "Mounted from": LayerState.MOUNTED}
"""Of statuses that go on with a number or a name."""
MOVING = {LayerState.DOWNLOADING, LayerState.PUSHING}
MOVED = {LayerState.VERIFYING, LayerState.DOWNLOADED, LayerState.EXTRACTING}
COMPLETE = {LayerState.PULLED, LayerState.PUSHED}
SPARED = {LayerState.EXISTS, LayerState.MOUNTED}
AHEAD = {
    LayerState.WAITING,
    LayerState.PREPARING,
    LayerState.RETRYING,
    LayerState.DOWNLOADING,
    LayerState.PUSHING,
}
"""Some of its bytes may still have to move."""


class Layer:
    """One layer; of its size, moved bytes and unpacked bytes none ever gets less."""

    __slots__ = ("id", "moved", "shown", "size", "state", "unpacked")

    def __init__(self, layer_id: str) -> None:
        self.id = layer_id
        self.state = LayerState.WAITING
        self.size: int | None = None
        self.moved = 0
        self.unpacked = 0
        self.shown: tuple[int, int | None] = (0, None)

    def become(self, state: LayerState, amount: WireAmount | None) -> None:
        """Take in what the engine says; a layer that came is not called one that was there."""
        if self.state in COMPLETE and state in SPARED:
            return
        self.state = state
        current, total = bytes_in(amount)
        if state in MOVING:
            self.size = max(self.size or 0, total) or None
            self.moved = max(self.moved, min(current, self.size or current))
        elif state in MOVED | COMPLETE:
            self.size = self.moved = max(self.moved, self.size or 0)
        elif state in SPARED:
            self.size = self.moved
        if state is LayerState.EXTRACTING and total:
            self.unpacked = max(self.unpacked, self.moved * min(current, total) // total)
        elif state in COMPLETE | SPARED:
            self.unpacked = self.moved
        self.shown = (min(current, total), total) if total else (0, None)

    def finish(self) -> None:
        """Say what Podman leaves unsaid: what it fetched, it has unpacked."""
        if self.state is LayerState.DOWNLOADED:
            self.become(LayerState.PULLED, None)

    def snapshot(self) -> LayerProgress:
        return LayerProgress(self.id, self.state, *self.shown)


def state_in(event: StreamEvent) -> LayerState | None:
    """What the event says of a layer; `None` where it is about something else."""
    if not event.id or not event.status:
        return None
    found = STATES.get(event.status)
    if found is None:
        matches = (state for words, state in BEGINNINGS.items() if event.status.startswith(words))
        found = next(matches, None)
    return found


def bytes_in(amount: WireAmount | None) -> tuple[int, int]:
    """Bytes done and in all, 0 for what is not known."""
    if amount is None or amount.units:
        return 0, 0
    return max(0, amount.current or 0), max(0, amount.total or 0)
