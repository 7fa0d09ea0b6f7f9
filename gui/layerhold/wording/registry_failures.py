"""What a registry refused or did not answer, and what to do then."""

from PySide6.QtCore import QCoreApplication

from layerhold.domain import registry_errors as errors
from layerhold.domain.registry_errors import RegistryFault
from layerhold.formatting import countdown, visible
from layerhold.wording.failures import Said, explain
from layerhold.wording.quoting import DETAIL_LIMIT, name

translate = QCoreApplication.translate


@explain.register
def _registry(error: errors.RegistryFailure) -> Said:
    what = translate("Registries", "{registry} did not do this.")
    return _said(error, what, "")


@explain.register
def _not_found(error: errors.RemoteNotFound) -> Said:
    what = _about(
        error,
        translate("Registries", "{registry} has no {subject}."),
        translate("Registries", "{registry} has nothing of that name."),
    )
    hint = translate("Registries", "Check the repository and the tag for typing errors.")
    return _said(error, what, hint)


@explain.register
def _needed(error: errors.LoginNeeded) -> Said:
    what = _about(
        error,
        translate("Registries", "{registry} wants a login for {subject}."),
        translate("Registries", "{registry} wants a login."),
    )
    hint = translate(
        "Registries",
        "Log in and try again. Check the name too: some registries say the same of what they do "
        "not have.",
    )
    return _said(error, what, hint)


@explain.register
def _refused(error: errors.LoginRefused) -> Said:
    what = _about(
        error,
        translate("Registries", "{registry} does not accept the login for {subject}."),
        translate("Registries", "{registry} does not accept the user name or the password."),
    )
    hint = translate(
        "Registries",
        "Log in again: the password or token may be wrong or have expired, or this user may not "
        "do this. Where two factors are asked for, an access token is needed.",
    )
    return _said(error, what, hint)


@explain.register
def _limited(error: errors.RateLimited) -> Said:
    what = translate("Registries", "{registry} was asked too often of late.")
    if error.retry_after is None:
        hint = _about(
            error,
            translate("Registries", "Log in, which often allows more, or wait and try again."),
            translate("Registries", "Wait and try again."),
        )
    else:
        hint = _about(
            error,
            translate("Registries", "Try again in {time}, or log in, which often allows more."),
            translate("Registries", "Try again in {time}."),
        ).replace("{time}", countdown(error.retry_after))
    return _said(error, what, hint)


@explain.register
def _out_of_order(error: errors.OutOfOrder) -> Said:
    what = translate("Registries", "{registry} is out of order just now.")
    hint = _about(
        error,
        translate("Registries", "Wait and try again. What has been moved already is kept."),
        translate("Registries", "Wait and try again."),
    )
    return _said(error, what, hint)


@explain.register
def _too_much(error: errors.TooMuchAtOnce) -> Said:
    what = translate("Registries", "{registry} does not take so much at once.")
    hint = translate(
        "Registries",
        "A proxy before it probably limits requests; whoever runs it can raise that limit.",
    )
    return _said(error, what, hint)


@explain.register
def _damaged(error: errors.Damaged) -> Said:
    what = _about(
        error,
        translate("Registries", "A part of {subject} was damaged between here and {registry}."),
        translate("Registries", "What went between here and {registry} was damaged."),
    )
    hint = translate(
        "Registries",
        "It was not kept. Try again; if it is damaged again, something on the way changes it, or "
        "it lies there so.",
    )
    return _said(error, what, hint)


@explain.register
def _no_image(error: errors.NotAnImage) -> Said:
    what = _about(
        error,
        translate("Registries", "What {registry} has as {subject} is no image for this engine."),
        translate("Registries", "What {registry} has there is no image for this engine."),
    )
    hint = translate(
        "Registries",
        "It may be something else, such as a chart, or an image in a form that is too old or too "
        "new for the engine. Whoever pushed it can say.",
    )
    return _said(error, what, hint)


@explain.register
def _no_platform(error: errors.PlatformMissing) -> Said:
    named = translate("Registries", "{subject} is not there for {platform}.")
    unnamed = translate("Registries", "{subject} is not there for this platform.")
    what = (named if error.platform else unnamed).replace("{platform}", name(error.platform))
    hint = translate("Registries", "Choose a platform that it is there for.")
    return _said(error, what, hint)


