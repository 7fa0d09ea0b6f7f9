"""Every error and outcome in the user's words and language."""

from layerhold.wording import inputs, unreachable
from layerhold.wording.failures import Said, explain

__all__ = ["Said", "explain", "inputs", "unreachable"]
