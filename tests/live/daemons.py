"""Engines that the tests start for themselves, and of which nothing is left behind."""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from live.processes import processes_of
from needs import find, need

SECONDS_TO_START = 60.0
SECONDS_TO_STOP = 20.0
SECONDS_BETWEEN_LOOKS = 0.05

SETTINGS = {
    "config.json": "{}",
    "daemon.json": "{}",
    # Podman's own limits are higher than what a machine in a cage allows.
    "containers.conf": """
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
pids_limit = 0
[engine]
stop_timeout = 0
""",
    # As Docker does by itself: plain HTTP with registries of this machine.
    "registries.conf": """
[[registry]]
location = "127.0.0.1"
insecure = true
""",
}
"""In place of what the machine has."""


class Daemon:
    """A program that serves the Docker API at a socket in a folder of its own."""

    def __init__(self, folder: Path, command: Sequence[str | Path], cli: Sequence[str | Path]):
        self.folder = folder
        self.socket = folder / "engine.sock"
        self.url = f"unix://{self.socket}"
        self._command, self._cli = list(command), list(cli)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def _is_podman(self) -> bool:
        return "podman" in str(self._cli[0])

    @property
    def log(self) -> Path:
        """Everything that the engine has said."""
        return self.folder / "log"

    @property
    def is_running(self) -> bool:
        """Whether it was started, and has not ended since."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the engine, and come back when it answers."""
        self.socket.unlink(missing_ok=True)
        # containerd dies with dockerd, but as a zombie it would still look alive.
        (self.folder / "exec/containerd/containerd.pid").unlink(missing_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self._environment(),
                start_new_session=True,
            )
        self._wait_until_it_answers(self._process)

    def stop(self) -> None:
        """End the engine as its administrator would."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End the engine without a chance to say goodbye."""
        self._end(signal.SIGKILL)

    def cli(self, *args: str | Path, stdin: bytes | None = None) -> str:
        """What the engine's own command line prints."""
        ended = subprocess.run(
            [*self._cli, *args],
            input=stdin,
            capture_output=True,
            env=self._environment(),
            check=False,
        )
        if ended.returncode:
            raise AssertionError(f"{' '.join(map(str, args))}: {ended.stderr.decode().strip()}")
        return ended.stdout.decode().strip()

    def load(self, archive: Path) -> None:
        """Load a docker archive."""
        self.cli("load", "--input", archive)

    def pull(self, reference: str) -> None:
        """Pull an image from a registry that speaks plain HTTP."""
        # Docker speaks it with every registry at 127.0.0.1.
        insecure = ["--tls-verify=false"] if self._is_podman else []
        self.cli("pull", "--quiet", *insecure, reference)

    def build(self, tag: str, folder: Path) -> None:
        """Build an image step by step, each step kept; nothing can be run in it."""
        options = ["--layers", "--isolation=chroot", "--format=docker"] if self._is_podman else []
        self.cli("build", "--quiet", *options, "--tag", tag, folder)

    def remove_everything(self) -> None:
        """Leave no container and no image; later tests begin with an empty engine."""
        if containers := self.cli("ps", "--all", "--quiet").split():
            self.cli("rm", "--force", *containers)
        while images := set(self.cli("images", "--all", "--quiet", "--no-trunc").split()):
            # Some versions refuse a parent before its children, whatever the order asked for.
            with contextlib.suppress(AssertionError):
                self.cli("rmi", "--force", *images)
                break
            left = set(self.cli("images", "--all", "--quiet", "--no-trunc").split())
            assert left < images, f"cannot be removed: {left}"

    def _environment(self) -> dict[str, str]:
        own = {
            "HOME": str(self.folder),
            "DOCKER_CONFIG": str(self.folder),
            "DOCKER_BUILDKIT": "0",
            "CONTAINERS_CONF": str(self.folder / "containers.conf"),
            "CONTAINERS_REGISTRIES_CONF": str(self.folder / "registries.conf"),
        }
        return os.environ | own

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        give_up = time.monotonic() + SECONDS_TO_START
        while not _answers(self.socket):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(SECONDS_BETWEEN_LOOKS)
            if process.returncode is not None or time.monotonic() > give_up:
                raise AssertionError(f"The engine does not start:\n{self.log.read_text()[-2000:]}")

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        self._process.wait(SECONDS_TO_STOP)
        self._process = None


@contextlib.contextmanager
def docker() -> Iterator[Daemon]:
    """A Docker engine with a store of its own; rootless where the tests are not root."""
    server = need("dockerd") if os.geteuid() == 0 else need("dockerd-rootless.sh")
    command_line = find("/usr/bin/docker") or need("docker")
    with folder_of_its_own() as folder:
        options = {
            "--host": f"unix://{folder / 'engine.sock'}",
            "--config-file": folder / "daemon.json",
            "--data-root": folder / "data",
            "--exec-root": folder / "exec",
            "--pidfile": folder / "pid",
            "--iptables": "false",
            "--ip6tables": "false",
            "--bridge": "none",
        }
        command = [server, *(f"{name}={value}" for name, value in options.items())]
        cli = [command_line, "--host", options["--host"]]
        with running(Daemon(folder, command, cli)) as daemon:
            yield daemon


@contextlib.contextmanager
def podman() -> Iterator[Daemon]:
    """Podman's Docker API over a store of its own."""
    program = need("podman")
    with folder_of_its_own() as folder:
        mine = [
            program,
            *("--root", folder / "data", "--runroot", folder / "run", "--tmpdir", folder / "tmp"),
            *("--events-backend", "file", "--cgroup-manager", "cgroupfs"),
        ]
        address = f"unix://{folder / 'engine.sock'}"
        command = [*mine, "system", "service", "--time=0", address]
        with running(Daemon(folder, command, mine)) as daemon:
            yield daemon


@contextlib.contextmanager
def running(daemon: Daemon) -> Iterator[Daemon]:
    try:
        daemon.start()
        yield daemon
        with contextlib.suppress(AssertionError):
            daemon.remove_everything()
    finally:
        daemon.stop()


@contextlib.contextmanager
def folder_of_its_own() -> Iterator[Path]:
    # The names of sockets may have 108 bytes, and pytest's own folders are deep.
    folder = Path(tempfile.mkdtemp(prefix="layerhold-", dir="/tmp"))
    for name, content in SETTINGS.items():
        (folder / name).write_text(content)
    try:
        yield folder
    finally:
        for process in processes_of(folder):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        for mount in reversed(_mounts_in(folder)):
            subprocess.run(["umount", "--lazy", mount], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _mounts_in(folder: Path) -> list[str]:
    mounts = (line.split()[1] for line in Path("/proc/self/mounts").read_text().splitlines())
    return [mount for mount in mounts if mount.startswith(f"{folder}/")]


def _answers(path: Path) -> bool:
    connection = http.client.HTTPConnection("engine", timeout=SECONDS_TO_START)
    try:
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.connect(str(path))
        connection.request("GET", "/_ping")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()
