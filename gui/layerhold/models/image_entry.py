"""What the image list knows of one image."""

from dataclasses import dataclass

from layerhold.domain.containers import Container
from layerhold.domain.images import Image
from layerhold.planning.sharing import Figures
from layerhold.planning.targets import WholeImage


@dataclass(slots=True, eq=False)
class Entry:
    """Stays the same object from one refresh to the next, while its facts change."""

    image: Image
    names: str | None = None
    """What words search beside labels; `None` until it is read."""
    users: tuple[Container, ...] = ()
    used_by: str = ""
    """The users' names."""
    platform: str = ""
    figures: Figures | None = None

    _whole: WholeImage | None = None

    @property
    def whole(self) -> WholeImage:
        """What an act on the image means; made once, because all of them may be selected."""
        if self._whole is None:
            self._whole = WholeImage(self.image.id)
        return self._whole

    @property
    def several(self) -> bool:
        """Whether the image has more than one tag, and its tags therefore rows of their own."""
        return len(self.image.tags) > 1

    def show(self, image: Image) -> None:
        """Take over a newer state of the image."""
        self.image = image
        self.names = None

    def use(self, users: tuple[Container, ...]) -> bool:
        """Take over the containers; whether anything is new."""
        if users == self.users:
            return False
        self.users = users
        self.used_by = ", ".join(user.name or user.id[:12] for user in users)
        return True
