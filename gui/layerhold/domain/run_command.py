"""The command line that does the same as a wish."""

import shlex
from collections.abc import Iterator

from layerhold.domain.running import Restart, RunWish


def command_line(wish: RunWish, program: str = "docker") -> str:
    """`docker run …`, quoted for a POSIX shell."""
    return shlex.join([program, "run", "--detach", *_options(wish), wish.image, *_arguments(wish)])


def _options(wish: RunWish) -> Iterator[str]:
    if wish.name:
        yield from ("--name", wish.name)
    if wish.auto_remove:
        yield "--rm"
    if wish.interactive:
        yield "--interactive"
    if wish.tty:
        yield "--tty"
    if wish.restart is not Restart.NO:
        yield from ("--restart", restart(wish))
    if wish.network:
        yield from ("--network", wish.network)
    yield from _repeated(wish)


def _repeated(wish: RunWish) -> Iterator[str]:
    for port in wish.ports:
        yield from ("--publish", str(port))
    for mount in wish.mounts:
        yield from ("--volume", str(mount))
    for name, value in wish.environment:
        yield from ("--env", f"{name}={value}")
    if wish.entrypoint is not None:
        yield from ("--entrypoint", wish.entrypoint[0] if wish.entrypoint else "")


def _arguments(wish: RunWish) -> tuple[str, ...]:
    """The option takes the program only, and what follows it comes before the command."""
    return (*(wish.entrypoint or ())[1:], *wish.command)


def restart(wish: RunWish) -> str:
    """As `--restart` takes it."""
    limited = wish.restart is Restart.ON_FAILURE and wish.retries
    return f"{wish.restart.value}:{wish.retries}" if limited else wish.restart.value
