"""What a host has to prove before it is talked to."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from layerhold.domain.registry_errors import RegistryFault, RegistryUnreachable
from layerhold.registry import certificates
from layerhold.registry.certificates import Certificates
from layerhold.registry.trust import Trust


@dataclass(frozen=True, slots=True)
class Tls:
    """How one operation meets a registry, and the other hosts that it names."""

    host: str
    usual: ssl.SSLContext
    excepted: ssl.SSLContext | None
    """For the registry's own host, where it has to prove nothing."""
    may_be_left: bool
    """Others that it names may speak HTTP without TLS."""

    @classmethod
    def at(cls, host: str, trust: Trust) -> Self:
        """Raises `RegistryUnreachable` where one of the files that it takes is wrong."""
        known = certificates.found(host)
        excepted = _excepted(known) if trust.unverified else None
        return cls(host, _usual(trust, known), excepted, trust.plain)


def _usual(trust: Trust, certificates: Certificates) -> ssl.SSLContext:
    """The machine's own authorities too, which requests by itself leaves out."""
    context = ssl.create_default_context()
    own = (trust.authorities,) if trust.authorities else ()
    for authority in (*certificates.authorities, *own):
        with _wrong_file(authority):
            context.load_verify_locations(authority)
    return _with_identities(context, certificates)


def _excepted(certificates: Certificates) -> ssl.SSLContext:
    """Whoever answers is believed."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return _with_identities(context, certificates)


def _with_identities(context: ssl.SSLContext, certificates: Certificates) -> ssl.SSLContext:
    for certificate, key in certificates.identities:
        with _wrong_file(certificate):
            # No password: nobody is there to be asked for it.
            context.load_cert_chain(certificate, key, password="")
    return context


@contextmanager
def _wrong_file(file: Path) -> Iterator[None]:
    """Inside, what is wrong with the file is a failure of the registry it was meant for."""
    try:
        yield
    except (OSError, ValueError) as error:
        told = f"{file}: {error}"
        raise RegistryUnreachable(detail=told, why=RegistryFault.CERTIFICATE) from error
