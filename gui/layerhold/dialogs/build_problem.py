"""What keeps a build from being begun, and what its builder will stumble over."""

from layerhold.colours import colours
from layerhold.dialogs.build_look import BuildLook
from layerhold.dialogs.sentences import Sentence
from layerhold.domain.builders import Limit
from layerhold.planning.dockerfile_doubts import Doubt, are_certain, doubts
from layerhold.wording import builders, explain

MOST_DOUBTS = 4


class BuildProblem(Sentence):
    """Follows a look when it is told to."""

    def __init__(self, look: BuildLook) -> None:
        super().__init__("")
        self._look = look
        self._limits: frozenset[Limit] = frozenset()

    @property
    def reason(self) -> str | None:
        """Why nothing can be sent; empty where that is said here, `None` where it can."""
        summary = self._look.summary
        if self._look.problem:
            return ""
        if summary is None:
            return self.tr("Looking at the folder…")
        if summary.unreadable:
            return self.tr("Something under Context cannot be read.")
        if are_certain(self._doubts, self._limits):
            return self.tr("The Dockerfile cannot be built as it is.")
        return None

    def show_limits(self, limits: frozenset[Limit]) -> None:
        """Judge by what this builder cannot do."""
        self._limits = limits
        self.follow()

    def follow(self) -> None:
        """Show what is known now."""
        problem, shade = self._look.problem, colours()
        said = explain(problem) if problem else None
        text = f"{said.what} {said.hint} {said.detail}".strip() if said else self._doubted()
        self.setText(text)
        self.setVisible(bool(text))
        self.setStyleSheet(f"color: {shade.danger if problem else shade.care}")

    @property
    def _doubts(self) -> tuple[Doubt, ...]:
        return doubts(self._look.dockerfile, self._limits)

    def _doubted(self) -> str:
        found = [builders.doubt(each) for each in self._doubts]
        more = ["…"] if len(found) > MOST_DOUBTS else []
        return "\n".join(found[:MOST_DOUBTS] + more)
