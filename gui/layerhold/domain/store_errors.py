"""What can be wrong with the folder of an embedded store.

Failure
└── EngineFailure
    └── StoreFailure
"""

from dataclasses import dataclass
from enum import Enum

from layerhold.domain.errors import EngineFailure


class StoreFault(Enum):
    """Why a folder is of no use as a store, or cannot be changed now."""

    NOT_A_FOLDER = "not a folder"
    NOT_A_STORE = "not a store"
    """Something else is in the folder, which must not be mixed with images."""
    NEWER = "newer"
    """A version of the OCI image layout that we do not know."""
    DAMAGED = "damaged"
    """The index cannot be read."""
    TOO_LARGE = "too large"
    HOSTILE = "hostile"
    """Links or devices where folders and files belong."""
    NO_PERMISSION = "no permission"
    READ_ONLY = "read-only"
    """A disk that takes nothing new."""
    BUSY = "busy"
    """Another program holds on to it."""
    UNREADABLE = "unreadable"


@dataclass(eq=False)
class StoreFailure(EngineFailure):
    """The store cannot be used; `subject` is the path it is about."""

    fault: StoreFault = StoreFault.UNREADABLE
