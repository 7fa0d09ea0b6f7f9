"""Which registries a build may have to ask, so that their logins go along."""

import re
from collections.abc import Iterable, Iterator, Mapping

from layerhold.domain.dockerfile import Dockerfile
from layerhold.domain.errors import InvalidReference
from layerhold.domain.references import parse

_VARIABLE = re.compile(r"\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))")


def registries(
    dockerfile: Dockerfile, arguments: Mapping[str, str], cache_from: Iterable[str] = ()
) -> tuple[str, ...]:
    """Those of all images that the Dockerfile names, with the arguments put in, each once."""
    values = {each.name: each.default for each in dockerfile.arguments if each.default is not None}
    values |= arguments
    stages = {stage.called.lower() for stage in dockerfile.stages}
    named = (_filled(image, values) for image in _images(dockerfile))
    images = (image for image in named if image.lower() not in stages and not image.isdecimal())
    found = (_registry(image) for image in (*images, *cache_from))
    return tuple(dict.fromkeys(each for each in found if each))


def _images(dockerfile: Dockerfile) -> Iterator[str]:
    return (each.image for stage in dockerfile.stages for each in stage.instructions if each.image)


def _filled(image: str, values: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        return values.get(found[1] or found[3], found[2] or "")

    return _VARIABLE.sub(value, image)


def _registry(image: str) -> str:
    if image == "scratch":
        return ""
    try:
        return parse(image).registry
    except InvalidReference:
        return ""
