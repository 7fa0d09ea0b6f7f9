"""Images as people have them, in any number, without an engine."""

import json
import random
from collections.abc import Iterator

from layerhold.domain.containers import Container, State
from layerhold.domain.images import Image
from layerhold.domain.labels import Labels
from layerhold.domain.layers import Anatomy
from layerhold.jobs.snapshot import Snapshot
from layerhold.planning.sharing import Figures

NOW = 1_790_000_000
REPOSITORIES = (
    "nginx",
    "postgres",
    "ghcr.io/acme/web-frontend",
    "registry.example.org:5000/platform/billing/api",
    "python",
    "redis",
    "busybox",
    "acme/checkout-service",
)
STATES = (State.RUNNING, State.EXITED, State.PAUSED, State.CREATED)
LABELS = ("maintainer", "org.opencontainers.image.source", "org.opencontainers.image.revision")


def image_id(number: int) -> str:
    return "sha256:" + random.Random(number).randbytes(32).hex()


def make(number: int, dangling_every: int = 12) -> Image:
    """One to four tags and eight labels; every so manyth is dangling."""
    dice = random.Random(number)
    repository = dice.choice(REPOSITORIES) + ("" if number < 40 else f"-{number % 97}")
    version = f"{dice.randrange(1, 30)}.{dice.randrange(30)}"
    tags = [f"{repository}:{version}{end}" for end in ("", "-alpine", "-slim", f"-r{number}")]
    labels = {f"{key}.{n}": f"value {dice.randrange(9999)}" for n in range(3) for key in LABELS}
    return Image(
        id=image_id(number),
        tags=() if number % dangling_every == 5 else tuple(tags[: dice.randrange(1, 5)]),
        digests=() if number % 3 else (f"{repository}@{image_id(number + 1_000_000)}",),
        created=NOW - int(600 * 1.0015 ** min(number, 6000)) - 7 * number,
        size=dice.randrange(1_000, 2_000_000_000) if number % 7 else 1_337,
        labels=Labels(json.dumps(dict(list(labels.items())[:8]), separators=(",", ":")).encode()),
    )


def containers(images: list[Image], count: int) -> Iterator[Container]:
    for number in range(count):
        image = images[number * 7 % len(images)]
        state = STATES[number % len(STATES)]
        yield Container(image_id(10_000_000 + number)[7:], f"job_{number}", image.id, state=state)


def snapshot(count: int, container_count: int = 0) -> Snapshot:
    images = [make(number) for number in range(count)]
    return Snapshot(
        {image.id: image for image in images}, tuple(containers(images, container_count))
    )


def measured(images: list[Image]) -> tuple[dict[str, Anatomy], dict[str, Figures]]:
    """Platforms and figures, as if every image had been looked into."""
    anatomies, figures = {}, {}
    for image in images:
        shared = image.size * (int(image.id[7:9], 16) % 10) // 10
        anatomies[image.id] = Anatomy("linux/amd64", ())
        figures[image.id] = Figures(shared, image.size - shared)
    return anatomies, figures
