"""What keeps secrets out of logs, also where a step prints them."""

import re
from collections.abc import Callable, Iterable

from layerhold.domain.build_errors import ContextFault, ContextProblem
from layerhold.domain.building import Secret

LARGEST = 500 * 1024
"""Bytes; BuildKit takes no larger secret."""
SHORTEST = 4
"""Characters; what is shorter would be found in any text."""
HIDDEN = "•••"


def hiding(secrets: Iterable[Secret]) -> Callable[[str], str]:
    """Puts dots in place of secrets and their lines; raises `ContextProblem` for a missing file."""
    values = [_value(secret) for secret in secrets]
    lines = {line.strip() for value in values for line in (value, *value.splitlines())}
    found = sorted((line for line in lines if len(line) >= SHORTEST), key=len, reverse=True)
    if not found:
        return lambda text: text
    pattern = re.compile("|".join(map(re.escape, found)))
    return lambda text: pattern.sub(HIDDEN, text)


def _value(secret: Secret) -> str:
    """Buildx would say only in the middle of the build that it cannot read a file."""
    if secret.file is None:
        return secret.value
    if secret.file.exists() and not secret.file.is_file():
        # A pipe would be waited for.
        raise ContextProblem(str(secret.file), ContextFault.NO_SECRET)
    try:
        with secret.file.open("rb") as file:
            return file.read(LARGEST).decode(errors="replace")
    except OSError as error:
        fault = ContextFault.NO_SECRET
        raise ContextProblem(str(secret.file), fault, error.strerror or "") from error