@explain.register
def _unreachable(error: errors.RegistryUnreachable) -> Said:
    way_on = _way_on_here(error.why) if error.from_here else ""
    return _said(error, _why(error.why), way_on or _way_on(error.why))


def _why(why: RegistryFault) -> str:
    return {
        RegistryFault.UNKNOWN_HOST: translate("Registries", "The host {registry} cannot be found."),
        RegistryFault.REFUSED: translate("Registries", "No registry listens at {registry}."),
        RegistryFault.TIMEOUT: translate("Registries", "{registry} does not answer."),
        RegistryFault.CERTIFICATE: translate(
            "Registries", "The certificate of {registry} is not trusted."
        ),
        RegistryFault.PLAIN_HTTP: translate(
            "Registries", "{registry} speaks plain HTTP, and HTTPS is wanted."
        ),
        RegistryFault.BROKEN_OFF: translate(
            "Registries", "The connection to {registry} broke off."
        ),
        RegistryFault.NOT_A_REGISTRY: translate(
            "Registries", "What answers at {registry} is no registry."
        ),
        RegistryFault.OTHER: translate("Registries", "{registry} cannot be used."),
    }[why]


def _way_on(why: RegistryFault) -> str:
    reach = translate(
        "Registries", "Check the name and the port, and the network of the engine's machine."
    )
    return {
        RegistryFault.UNKNOWN_HOST: translate(
            "Registries", "Check the name for typing errors, and whether the engine is online."
        ),
        RegistryFault.REFUSED: reach,
        RegistryFault.TIMEOUT: reach,
        RegistryFault.CERTIFICATE: translate(
            "Registries",
            "If it is your own registry, put the certificate of its authority on the engine's "
            "machine as /etc/docker/certs.d/{registry}/ca.crt; Docker and Podman look there.",
        ),
        RegistryFault.PLAIN_HTTP: translate(
            "Registries",
            "If it is your own registry and the network is safe, allow it: for Docker add it to "
            "insecure-registries in daemon.json and restart Docker, for Podman set insecure = true "
            "for it in registries.conf.",
        ),
        RegistryFault.BROKEN_OFF: translate(
            "Registries", "Try again. What has been moved already is kept where that can be."
        ),
        RegistryFault.NOT_A_REGISTRY: translate(
            "Registries", "Check the address, and whether a proxy stands in between."
        ),
        RegistryFault.OTHER: reach,
    }[why]


def _way_on_here(why: RegistryFault) -> str:
    """Where that is another than with an engine in between."""
    reach = translate("Registries", "Check the name and the port, and your network.")
    return {
        RegistryFault.UNKNOWN_HOST: translate(
            "Registries", "Check the name for typing errors, and your network."
        ),
        RegistryFault.REFUSED: reach,
        RegistryFault.TIMEOUT: reach,
        RegistryFault.OTHER: reach,
        RegistryFault.CERTIFICATE: translate(
            "Registries",
            "If it is your own registry, tell Layerhold the certificate of its authority: menu "
            "Engine, “Trust a registry…”. What Docker and Podman find in certs.d counts too.",
        ),
        RegistryFault.PLAIN_HTTP: translate(
            "Registries",
            "If it is your own registry and the network is safe, allow it: menu Engine, “Trust a "
            "registry…”.",
        ),
    }.get(why, "")


def _about(error: errors.RegistryFailure, named: str, unnamed: str) -> str:
    return named if error.subject else unnamed


def _said(error: errors.RegistryFailure, what: str, hint: str) -> Said:
    registry, subject = name(error.registry), name(error.subject)
    what = what.replace("{registry}", registry or translate("Registries", "The registry"))
    what = what.replace("{subject}", subject or translate("Registries", "The image"))
    return Said(what, hint.replace("{registry}", registry or "HOST:PORT"), _words(error))


def _words(error: errors.RegistryFailure) -> str:
    return visible(error.detail, DETAIL_LIMIT)
