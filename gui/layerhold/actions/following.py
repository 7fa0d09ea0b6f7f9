"""Keep the library true to an engine: connect, list, listen, and come back when it went away."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from layerhold.domain.errors import (
    EngineGone,
    EngineUnreachable,
    Failure,
    OutcomeUnknown,
    UnusableChoice,
)
from layerhold.domain.usage import DiskUsage
from layerhold.engine.about import About, Endpoint, Kind
from layerhold.engine.addresses import socket_path
from layerhold.engine.api import Engine
from layerhold.engine.connect import Found
from layerhold.jobs.chore import Chore
from layerhold.jobs.doorbell import Doorbell
from layerhold.jobs.figures import FigureReader
from layerhold.jobs.probing import Look, Probe
from layerhold.jobs.refresher import Refresher
from layerhold.jobs.runner import JobRunner
from layerhold.jobs.silence import Silence
from layerhold.jobs.snapshot import Snapshot
from layerhold.jobs.usage import UsageReader
from layerhold.jobs.watch import Watch
from layerhold.library import Connection, Library, Phase


class Follower(QObject):
    """Everything that reads the engine without being asked, in the order in which it pays off."""

    engine_changed = Signal(object)
    """The `Engine` to work with now, or `None`."""
    usage_read = Signal()
    """The engine was asked how much disk it uses, whether or not it knows."""
    listed = Signal()
    """The engine's list has been read, whether or not it brought anything new."""
    engines_found = Signal(object)
    """Engines that answer, as pairs of `Endpoint` and `About`."""
    engines_asked = Signal(object)
    """Every engine that is named or there, as pairs of `Endpoint`, and `About` or `Failure`."""

    def __init__(
        self, library: Library, runner: JobRunner, look: Look, parent: QObject | None = None
    ) -> None:
        """`look` is called on threads, and says where engines may be."""
        super().__init__(parent)
        self._library, self._runner, self._look = library, runner, look
        self._found = Found()
        self._chosen: Endpoint | None = None
        self.usage_is_read = False
        """Whether the engine was asked how much disk it uses; not all of them know."""
        self._watch = Watch(runner, parent=self)
        self._refresher = Refresher(runner, self)
        self._figures = FigureReader(runner, parent=self)
        self._usage = UsageReader(runner, parent=self)
        self._silence = Silence(runner, parent=self)
        self._doorbell = Doorbell(self)
        self._probe = Probe(runner, look, parent=self)
        self._connect()

    def seek(self) -> None:
        """Connect to the engine that was asked for, else to the first that answers."""
        self._chosen = None
        self._show(Phase.SEARCHING)
        self._watch.seek(self._places)

    def switch(self, endpoint: Endpoint) -> None:
        """Show another engine, and forget this one."""
        self._leave()
        self._library.clear()
        self._chosen = endpoint
        self._library.show_connection(Connection(Phase.CONNECTING, endpoint))
        self._watch.switch(endpoint)

    def leave(self) -> None:
        """Let go of the engine, and look for no other."""
        self._watch.stop()
        self._probe.stop()
        self._doorbell.rest()
        self._leave()

    def refresh(self) -> None:
        """Look at the engine again soon; costs nothing when it is called often."""
        self._watch.look_again()

    def find_engines(self) -> None:
        """See which engines answer now; `engines_found` follows."""
        self._probe.look()

    def mind(self, question: Chore) -> None:
        """Notice by this question, too, that the engine does not answer."""
        self._silence.mind(question)

    def put_first(self, image_id: str) -> None:
        """Read the figures of this image before those of others."""
        self._figures.put_first(image_id)

    def _connect(self) -> None:
        self._watch.connected.connect(self._settle_in)
        self._watch.lost.connect(self._lose)
        self._watch.tried.connect(self._show_tried)
        self._watch.invalidated.connect(self._refresher.refresh)
        self._refresher.taken.connect(self._take)
        self._refresher.lost.connect(self._doubt)
        self._figures.read.connect(self._library.add_figures)
        self._usage.read.connect(self._show_usage)
        self._probe.answered.connect(self._announce_engines)
        self._doorbell.changed.connect(self.find_engines)
        self._silence.mind(self._refresher.listing)
        self._silence.fallen.connect(self._fall_silent)
        self._silence.broken.connect(self._library.mark_live)

    def _settle_in(self, engine: Engine) -> None:
        before = self._library.connection.about
        if before and before.engine_id != engine.about.engine_id:
            self._library.clear()
        self._library.show_connection(self._live(engine))
        self.engine_changed.emit(engine)
        self._listen_for_others()
        self._silence.attend(engine.endpoint)
        self._refresher.attend(engine, self._library.snapshot)
        self._figures.attend(engine)
        self._usage.attend(engine)

    def _live(self, engine: Engine) -> Connection:
        live = Connection(Phase.LIVE, engine.endpoint, engine.about)
        if self._chosen:
            return live
        found = self._found
        doubts = found.doubts(self._library.connection.tried)
        stands_in = engine.endpoint == found.store and found.store not in {found.chosen, None}
        if stands_in:
            # That no engine serves is told already.
            doubts = tuple(doubt for doubt in doubts if not isinstance(doubt, UnusableChoice))
        return replace(live, doubts=doubts, stands_in=stands_in)

    def _listen_for_others(self) -> None:
        """Notice that another engine comes or goes."""
        places = (*self._found.endpoints, *self._found.absent)
        self._doorbell.watch(filter(None, (socket_path(place.url) for place in places)))

    def _take(self, snapshot: Snapshot) -> None:
        changed = snapshot.images is not self._library.images
        self._library.show(snapshot)
        self._figures.want(snapshot)
        if changed:
            self._usage.refresh()
        self.listed.emit()

    def _fall_silent(self, problem: Failure) -> None:
        """The answer to another listing will tell that it is back, and what happened meanwhile."""
        self._library.mark_silent(problem)
        self._refresher.refresh()

    def _lose(self, problem: Failure) -> None:
        self._leave()
        connection = self._library.connection
        if connection.about:
            self._library.mark_lost(problem)
            return
        refusal = None if self._chosen else self._found.refusal
        nothing = replace(connection, phase=Phase.NONE, endpoint=self._chosen)
        doubts = () if self._chosen else self._found.doubts()
        told = replace(nothing, problem=refusal or problem, doubts=doubts)
        self._library.show_connection(told)
        self.find_engines()

    def _doubt(self, failure: Failure) -> None:
        """A broken line is mended; an engine that answers nonsense would only do so again."""
        if isinstance(failure, EngineGone | EngineUnreachable | OutcomeUnknown):
            self._watch.distrust(failure)
            return
        self.leave()
        if self._library.images:
            self._library.mark_lost(failure)
            return
        nothing = replace(self._library.connection, phase=Phase.NONE, about=None, problem=failure)
        self._library.show_connection(nothing)
        self.find_engines()

    def _show_usage(self, usage: DiskUsage) -> None:
        self.usage_is_read = True
        self._library.show_usage(usage)
        self.usage_read.emit()

    def _leave(self) -> None:
        self.usage_is_read = False
        self._silence.attend(None)
        for reader in (self._refresher, self._figures, self._usage):
            reader.attend(None)
        self.engine_changed.emit(None)

    def _places(self) -> tuple[Endpoint, ...]:
        self._found = self._look()
        about = self._library.connection.about
        if about is None or about.kind is Kind.STORE:
            return self._found.to_try
        # An engine that is lost comes back, and nothing takes its place by itself meanwhile.
        return tuple(place for place in self._found.to_try if place != self._found.store)

    def _show_tried(self, places: tuple[tuple[Endpoint, Failure], ...]) -> None:
        self._library.show_connection(replace(self._library.connection, tried=places))

    def _show(self, phase: Phase) -> None:
        self._library.show_connection(replace(self._library.connection, phase=phase))

    def _announce_engines(self, answers: tuple[tuple[Endpoint, About | Failure], ...]) -> None:
        self.engines_asked.emit(answers)
        self.engines_found.emit(
            tuple((place, answer) for place, answer in answers if isinstance(answer, About))
        )
