"""Digests, and the chain IDs that name a stack of layers."""

import re
from collections.abc import Iterable, Iterator

SHORT = 12
_DIGEST = re.compile(r"sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128}")


def short(digest: str) -> str:
    """The first twelve digits, as Docker prints an ID."""
    return digest.rpartition(":")[2][:SHORT]


def is_digest(text: str) -> bool:
    """Whether it is a whole digest and nothing else, so that it can be part of a file's name."""
    return _DIGEST.fullmatch(text) is not None


def chain_ids(diff_ids: Iterable[str]) -> Iterator[str]:
    """Name each stack of layers, lowest first (OCI image spec, Layer ChainID)."""
    # OpenSSL takes longer to load than the first list takes to show, and that needs no chains.
    from hashlib import sha256

    chain = ""
    for diff_id in diff_ids:
        chain = f"sha256:{sha256(f'{chain} {diff_id}'.encode()).hexdigest()}" if chain else diff_id
        yield chain
