"""Who someone is at a registry."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Login:
    """Credentials for one registry; the secret parts stay out of every text made of it."""

    registry: str
    """A host with its port, such as `registry.example:5000`; `docker.io` for Docker Hub."""
    user: str = ""
    secret: str = field(default="", repr=False)
    """A password or an access token."""
    identity_token: str = field(default="", repr=False)
    """What some registries give in place of a password once it has been checked."""
