"""What a person types to build an image, in the forms that `docker build` takes."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from layerhold.domain.build_errors import BuildInputFault, InvalidBuildInput
from layerhold.domain.building import Secret
from layerhold.domain.references import Reference, parse, parse_tag_target

SECRET_KEYS = {"id": "id", "src": "src", "source": "src", "env": "env", "type": "type"}
"""The keys of `--secret`, and which mean the same."""


def tags(text: str) -> tuple[Reference, ...]:
    """Names for an image, with spaces or commas between them; raises `InvalidReference`."""
    return tuple(dict.fromkeys(parse_tag_target(word) for word in text.replace(",", " ").split()))


def cache_images(text: str) -> tuple[str, ...]:
    """Images to take layers from, one in a line; raises `InvalidReference`.

    What is no name but a list such as `type=registry,ref=…` is left to BuildKit.
    """
    lines = (line.strip() for line in text.splitlines())
    return tuple(line if "=" in line else parse(line).familiar for line in lines if line)


def labels(text: str) -> dict[str, str]:
    """Lines of `name=value`; raises `InvalidBuildInput`."""
    found: dict[str, str] = {}
    for line in _lines(text):
        name, sign, value = line.partition("=")
        if not sign or not name.strip() or "\0" in line:
            raise InvalidBuildInput(text, BuildInputFault.BAD_LABEL, line)
        found[name.strip()] = value
    return found


def secrets(text: str, environ: Mapping[str, str]) -> tuple[Secret, ...]:
    """Lines such as `id=npm,src=/home/me/.npmrc` or `id=token,env=TOKEN`.

    The values of variables are in the result. Raises `InvalidBuildInput`, never with a value.
    """
    found: dict[str, Secret] = {}
    for line in _lines(text):
        secret = _secret(text, line, environ)
        if secret.id in found:
            raise InvalidBuildInput(text, BuildInputFault.SAME_SECRET, secret.id)
        found[secret.id] = secret
    return tuple(found.values())


def _secret(text: str, line: str, environ: Mapping[str, str]) -> Secret:
    given = _fields(text, line)
    identifier, source, variable = given.get("id", ""), given.get("src", ""), given.get("env", "")
    if source and variable:
        raise InvalidBuildInput(text, BuildInputFault.BAD_SECRET, line)
    if source:
        return Secret(identifier or Path(source).name, _file(text, source))
    name = variable or identifier
    if not name:
        raise InvalidBuildInput(text, BuildInputFault.BAD_SECRET, line)
    if name not in environ:
        raise InvalidBuildInput(text, BuildInputFault.NO_VARIABLE, name)
    return Secret(identifier or name, value=environ[name])


def _fields(text: str, line: str) -> dict[str, str]:
    """Docker reads the line as CSV, so that a path in quotes may have commas."""
    found: dict[str, str] = {}
    for field in next(csv.reader([line]), []):
        key, sign, value = field.partition("=")
        known = SECRET_KEYS.get(key.strip().lower())
        if not sign or not known or known in found:
            raise InvalidBuildInput(text, BuildInputFault.BAD_SECRET, line)
        found[known] = value.strip()
    return found


def _file(text: str, source: str) -> Path:
    path = Path(source)
    if path.parts[:1] == ("~",):
        path = Path.home().joinpath(*path.parts[1:])
    if not path.is_absolute():
        raise InvalidBuildInput(text, BuildInputFault.NOT_ABSOLUTE, source)
    return path


def _lines(text: str) -> Iterator[str]:
    lines = (line.strip() for line in text.splitlines())
    return (line for line in lines if line and not line.startswith("#"))
