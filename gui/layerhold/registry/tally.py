"""How far several blobs are, added up."""

from collections.abc import Callable, Iterable
from time import monotonic

from layerhold.domain.descriptors import Descriptor
from layerhold.domain.digests import short
from layerhold.domain.pace import Pace
from layerhold.domain.progress import LayerProgress, LayerState, Phase, Progress
from layerhold.registry.streams import Told

SPARED = frozenset({LayerState.EXISTS, LayerState.MOUNTED})
"""Nothing of these has to move."""
CHECKING = frozenset({LayerState.VERIFYING, LayerState.WAITING})


class Tally:
    """Told by several threads, and read by the one that reports."""

    def __init__(
        self,
        subject: str,
        phase: Phase,
        blobs: Iterable[Descriptor],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._subject, self._phase, self._clock = subject, phase, clock
        self._layers = {
            blob.digest: LayerProgress(
                short(blob.digest), LayerState.WAITING, total=max(blob.size, 0) or None
            )
            for blob in blobs
        }
        self._before: dict[str, int] = {}
        """Bytes that were there when a blob began to move."""
        self._pace = Pace()

    def of(self, blob: Descriptor) -> Told:
        """What takes the news of one blob."""
        digest, name, total = blob.digest, short(blob.digest), max(blob.size, 0) or None

        def told(state: LayerState, done: int) -> None:
            if state not in CHECKING:
                self._before.setdefault(digest, 0 if state is LayerState.DOWNLOADED else done)
            self._layers[digest] = LayerProgress(name, state, done, total)

        return told

    def progress(self) -> Progress:
        """Where all of them are now."""
        layers = tuple(self._layers.values())
        moving = [layer for layer in layers if layer.state not in SPARED]
        done = sum(layer.done for layer in moving)
        sizes = [layer.total for layer in moving if layer.total is not None]
        total = sum(sizes) if len(sizes) == len(moving) else None
        moved = done - sum(self._before.values())
        rate = self._pace.per_second(self._clock(), moved)
        left = (total - done) / rate if rate and total else None
        return Progress(done, total, "bytes", self._subject, self._phase, rate, left, layers)
