"""What went wrong, to what, and what to do about it."""

from dataclasses import dataclass
from functools import singledispatch

from PySide6.QtCore import QCoreApplication

from layerhold.domain import errors
from layerhold.formatting import visible
from layerhold.wording.counting import listed
from layerhold.wording.quoting import DETAIL_LIMIT, name

translate = QCoreApplication.translate

REASON_LIMIT = 300
"""Characters of the engine's own words that stand inside a hint."""


@dataclass(frozen=True, slots=True)
class Said:
    """A failure as plain text, never markup."""

    what: str
    """One sentence: what happened, and to what."""
    hint: str = ""
    """What to do next."""
    detail: str = ""
    """The engine's own words, for whoever wants them."""


@singledispatch
def explain(error: Exception) -> Said:
    """Tell a failure; an error that we did not foresee is told as one."""
    return Said(
        translate("Failures", "Something went wrong that Layerhold did not expect."),
        translate("Failures", "It is written down in the log."),
        visible(f"{type(error).__name__}: {error}", DETAIL_LIMIT),
    )


@explain.register
def _failure(error: errors.Failure) -> Said:
    return Said(translate("Failures", "That did not work."), detail=_words(error))


@explain.register
def _cancelled(error: errors.Cancelled) -> Said:
    return Said(translate("Failures", "Cancelled."), detail=_words(error))


@explain.register
def _not_written(error: errors.FileNotWritten) -> Said:
    what = translate("Failures", "{path} could not be written.").replace("{path}", name(error.path))
    hint = translate("Failures", "Choose another folder, or make room on the disk.")
    return Said(what, hint, _words(error))


@explain.register
def _engine(error: errors.EngineFailure) -> Said:
    what = _about(
        error,
        translate("Failures", "The engine could not do this with {subject}."),
        translate("Failures", "The engine could not do this."),
    )
    return Said(what, detail=_words(error))


@explain.register
def _gone(error: errors.EngineGone) -> Said:
    what = translate("Failures", "The connection to the engine broke.")
    hint = translate("Failures", "Layerhold connects again by itself once the engine is back.")
    return Said(what, hint, _words(error))


@explain.register
def _unknown_outcome(error: errors.OutcomeUnknown) -> Said:
    what = _about(
        error,
        translate("Failures", "The engine did not answer about {subject} in time."),
        translate("Failures", "The engine did not answer in time."),
    )
    hint = translate("Failures", "It may yet finish. Look at the list before you try again.")
    return Said(what, hint, _words(error))


@explain.register
def _no_engine(error: errors.NotAnEngine) -> Said:
    what = _about(
        error,
        translate("Failures", "What answers at {subject} is no container engine."),
        translate("Failures", "What answers there is no container engine."),
    )
    hint = translate("Failures", "Check the address, and whether a proxy stands in between.")
    return Said(what, hint, _words(error))


@explain.register
def _api(error: errors.ApiMismatch) -> Said:
    what = translate("Failures", "Layerhold and this engine have no API version in common.")
    spoken = translate("Failures", "The engine speaks API {oldest} to {newest}.")
    versions = spoken.format(oldest=visible(error.engine_min), newest=visible(error.engine_max))
    update = translate(
        "Failures", "Update the engine if it is older than Docker 20.10 or Podman 4,"
    )
    otherwise = translate("Failures", "otherwise update Layerhold.")
    known = f"{versions} " if error.engine_max else ""
    return Said(what, f"{known}{update} {otherwise}", _words(error))


@explain.register
def _no_image(error: errors.ImageNotFound) -> Said:
    what = _about(
        error,
        translate("Failures", "The image {subject} is not there any more."),
        translate("Failures", "The image is not there any more."),
    )
    return Said(what, translate("Failures", "The list shows what is there now."), _words(error))


@explain.register
def _no_container(error: errors.ContainerNotFound) -> Said:
    what = _about(
        error,
        translate("Failures", "The container {subject} is not there any more."),
        translate("Failures", "The container is not there any more."),
    )
    return Said(what, translate("Failures", "The list shows what is there now."), _words(error))


@explain.register
def _in_use(error: errors.InUse) -> Said:
    what = _about(
        error,
        translate("Failures", "The image {subject} is used by {containers}."),
        translate("Failures", "The image is used by {containers}."),
    ).replace("{containers}", _holders(error))
    if error.firmly:
        hint = translate("Failures", "Stop and remove those containers first; force cannot help.")
    else:
        hint = translate("Failures", "Remove those containers first, or remove the tag only.")
    return Said(what, hint, _words(error))


@explain.register
def _children(error: errors.HasChildren) -> Said:
    what = _about(
        error,
        translate("Failures", "Other images were built on {subject}, and need it."),
        translate("Failures", "Other images were built on this one, and need it."),
    )
    hint = translate("Failures", "Remove those images first, or remove only the tag.")
    return Said(what, hint, _words(error))


@explain.register
def _several(error: errors.SeveralTags) -> Said:
    what = _about(
        error,
        translate("Failures", "The image {subject} has more than one tag."),
        translate("Failures", "The image has more than one tag."),
    )
    hint = translate("Failures", "Remove the image with all its tags, or each tag by itself.")
    return Said(what, hint, _words(error))


@explain.register
def _history(error: errors.HistoryUnavailable) -> Said:
    what = _about(
        error,
        translate("Failures", "The engine cannot tell the history of {subject}."),
        translate("Failures", "The engine cannot tell the history of this image."),
    )
    hint = translate("Failures", "Pull the image again; its content may never have been unpacked.")
    return Said(what, hint, _words(error))


@explain.register
def _disk(error: errors.DiskFull) -> Said:
    what = translate("Failures", "The disk of the engine is full.")
    hint = translate("Failures", "Prune images or build cache, then try again.")
    return Said(what, hint, _words(error))


@explain.register
def _unsupported(error: errors.Unsupported) -> Said:
    what = _about(
        error,
        translate("Failures", "This engine cannot do that with {subject}."),
        translate("Failures", "This engine cannot do that."),
    )
    return Said(what, detail=_words(error))


@explain.register
def _changed(error: errors.ChangedMeanwhile) -> Said:
    what = _about(
        error,
        translate("Failures", "{subject} changed while you were deciding, so it was left alone."),
        translate("Failures", "Something changed while you were deciding, so it was left alone."),
    )
    hint = translate("Failures", "Look at the new plan and decide again.")
    return Said(what, hint, _words(error))


@explain.register
def _refused(error: errors.EngineRefused) -> Said:
    what = _about(
        error,
        translate("Failures", "The engine refused to do this with {subject}."),
        translate("Failures", "The engine refused to do this."),
    )
    return Said(what, _reason(error), _words(error))


def _about(error: errors.EngineFailure, named: str, unnamed: str) -> str:
    """The sentence with the subject put in, or the one that does without."""
    return named.replace("{subject}", name(error.subject)) if error.subject else unnamed


def _holders(error: errors.InUse) -> str:
    return listed(error.containers) or translate("Failures", "containers")


def _reason(error: errors.EngineRefused) -> str:
    if words := _words(error):
        return translate("Failures", "It says: “{words}”.").replace("{words}", words[:REASON_LIMIT])
    return translate("Failures", "It gave no reason; its own log may have one.")


def _words(error: errors.Failure) -> str:
    return visible(getattr(error, "detail", ""), DETAIL_LIMIT)
