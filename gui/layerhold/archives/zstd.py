"""Zstandard: from the standard library where that has it, else its backport.

Costs 20 ms to import, so that only what meets such bytes does.
"""

import sys

if sys.version_info >= (3, 14):
    from compression.zstd import (
        CompressionParameter,
        DecompressionParameter,
        ZstdCompressor,
        ZstdDecompressor,
        ZstdError,
    )
else:
    from backports.zstd import (
        CompressionParameter,
        DecompressionParameter,
        ZstdCompressor,
        ZstdDecompressor,
        ZstdError,
    )

__all__ = ["ZstdError", "compressor", "decompressor"]

_LARGEST_WINDOW = 25
"""As a power of two: 32 MB, the most that zstd writes without `--ultra -21` or `--long`."""


def decompressor() -> ZstdDecompressor:
    """One that refuses to take more memory than an archive may."""
    return ZstdDecompressor(options={DecompressionParameter.window_log_max: _LARGEST_WINDOW})


def compressor() -> ZstdCompressor:
    """One that adds a checksum, as the program of that name does."""
    return ZstdCompressor(options={CompressionParameter.checksum_flag: 1})
