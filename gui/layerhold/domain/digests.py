"""Digests, and the chain IDs that name a stack of layers."""

from collections.abc import Iterable, Iterator

SHORT = 12


def short(digest: str) -> str:
    """The first twelve digits, as Docker prints an ID."""
    return digest.rpartition(":")[2][:SHORT]


def chain_ids(diff_ids: Iterable[str]) -> Iterator[str]:
    """Name each stack of layers, lowest first (OCI image spec, Layer ChainID)."""
    # OpenSSL takes longer to load than the first list takes to show, and that needs no chains.
    from hashlib import sha256

    chain = ""
    for diff_id in diff_ids:
        chain = f"sha256:{sha256(f'{chain} {diff_id}'.encode()).hexdigest()}" if chain else diff_id
        yield chain
