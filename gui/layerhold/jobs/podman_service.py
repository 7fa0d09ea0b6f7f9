"""Podman as a process of ours that listens while Layerhold runs."""

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from layerhold.domain.errors import EngineNotStarted
from layerhold.engine.about import Endpoint
from layerhold.engine.addresses import socket_path
from layerhold.engine.podman import command
from layerhold.jobs.doorbell import Doorbell

PATIENCE_MS = 20_000
END_MS = 2000
"""How long it may take to end at the end."""
MOST_WORDS = 2000
"""Bytes of what it says last."""
PRIVATE_FOLDER = 0o700


class PodmanService(QObject):
    """Begun on the GUI thread, which lives as long as the program: the process ends with it."""

    came_up = Signal(object)
    """The `Endpoint` at which it answers."""
    failed = Signal(object)
    """An `EngineNotStarted`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        self._process.setStandardOutputFile(QProcess.nullDevice())
        self._process.setStandardInputFile(QProcess.nullDevice())
        self._endpoint: Endpoint | None = None
        self._words = b""
        self._doorbell = Doorbell(self)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._doorbell.rung.connect(self._tell)
        self._patience.timeout.connect(self.stop)
        self._process.readyReadStandardError.connect(self._hear)
        self._process.errorOccurred.connect(self._end)
        self._process.finished.connect(self._end)

    @property
    def is_running(self) -> bool:
        """Whether the process is there, listening or about to."""
        return self._process.state() is not QProcess.ProcessState.NotRunning

    def start(self, program: str, endpoint: Endpoint) -> None:
        """Have it listen there; `came_up` or `failed` follows."""
        socket = socket_path(endpoint.url)
        assert socket is not None
        self._endpoint, self._words = endpoint, b""
        try:
            socket.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        except OSError as error:
            self._fail(str(error))
            return
        self._doorbell.watch([socket])
        self._patience.start()
        first, *rest = command(program, endpoint)
        self._process.start(first, rest)

    def stop(self) -> None:
        """End it, if it was begun here; containers go on."""
        if self.is_running:
            self._process.terminate()
            if not self._process.waitForFinished(END_MS):
                self._process.kill()
                self._process.waitForFinished(END_MS)

    def _tell(self) -> None:
        self._rest()
        if self.is_running:
            self.came_up.emit(self._endpoint)

    def _hear(self) -> None:
        said = self._process.readAllStandardError().data()
        self._words = (self._words + said)[-MOST_WORDS:]

    def _end(self) -> None:
        """Only what ends before it came up has failed to start."""
        if self._patience.isActive():
            self._hear()
            self._fail(self._words.decode(errors="replace").strip() or self._process.errorString())

    def _fail(self, words: str) -> None:
        self._rest()
        self.failed.emit(EngineNotStarted("Podman", words))

    def _rest(self) -> None:
        self._patience.stop()
        self._doorbell.rest()
