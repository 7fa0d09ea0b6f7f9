"""What can go wrong where logins are kept; a secret is in none of it.

CredentialFailure
├── HelperMissing
├── HelperFailed
├── HelperTimedOut
├── EntryUnreadable
├── LoginNotWritten
├── KeyringMissing
├── KeyringLocked
└── KeyringFailed
"""

from dataclasses import dataclass

from layerhold.domain.errors import Failure


@dataclass(eq=False)
class CredentialFailure(Failure):
    """What went wrong between us and a place where logins are kept."""

    subject: str = ""
    """The program, file, keyring or registry that it was about."""
    detail: str = ""
    """The place's own words."""


@dataclass(eq=False)
class HelperMissing(CredentialFailure):
    """The configured credential helper is not installed."""


@dataclass(eq=False)
class HelperFailed(CredentialFailure):
    """The credential helper says no, or nothing that makes sense."""


@dataclass(eq=False)
class HelperTimedOut(CredentialFailure):
    """The credential helper did not end in time."""


@dataclass(eq=False)
class EntryUnreadable(CredentialFailure):
    """What is kept for the registry in `subject` is no login."""


@dataclass(eq=False)
class LoginNotWritten(CredentialFailure):
    """The file in `subject` could not be written; it is as it was."""


@dataclass(eq=False)
class KeyringMissing(CredentialFailure):
    """There is no keyring that keeps secrets safe."""


@dataclass(eq=False)
class KeyringLocked(CredentialFailure):
    """The keyring is locked, and was not unlocked."""


@dataclass(eq=False)
class KeyringFailed(CredentialFailure):
    """The keyring says no."""
