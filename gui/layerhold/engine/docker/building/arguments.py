"""How `docker buildx build` is called; the environment holds what its arguments must not show."""

import csv
import io
import os
from collections.abc import Mapping
from pathlib import Path

from layerhold.domain.build_errors import BuildxGone
from layerhold.domain.building import BuildWish, Secret
from layerhold.domain.login import Login
from layerhold.engine.docker.building import program
from layerhold.engine.docker.building.logins import variable

NOT_PASSED_ON = frozenset(
    (
        "DOCKER_CONTEXT",
        "DOCKER_API_VERSION",
        "DOCKER_TLS",
        "DOCKER_TLS_VERIFY",
        "DOCKER_CERT_PATH",
        "BUILDX_BUILDER",
        "BUILDKIT_PROGRESS",
    )
)
"""What would lead to another engine or builder, or to another way of telling."""


def command(wish: BuildWish, id_file: Path) -> list[str]:
    """Everything but the values of secrets; raises `BuildxGone`."""
    docker_program = program.docker()
    if docker_program is None:
        raise BuildxGone
    fixed = [
        *(docker_program, "buildx", "build"),
        # Always the engine's own BuildKit, whatever builder is chosen on the command line.
        "--builder=default",
        "--progress=rawjson",
        "--load",
        f"--iidfile={id_file}",
        f"--file={wish.dockerfile_path}",
    ]
    return [*fixed, *_options(wish), "--", str(wish.context)]


def _options(wish: BuildWish) -> list[str]:
    flags = {"--no-cache": wish.no_cache, "--pull": wish.always_pull}
    single = {
        "--target": wish.target,
        "--network": wish.network,
        "--platform": wish.platform,
    }
    return [
        *(name for name, wanted in flags.items() if wanted),
        *(f"{name}={value}" for name, value in single.items() if value),
        *(f"--tag={tag}" for tag in wish.tags),
        *(f"--cache-from={image}" for image in wish.cache_from),
        *(f"--build-arg={name}={value}" for name, value in wish.arguments.items()),
        *(f"--label={name}={value}" for name, value in wish.labels.items()),
        *(f"--secret={_secret(secret, at)}" for at, secret in enumerate(wish.secrets)),
    ]


def _secret(secret: Secret, at: int) -> str:
    source = f"src={secret.file}" if secret.file else f"env={_variable(at)}"
    # Docker reads it as a line of CSV, in which a path may have commas.
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([f"id={secret.id}", source])
    return line.getvalue()


def _variable(at: int) -> str:
    return f"LAYERHOLD_SECRET_{at}"


def environment(url: str, wish: BuildWish, logins: Mapping[str, Login]) -> dict[str, str]:
    """Ours, with the engine's address, the values of secrets, and the logins."""
    kept = {name: value for name, value in os.environ.items() if name not in NOT_PASSED_ON}
    secrets = {
        _variable(at): secret.value for at, secret in enumerate(wish.secrets) if not secret.file
    }
    return kept | {"DOCKER_HOST": url} | secrets | variable(logins)
