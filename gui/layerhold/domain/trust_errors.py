"""What can go wrong when a registry is to be trusted.

Failure
└── NotACertificate
"""

from dataclasses import dataclass

from layerhold.domain.errors import Failure


@dataclass(eq=False)
class NotACertificate(Failure):
    """The file holds no certificate that could be trusted."""

    path: str
    detail: str = ""
