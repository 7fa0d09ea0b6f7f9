"""What went wrong where logins are kept, and what to do about it."""

from PySide6.QtCore import QCoreApplication

from layerhold.domain import credential_errors as errors
from layerhold.formatting import visible
from layerhold.wording.failures import Said, explain
from layerhold.wording.quoting import DETAIL_LIMIT, name

translate = QCoreApplication.translate


@explain.register
def _credentials(error: errors.CredentialFailure) -> Said:
    return _said(error, translate("Credentials", "The login could not be looked up or kept."))


@explain.register
def _missing(error: errors.HelperMissing) -> Said:
    return _said(
        error,
        translate("Credentials", "The credential helper {subject} is not installed."),
        translate("Credentials", "Install it, or take it out of Docker's config.json."),
    )


@explain.register
def _failed(error: errors.HelperFailed) -> Said:
    return _said(
        error,
        translate("Credentials", "The credential helper {subject} failed."),
        translate("Credentials", "Try it in a terminal: {subject} list."),
    )


@explain.register
def _timed_out(error: errors.HelperTimedOut) -> Said:
    return _said(
        error,
        translate("Credentials", "The credential helper {subject} did not answer in time."),
        translate("Credentials", "It may be waiting for a passphrase. Unlock it and try again."),
    )


@explain.register
def _unreadable(error: errors.EntryUnreadable) -> Said:
    return _said(
        error,
        translate("Credentials", "What is kept as the login for {subject} cannot be read."),
        translate("Credentials", "Log in again, which replaces it."),
        translate("Credentials", "a registry"),
    )


@explain.register
def _not_written(error: errors.LoginNotWritten) -> Said:
    return _said(
        error,
        translate("Credentials", "The file {subject} could not be written, and is as it was."),
        translate("Credentials", "Check who owns the file, and whether the disk is full."),
        translate("Credentials", "of logins"),
    )


@explain.register
def _no_keyring(error: errors.KeyringMissing) -> Said:
    return _said(
        error,
        translate("Credentials", "This desktop has no keyring that keeps secrets safe."),
        translate(
            "Credentials",
            "Install one, such as GNOME Keyring or KWallet, or keep the login somewhere else.",
        ),
    )


@explain.register
def _locked(error: errors.KeyringLocked) -> Said:
    return _said(
        error,
        translate("Credentials", "The keyring is locked."),
        translate("Credentials", "Unlock it when the desktop asks for its password."),
    )


@explain.register
def _keyring(error: errors.KeyringFailed) -> Said:
    return _said(
        error,
        translate("Credentials", "The keyring could not do this."),
        translate("Credentials", "Check that it runs and is unlocked, then try again."),
    )


def _said(error: errors.CredentialFailure, what: str, hint: str = "", unnamed: str = "") -> Said:
    subject = name(error.subject) or unnamed or translate("Credentials", "for logins")
    return Said(
        what.replace("{subject}", subject),
        hint.replace("{subject}", subject),
        visible(error.detail, DETAIL_LIMIT),
    )
