"""Something to show windows on."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def display() -> Iterator[None]:
    """A real X server, unless there is one."""
    if os.environ.get("DISPLAY"):
        yield
        return
    server = shutil.which("Xvfb")
    if not server:
        raise SystemExit("The measurements need Xvfb: apt-get install xvfb")
    options = ["-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    with subprocess.Popen([server, *options], stdout=subprocess.PIPE, text=True) as xvfb:
        assert xvfb.stdout is not None
        os.environ["DISPLAY"] = f":{xvfb.stdout.readline().strip()}"
        try:
            yield
        finally:
            del os.environ["DISPLAY"]
            xvfb.terminate()
