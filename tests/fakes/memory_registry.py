"""Registries in memory, that know images and who may have them."""

from hashlib import sha256

from layerhold.domain.login import Login
from layerhold.domain.references import Reference
from layerhold.domain.registry_errors import LoginNeeded, LoginRefused, RemoteNotFound
from layerhold.domain.transfers import RemoteImage


class MemoryRegistry:
    """All registries that a test knows of."""

    def __init__(self) -> None:
        self.images: dict[str, str] = {}
        """Image IDs by reference, as Docker prints it."""
        self.logins: dict[str, Login] = {}
        """The one login that a registry accepts; others let everybody in."""
        self.platforms = ("linux/amd64", "linux/arm64")

    def admit(self, subject: str, registry: str, login: Login | None) -> None:
        """Refuse whoever is not known."""
        right = self.logins.get(registry)
        if right is None:
            return
        if login is None:
            raise LoginNeeded(subject, registry, "no basic auth credentials")
        if (login.user, login.secret) != (right.user, right.secret):
            raise LoginRefused(subject, registry, "unauthorized: authentication required")

    def find(self, reference: Reference) -> str:
        """The image ID."""
        image_id = self.images.get(reference.familiar)
        if image_id is None:
            raise RemoteNotFound(reference.familiar, reference.registry, "manifest unknown")
        return image_id

    def tags(self, repository: str) -> list[str]:
        """Every reference of a repository."""
        return [each for each in self.images if each.rpartition(":")[0] == repository]

    def remote(self, reference: Reference) -> RemoteImage:
        return RemoteImage(reference.familiar, digest(self.find(reference)), self.platforms)


def digest(image_id: str) -> str:
    """What registries call the image."""
    return f"sha256:{sha256(image_id.encode()).hexdigest()}"
