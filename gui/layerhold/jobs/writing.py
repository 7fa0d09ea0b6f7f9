"""Write a file that appears under its name only when it is complete."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from layerhold.domain.errors import FileNotWritten


def write(path: Path, content: bytes) -> None:
    """Raises `FileNotWritten`, and then leaves nothing behind and what was there untouched."""
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as part:
            try:
                part.write(content)
                part.flush()
                os.fsync(part.fileno())
                Path(part.name).replace(path)
            except OSError:
                with suppress(OSError):
                    Path(part.name).unlink()
                raise
    except OSError as error:
        raise FileNotWritten(str(path), error.strerror or str(error)) from error
