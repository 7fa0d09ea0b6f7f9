"""What the operating system says about this process."""

import resource
from pathlib import Path


def resident_bytes() -> int:
    """Memory in use now, shared libraries included."""
    return _status("VmRSS:")


def cpu_seconds() -> float:
    """Processor time of all threads so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def forget_peak() -> None:
    """From now on `peak_bytes` tells of what comes (proc(5), `clear_refs`)."""
    Path("/proc/self/clear_refs").write_text("5")


def peak_bytes() -> int:
    """The most memory that was in use since `forget_peak`."""
    return _status("VmHWM:")


def _status(name: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024
    raise LookupError(name)
