"""Which builder builds, why that one, what it costs, and what in a Dockerfile is not for it."""

from PySide6.QtCore import QCoreApplication

from layerhold.domain.builders import Builder, BuilderChoice, Limit, Reason
from layerhold.planning.dockerfile_doubts import Doubt, DoubtKind
from layerhold.wording.quoting import name

translate = QCoreApplication.translate


def builder(choice: BuilderChoice) -> str:
    """In a sentence."""
    if choice.builder is None:
        return translate("Builders", "This engine builds no images.")
    if choice.builder is Builder.BUILDX:
        text = translate("Builders", "BuildKit builds, through docker buildx {version}.")
        return text.replace("{version}", choice.version)
    return {
        Reason.NO_CLI: translate(
            "Builders", "The engine's classic builder builds, because docker is not installed here."
        ),
        Reason.NO_PLUGIN: translate(
            "Builders", "The engine's classic builder builds, because docker has no buildx here."
        ),
        Reason.TOO_OLD: translate(
            "Builders",
            "The engine's classic builder builds, because docker buildx {version} is too old.",
        ),
    }.get(choice.reason, translate("Builders", "The engine's own builder builds.")).replace(
        "{version}", choice.version
    )


def way_on(choice: BuilderChoice) -> str:
    """What to do for a better builder; empty where there is none to be had."""
    return {
        Reason.NO_CLI: translate("Builders", "Install docker with buildx for BuildKit."),
        Reason.NO_PLUGIN: translate("Builders", "Install docker buildx for BuildKit."),
        Reason.TOO_OLD: translate("Builders", "Install docker buildx 0.13 or newer for BuildKit."),
    }.get(choice.reason, "")


def limits(choice: BuilderChoice) -> tuple[str, ...]:
    """What the builder costs, a sentence for each, the gravest first."""
    return tuple(_limit(limit) for limit in Limit if limit in choice.limits)


def _limit(limit: Limit) -> str:
    return {
        Limit.SECRETS: translate("Builders", "It takes no secrets."),
        Limit.MOUNTS: translate("Builders", "It has no RUN --mount."),
        Limit.HEREDOCS: translate("Builders", "It has no here-documents."),
        Limit.WHOLE_CONTEXT: translate("Builders", "The whole folder is sent for every build."),
        Limit.EVERY_STAGE: translate("Builders", "Every stage is built, needed or not."),
        Limit.INTERMEDIATE_IMAGES: translate(
            "Builders", "Every step leaves an intermediate image."
        ),
        Limit.DEPRECATED: translate("Builders", "Docker means to remove it."),
        Limit.LAST_STEP_GOES_ON: translate(
            "Builders", "A cancelled build ends when the command that runs has ended."
        ),
        Limit.CLI_LOGINS: translate(
            "Builders", "It knows only the logins of the docker command line."
        ),
    }[limit]


def no_secrets() -> str:
    """Why secrets cannot be given."""
    return translate("Builders", "This builder takes no secrets; BuildKit does.")


def doubt(doubt_: Doubt) -> str:
    """In a sentence, the line first."""
    text = {
        DoubtKind.UNKNOWN: translate("Builders", "Line {line}: there is no instruction {what}."),
        DoubtKind.TOO_EARLY: translate(
            "Builders", "Line {line}: {what} stands before the first FROM."
        ),
        DoubtKind.NO_BASE: translate("Builders", "There is no FROM."),
        DoubtKind.FLAG: translate("Builders", "Line {line}: {what} needs BuildKit."),
        DoubtKind.HEREDOC: translate(
            "Builders", "Line {line}: the here-document of {what} needs BuildKit."
        ),
    }[doubt_.kind]
    return text.replace("{line}", str(doubt_.line)).replace("{what}", name(doubt_.what))
