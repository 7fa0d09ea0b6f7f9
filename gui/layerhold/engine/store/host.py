"""Which platform this machine is."""

import platform

OS = "linux"
"""What images are for, also where they run in a virtual machine."""
ARCHITECTURES = {
    "x86_64": "amd64",
    "aarch64": "arm64",
    "armv7l": "arm/v7",
    "armv6l": "arm/v6",
    "i386": "386",
    "i686": "386",
}


def platform_here() -> str:
    """`os/architecture[/variant]` as images say it."""
    machine = platform.machine().lower()
    return f"{OS}/{ARCHITECTURES.get(machine, machine)}"
