"""What the user excepts registries from, kept from one start to the next."""

import json
import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from layerhold.domain.errors import ConfigProblem, FileNotWritten
from layerhold.domain.trust_errors import NotACertificate
from layerhold.registry import docker_config, replacing
from layerhold.registry.data_folder import data_folder
from layerhold.registry.trust import STRICT, Trust


@dataclass(frozen=True, slots=True)
class TrustedRegistries:
    """Reads the file anew each time: another Layerhold may write it too."""

    path: Path

    def all(self) -> dict[str, Trust]:
        """By registry; a file that cannot be read excepts none."""
        try:
            wire = docker_config.read_object(self.path)
        except ConfigProblem:
            return {}
        return {registry: _trust(docker_config.table(it)) for registry, it in wire.items()}

    def of(self, registry: str) -> Trust:
        """How much this one has to prove."""
        return self.all().get(registry, STRICT)

    def keep(self, registry: str, trust: Trust) -> None:
        """From now on; raises `NotACertificate` and `FileNotWritten`."""
        _check(trust.authorities)

        def change(_content: bytes | None) -> bytes:
            every = self.all() | {registry: trust}
            wire = {each: _wire(it) for each, it in every.items() if it != STRICT}
            return json.dumps(wire, indent=2).encode()

        try:
            replacing.rewrite(self.path, change)
        except OSError as error:
            raise FileNotWritten(str(self.path), str(error)) from error


def trusted_registries() -> TrustedRegistries:
    """Those of the user who runs this."""
    return TrustedRegistries(data_folder(os.environ, Path.home()) / "registries.json")


def _check(authorities: Path | None) -> None:
    if authorities is None:
        return
    try:
        ssl.create_default_context().load_verify_locations(authorities)
    except (OSError, ValueError) as error:
        raise NotACertificate(str(authorities), str(error)) from error


def _wire(trust: Trust) -> dict[str, str | bool]:
    own = {"authorities": str(trust.authorities)} if trust.authorities else {}
    return {**own, "unverified": trust.unverified, "plain": trust.plain}


def _trust(wire: Mapping[str, object]) -> Trust:
    """Nothing is excepted but by a plain `true`."""
    own = docker_config.text(wire.get("authorities"))
    unverified, plain = wire.get("unverified") is True, wire.get("plain") is True
    return Trust(Path(own) if own.startswith("/") else None, unverified, plain)
