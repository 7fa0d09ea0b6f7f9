"""Every error and outcome in the user's words and language."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layerhold.wording.failures import Said


def explain(error: Exception) -> "Said":
    """Tell a failure; words for a new kind are imported in `every_failure`.

    That comes with the first failure, since the window is painted sooner without it.
    """
    from layerhold.wording import every_failure

    return every_failure.explain(error)
