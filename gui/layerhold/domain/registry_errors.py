"""What can go wrong between an engine, or ourselves, and a registry.

Failure
└── RegistryFailure
    ├── RemoteNotFound
    ├── LoginNeeded
    ├── LoginRefused
    ├── RateLimited
    ├── OutOfOrder
    ├── TooMuchAtOnce
    ├── Damaged
    ├── RegistryUnreachable
    ├── NotAnImage
    └── PlatformMissing
"""

from dataclasses import dataclass
from enum import Enum

from layerhold.domain.errors import Failure


@dataclass(eq=False)
class RegistryFailure(Failure):
    """A registry did not do what it was asked; `detail` holds the words of whoever said so."""

    subject: str = ""
    """The reference it was about; empty for a login."""
    registry: str = ""
    """Its host; empty where nobody said it."""
    detail: str = ""


@dataclass(eq=False)
class RemoteNotFound(RegistryFailure):
    """The registry has no such repository, tag or digest."""


@dataclass(eq=False)
class LoginNeeded(RegistryFailure):
    """The registry wants a login, and was shown none.

    Some registries say so too of what does not exist, so that nobody learns what does.
    """


@dataclass(eq=False)
class LoginRefused(RegistryFailure):
    """The login is wrong, has expired, or does not allow this."""


@dataclass(eq=False)
class RateLimited(RegistryFailure):
    """The registry was asked too often of late."""

    retry_after: float | None = None
    """Seconds; `None` where nobody said."""


@dataclass(eq=False)
class OutOfOrder(RegistryFailure):
    """The registry itself says that something is wrong with it just now."""

    retry_after: float | None = None
    """Seconds; `None` where nobody said."""


@dataclass(eq=False)
class TooMuchAtOnce(RegistryFailure):
    """The registry, or a proxy before it, takes no requests that are so long."""


@dataclass(eq=False)
class Damaged(RegistryFailure):
    """What was moved has not the size or the digest that it should have."""


@dataclass(eq=False)
class NotAnImage(RegistryFailure):
    """What is there has a form in which the engine knows no images."""


class RegistryFault(Enum):
    """Why a registry cannot be used."""

    UNKNOWN_HOST = "unknown host"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    CERTIFICATE = "certificate"
    PLAIN_HTTP = "plain HTTP"
    BROKEN_OFF = "broken off"
    NOT_A_REGISTRY = "not a registry"
    OTHER = "other"


@dataclass(eq=False)
class RegistryUnreachable(RegistryFailure):
    """Nothing answers there, or nothing that can be trusted or understood."""

    why: RegistryFault = RegistryFault.OTHER
    from_here: bool = False
    """Whether we asked ourselves; an engine has a network and trusted certificates of its own."""


@dataclass(eq=False)
class PlatformMissing(RegistryFailure):
    """The image is there, but not for that platform."""

    platform: str = ""
    """`os/architecture[/variant]`; empty where nobody said it."""
