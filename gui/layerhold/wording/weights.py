"""Bytes that we are more or less sure of."""

from layerhold.formatting import size
from layerhold.planning.sharing import Bytes, Certainty


def freed(amount: Bytes) -> str:
    """`212 MB`, `≈ 212 MB` or `≥ 212 MB`."""
    signs = {Certainty.EXACT: "", Certainty.ABOUT: "≈ ", Certainty.AT_LEAST: "≥ "}
    return signs[amount.certainty] + size(amount.amount)
