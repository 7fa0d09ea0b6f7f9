"""What builds images, and what each builder cannot do."""

from dataclasses import dataclass
from enum import Enum


class Builder(Enum):
    """Who turns a Dockerfile into an image."""

    BUILDX = "BuildKit"
    """BuildKit in the engine, driven by `docker buildx`."""
    CLASSIC = "classic"
    """The engine's own builder, behind `POST /build`; on Podman that is Buildah."""


class Reason(Enum):
    """Why it is this builder and no other."""

    INSTALLED = "installed"
    """`docker buildx` is here, and the engine has BuildKit."""
    NO_CLI = "no command line"
    """There is no `docker` on this machine."""
    NO_PLUGIN = "no plugin"
    """`docker` is here, but not its buildx plugin."""
    TOO_OLD = "too old"
    """This buildx has no progress that a program can read."""
    NO_BUILDKIT = "no BuildKit"
    """The engine has none, as Podman."""
    NO_BUILDER = "no builder"
    """The engine builds nothing."""


class Limit(Enum):
    """What a builder does not do, or does worse."""

    SECRETS = "secrets"
    MOUNTS = "mounts"
    """`RUN --mount`: caches, bind mounts, SSH."""
    HEREDOCS = "heredocs"
    WHOLE_CONTEXT = "whole context"
    """Everything is sent for every build, not only what the Dockerfile copies and what changed."""
    EVERY_STAGE = "every stage"
    """Stages are built one after another, needed or not."""
    INTERMEDIATE_IMAGES = "intermediate images"
    """Every step leaves an untagged image behind."""
    DEPRECATED = "deprecated"
    """Docker means to remove it; it is still there in Docker 29."""
    LAST_STEP_GOES_ON = "last step goes on"
    """A build that is cancelled ends when the command that runs has ended by itself."""
    CLI_LOGINS = "logins of the command line"
    """Only registries that the `docker` command line is logged in to."""


@dataclass(frozen=True, slots=True)
class BuilderChoice:
    """The builder that fits an engine best."""

    builder: Builder | None
    """`None` where the engine can build nothing."""
    reason: Reason
    limits: frozenset[Limit] = frozenset()
    version: str = ""
    """Of buildx, such as `0.13.1`; also where it is too old."""
