"""How an engine in memory builds: it goes through the steps that a test has given it."""

from collections.abc import Callable, Mapping

from layerhold.domain.builders import Builder, BuilderChoice, Reason
from layerhold.domain.building import BuildProgress, BuildReport, BuildWish, Built, Note
from layerhold.domain.cancel import Token
from layerhold.domain.login import Login


class MemoryBuilds:
    """The verbs of `Engine` that build."""

    tag: Callable[[str, str], None]
    _begin: Callable[..., None]
    _made: Callable[..., str]

    def __init__(self) -> None:
        self.choice = BuilderChoice(Builder.BUILDX, Reason.INSTALLED, version="0.13.1")
        self.course: tuple[BuildProgress | str, ...] = ()
        """Snapshots that are reported and lines that are noted, one after the other."""
        self.asked: list[tuple[BuildWish, dict[str, Login]]] = []

    def builder(self) -> BuilderChoice:
        self._begin("builder")
        return self.choice

    def build(
        self,
        wish: BuildWish,
        logins: Mapping[str, Login],
        report: BuildReport,
        note: Note,
        token: Token,
    ) -> Built:
        self.asked.append((wish, dict(logins)))
        self._begin("build", token)
        for each in self.course:
            if isinstance(each, BuildProgress):
                report(each)
            else:
                note(each)
        self._begin("building", token)
        image_id = self._made("")
        for reference in wish.tags:
            self.tag(image_id, reference)
        return Built(image_id, wish.tags)
