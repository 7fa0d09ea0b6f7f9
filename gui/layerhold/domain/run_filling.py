"""What an image does by itself as a person would type it, and what of the typed is not that."""

from collections.abc import Iterable

from layerhold.domain.container_errors import InvalidInput
from layerhold.domain.port_inputs import ports
from layerhold.domain.run_defaults import RunDefaults
from layerhold.domain.run_inputs import environment, mount
from layerhold.domain.running import Mount

Variables = tuple[tuple[str, str], ...]


def typed_environment(defaults: RunDefaults) -> tuple[str, ...]:
    """A line for each variable, but for those whose values no line can hold."""
    return tuple(f"{name}={value}" for name, value in defaults.environment if _fits(name, value))


def untyped_environment(defaults: RunDefaults) -> tuple[str, ...]:
    """The names of those others."""
    return tuple(name for name, value in defaults.environment if not _fits(name, value))


def _fits(name: str, value: str) -> bool:
    line = f"{name}={value}"
    try:
        # A field of text turns what cannot be printed into something else.
        return line.isprintable() and environment(line) == ((name, value),)
    except InvalidInput:
        return False


def typed_ports(defaults: RunDefaults) -> tuple[str, ...]:
    """A line for each port, to be published where the engine has one free."""
    return tuple(port.removesuffix("/tcp") for port in defaults.ports if _is_port(port))


def _is_port(port: str) -> bool:
    try:
        return bool(ports(port))
    except InvalidInput:
        return False


def typed_volumes(defaults: RunDefaults) -> tuple[str, ...]:
    """A line for each folder that gets a volume of its own."""
    return tuple(path for path in defaults.volumes if _is_volume(path))


def _is_volume(path: str) -> bool:
    try:
        return path.isprintable() and mount(path) == Mount(path)
    except InvalidInput:
        return False


def own_arguments(
    defaults: RunDefaults, entrypoint: tuple[str, ...], command: tuple[str, ...]
) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """Entrypoint and command of a wish, which says nothing again that holds anyway.

    Where neither is said, engines take the image's command (moby, `merge`); an entrypoint that is
    said takes the command away, too.
    """
    if entrypoint != defaults.entrypoint:
        return entrypoint, command
    if command == defaults.command:
        return None, ()
    return (None, command) if command else (entrypoint, ())


def own_environment(defaults: RunDefaults, typed: Variables) -> Variables:
    """The variables that the image does not set so."""
    return tuple(pair for pair in typed if pair not in defaults.environment)


def kept_variables(defaults: RunDefaults, typed: Variables) -> tuple[str, ...]:
    """Names that are set although their lines were taken away."""
    names = {*(name for name, _ in typed), *untyped_environment(defaults)}
    return tuple(name for name, _ in defaults.environment if name not in names)


def own_mounts(defaults: RunDefaults, typed: Iterable[Mount]) -> tuple[Mount, ...]:
    """The volumes that the image does not ask for itself."""
    return tuple(each for each in typed if each.source or each.target not in defaults.volumes)
