"""Read or verify an archive under watch, in a process of its own: seconds, memory, what it said."""

import json
import sys
import time
from pathlib import Path

from layerhold.archives.reading import read
from layerhold.archives.verifying import verify
from layerhold.domain.archive_errors import ArchiveFailure
from layerhold.domain.cancel import Token


def most_memory() -> int:
    """Bytes that this process ever had in memory."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM:"))


def main(verb: str, path: str) -> None:
    before, started = most_memory(), time.process_time()
    problems: list[str] = []
    fault = ""
    try:
        if verb == "verify":
            verify(Path(path), Token(), lambda _: None)
        else:
            found = read(Path(path), Token())
            problems = [each.kind.value for image in found.images for each in image.problems]
    except ArchiveFailure as failure:
        fault = failure.fault.value
    told = {
        "seconds": time.process_time() - started,
        "memory": most_memory() - before,
        "fault": fault,
        "problems": sorted(set(problems)),
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
