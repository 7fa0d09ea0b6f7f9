"""How far a pull or a push has come, added up from what an engine says of single layers."""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from time import monotonic

from layerhold.domain.digests import short
from layerhold.domain.pace import Pace, Share
from layerhold.domain.progress import Phase, Progress, Report
from layerhold.engine.docker.layer_states import AHEAD, COMPLETE, MOVED, SPARED, Layer, state_in
from layerhold.engine.docker.stream import StreamEvent

SNAPSHOT_SECONDS = 0.1
"""Between two reports: sixty layers may tell hundreds of things in a second."""
EXTRACTION = 0.25
"""The work of unpacking a byte, compared with that of fetching it."""


@dataclass(frozen=True, slots=True)
class Way:
    """How layers travel, and what of it the engine tells."""

    phase: Phase
    unpacks: bool = False
    """The engine tells how far it is with unpacking."""
    open_ended: bool = False
    """Nobody knows beforehand how many layers there will be."""


class Transfer:
    """Takes every event of one pull or push, and reports ten times a second at most."""

    def __init__(
        self, subject: str, way: Way, report: Report, clock: Callable[[], float] = monotonic
    ) -> None:
        self._subject, self._way, self._report, self._clock = subject, way, report, clock
        self._layers: dict[str, Layer] = {}
        self._told_at = float("-inf")
        self._told_ratio = 0.0
        self._bytes, self._work, self._share = Pace(), Pace(), Share()

    @property
    def moved(self) -> int:
        """Bytes so far."""
        return sum(layer.moved for layer in self._layers.values())

    def new_layers(self, besides: Container[str] = ()) -> int:
        """How many layers came that were not there; Podman tells of the configuration too."""
        came = [each for each in self._layers.values() if each.state in COMPLETE]
        return sum(each.id not in besides for each in came)

    def take(self, event: StreamEvent) -> None:
        """Take in an event, and report when it is time to."""
        state = state_in(event)
        if state is not None and event.id:
            # Newer Podman writes out in full the image that it names at the end.
            layer_id = short(event.id)
            layer = self._layers.get(layer_id) or self._layers.setdefault(layer_id, Layer(layer_id))
            layer.become(state, event.progress_detail)
        now = self._clock()
        if now - self._told_at >= SNAPSHOT_SECONDS:
            self._told_at = now
            self._report(self._snapshot(now))

    def finish(self) -> None:
        """Report that all is done."""
        for layer in self._layers.values():
            layer.finish()
        self._share.finish()
        self._report(self._snapshot(self._clock()))

    def _snapshot(self, now: float) -> Progress:
        layers = self._layers.values()
        done = sum(layer.moved for layer in layers)
        total = self._total(layers, done)
        share = self._share.of(*self._amount_of_work(layers)) if layers else None
        speed = self._work.per_second(now, share or 0.0)
        return Progress(
            done=done,
            total=total,
            unit="bytes",
            subject=self._subject,
            phase=self._phase(layers),
            rate=self._bytes.per_second(now, done),
            seconds_left=(1 - share) / speed if speed and share and total else None,
            layers=tuple(layer.snapshot() for layer in layers),
            share=share,
        )

    def _total(self, layers: Iterable[Layer], done: int) -> int | None:
        """Bytes in all, once they are known, and unless they would let the bar run backwards."""
        sizes = [layer.size for layer in layers if layer.size is not None]
        total = sum(sizes)
        if self._way.open_ended or len(sizes) < len(self._layers) or not total:
            return None
        if done / total < self._told_ratio:
            return None
        self._told_ratio = done / total
        return total

    def _amount_of_work(self, layers: Iterable[Layer]) -> tuple[float, float]:
        """Done and in all; a layer of unknown size counts as much as the others on average."""
        sizes = [layer.size for layer in layers if layer.size]
        average = sum(sizes) / len(sizes) if sizes else 1.0
        unpacking = EXTRACTION if self._way.unpacks else 0.0
        moving = [each for each in layers if each.moved or each.state not in SPARED]
        done = sum(_done(layer, average, unpacking) for layer in moving)
        return done, sum((layer.size or average) * (1 + unpacking) for layer in moving)

    def _phase(self, layers: Iterable[Layer]) -> Phase:
        states = {layer.state for layer in layers}
        if not states:
            return Phase.CONNECTING
        unpacking = self._way.unpacks and states & MOVED and not states & AHEAD
        return Phase.EXTRACTING if unpacking else self._way.phase


def _done(layer: Layer, average: float, unpacking: float) -> float:
    """The work that is done for one layer, in bytes moved."""
    size = layer.size or average
    if layer.state in COMPLETE | SPARED:
        return size * (1 + unpacking)
    moved = size if layer.state in MOVED else min(layer.moved, size)
    return moved + unpacking * layer.unpacked
