"""Which builder fits an engine, and what that costs."""

from layerhold.domain.builders import Builder, BuilderChoice, Limit, Reason
from layerhold.engine.about import About, Kind
from layerhold.engine.docker.building import program

RAWJSON_SINCE = (0, 13)
"""The first buildx whose progress a program can read."""
LOGINS_SINCE = (0, 26)
"""The first that takes logins from its environment."""
CLASSIC = frozenset(
    (
        Limit.SECRETS,
        Limit.MOUNTS,
        Limit.HEREDOCS,
        Limit.WHOLE_CONTEXT,
        Limit.EVERY_STAGE,
        Limit.INTERMEDIATE_IMAGES,
        Limit.DEPRECATED,
    )
)
BUILDAH = frozenset((Limit.SECRETS, Limit.WHOLE_CONTEXT, Limit.LAST_STEP_GOES_ON))
"""Buildah mounts, and has here-documents of late; it takes no secrets through Docker's API."""


def choose(about: About) -> BuilderChoice:
    """BuildKit where it can be had, else the engine's own; asks `docker buildx` for its version."""
    if not about.caps.classic_builder and not about.caps.buildkit:
        return BuilderChoice(None, Reason.NO_BUILDER)
    if not about.caps.buildkit:
        return BuilderChoice(Builder.CLASSIC, Reason.NO_BUILDKIT, _limits(about))
    docker = program.docker()
    if docker is None:
        return BuilderChoice(Builder.CLASSIC, Reason.NO_CLI, _limits(about))
    version = program.version(docker)
    if version is None:
        return BuilderChoice(Builder.CLASSIC, Reason.NO_PLUGIN, _limits(about))
    text, number = version
    if number < RAWJSON_SINCE:
        return BuilderChoice(Builder.CLASSIC, Reason.TOO_OLD, _limits(about), text)
    limits = frozenset((Limit.CLI_LOGINS,)) if number < LOGINS_SINCE else frozenset()
    return BuilderChoice(Builder.BUILDX, Reason.INSTALLED, limits, text)


def _limits(about: About) -> frozenset[Limit]:
    return BUILDAH if about.kind is Kind.PODMAN else CLASSIC
