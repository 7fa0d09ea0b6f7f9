"""Which of several images is the one for a machine (containerd's `platforms` package, in short)."""

from collections.abc import Iterator, Sequence

from layerhold.domain.descriptors import Descriptor

OLDER = {
    ("arm", "v8"): ("v8", "v7", "v6", "v5"),
    ("arm", "v7"): ("v7", "v6", "v5"),
    ("arm", "v6"): ("v6", "v5"),
    ("amd64", "v4"): ("v4", "v3", "v2", ""),
    ("amd64", "v3"): ("v3", "v2", ""),
    ("amd64", "v2"): ("v2", ""),
}
"""What a machine of one variant can run, best first."""
USUAL = {"arm64": "v8", "arm": "v7", "amd64": "v1"}
"""The variant that is meant where none is said."""


def best(entries: Sequence[Descriptor], platform: str) -> Descriptor | None:
    """The entry for `os/architecture[/variant]`, the first where several are as good."""
    images = [entry for entry in entries if entry.platform and not entry.is_attestation]
    for wanted in _acceptable(platform):
        for entry in images:
            if _plain(entry.platform) == wanted:
                return entry
    return None


def _acceptable(platform: str) -> Iterator[tuple[str, str, str]]:
    system, architecture, variant = _plain(platform)
    told = variant or USUAL.get(architecture, "")
    for each in OLDER.get((architecture, told), (told,)):
        yield _plain(f"{system}/{architecture}/{each}")


def _plain(platform: str) -> tuple[str, str, str]:
    """With no variant where it is the usual one."""
    system, architecture, variant, *_ = [*platform.split("/"), "", "", ""]
    return system, architecture, "" if variant == USUAL.get(architecture) else variant
