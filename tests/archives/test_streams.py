"""Compressed bytes: as the tools write them, cut off, damaged, and made to swell."""

import bz2
import gzip
import lzma
import subprocess
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archives.layouts import zstd
from archives.test_members import Bytes
from layerhold.archives.codecs import compressing
from layerhold.archives.compression import Compression, foreign, told
from layerhold.archives.streams import Window, blocks, plain
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled
from needs import need

PACKERS = {
    Compression.GZIP: lambda content: gzip.compress(content, mtime=0),
    Compression.BZIP2: bz2.compress,
    Compression.XZ: lzma.compress,
    Compression.ZSTD: zstd,
}
TEXT = b"".join(b"%d " % (number * number) for number in range(60_000))
kinds = st.sampled_from(list(PACKERS))


def unpacked(content, compression=None):
    kind = compression or told(content[:16])
    return b"".join(blocks(plain(Bytes(content), kind, Token()), Token()))


@given(st.binary(max_size=5000), kinds, st.integers(1, 4))
def test_one_or_several_streams_after_each_other(content, kind, times):
    packed = PACKERS[kind](content)
    assert told(packed) is kind
    assert unpacked(packed * times) == content * times


@given(st.lists(st.binary(max_size=2000)), st.sampled_from([Compression.GZIP, Compression.ZSTD]))
def test_what_we_pack_unpacks(chunks, kind):
    packed = b"".join(compressing(chunks, kind))
    assert told(packed) is kind
    assert unpacked(packed) == b"".join(chunks)


def test_without_compression_chunks_pass_as_they_are():
    assert list(compressing([b"a", b"b"], Compression.NONE)) == [b"a", b"b"]


@pytest.mark.parametrize("kind", PACKERS)
def test_large_content_and_padding_at_the_end(kind):
    assert unpacked(PACKERS[kind](TEXT) + bytes(700)) == TEXT


@pytest.mark.parametrize("tool", ["gzip", "bzip2", "xz", "zstd"])
def test_what_the_tools_write(tool):
    packed = subprocess.run([need(tool), "-c"], input=TEXT, capture_output=True, check=True).stdout
    assert told(packed[:16]).value == tool
    assert unpacked(packed) == TEXT


def test_a_skippable_frame_is_skipped():
    frame = b"\x52\x2a\x4d\x18\x04\0\0\0abcd"
    assert unpacked(frame + zstd(TEXT) + frame + zstd(b"x")) == TEXT + b"x"


@given(kinds, st.data())
def test_what_breaks_off_is_told(kind, data):
    packed = PACKERS[kind](TEXT[:20_000])
    cut = data.draw(st.integers(17, len(packed) - 1))
    with pytest.raises(ArchiveFailure) as caught:
        unpacked(packed[:cut])
    assert caught.value.fault is ArchiveFault.TRUNCATED


@given(kinds, st.binary(min_size=40, max_size=200).filter(lambda rest: rest.strip(b"\0")))
def test_what_follows_the_end_is_told(kind, rest):
    with pytest.raises(ArchiveFailure):
        unpacked(PACKERS[kind](b"content") + b"no" + rest)


@given(kinds, st.data())
def test_a_flipped_bit_never_passes_for_something_else(kind, data):
    content = TEXT[:20_000]
    packed = bytearray(PACKERS[kind](content))
    at = data.draw(st.integers(0, 8 * len(packed) - 1))
    packed[at // 8] ^= 1 << at % 8
    with suppress(ArchiveFailure):
        assert unpacked(bytes(packed), kind) == content


def zeros(count, kind):
    """So many of them, as one stream after the other."""
    return PACKERS[kind](bytes(32 << 20)) * (count >> 25)


@pytest.mark.parametrize("kind", [Compression.GZIP, Compression.BZIP2, Compression.ZSTD])
def test_what_compresses_well_is_read_whole(kind):
    stream = plain(Bytes(zeros(320 << 20, kind)), kind, Token())

    stream.skip(320 << 20)

    assert stream.read(1) == b""


def test_empty_streams_without_end_are_stopped():
    with pytest.raises(ArchiveFailure) as caught:
        unpacked(gzip.compress(b"", mtime=0) * 20_000)
    assert caught.value.fault is ArchiveFault.HOSTILE


def test_a_window_that_needs_too_much_memory_is_refused():
    packed = subprocess.run(
        [need("zstd"), "--long=30", "-c"], input=TEXT, capture_output=True, check=True
    ).stdout
    with pytest.raises(ArchiveFailure) as caught:
        unpacked(packed)
    assert caught.value.fault is ArchiveFault.UNSUPPORTED_COMPRESSION


@pytest.mark.parametrize("level", ["-6", "-9"])
def test_the_levels_of_xz_that_people_use(level):
    packed = subprocess.run(
        [need("xz"), level, "-c"], input=TEXT, capture_output=True, check=True
    ).stdout
    assert unpacked(packed) == TEXT


def test_a_dictionary_that_needs_too_much_memory_is_refused():
    options = ["--lzma2=dict=256MiB", "-c"]
    packed = subprocess.run(
        [need("xz"), *options], input=TEXT, capture_output=True, check=True
    ).stdout
    with pytest.raises(ArchiveFailure) as caught:
        unpacked(packed)
    assert caught.value.fault is ArchiveFault.UNSUPPORTED_COMPRESSION


def test_decompressing_ends_when_cancelled():
    token = Token()
    stream = plain(Bytes(PACKERS[Compression.GZIP](TEXT * 20)), Compression.GZIP, token)
    stream.read(100)
    token.cancel()
    with pytest.raises(Cancelled):
        stream.skip(10_000_000)


@given(st.binary(min_size=1), st.integers(0, 40), st.integers(1, 50))
def test_a_window_ends_where_it_should(content, size, limit):
    window = Window(Bytes(content), size)
    if size > len(content):
        with pytest.raises(ArchiveFailure):
            b"".join(iter(lambda: window.read(limit), b""))
    else:
        assert b"".join(iter(lambda: window.read(limit), b"")) == content[:size]
        with pytest.raises(ArchiveFailure):
            window.skip(1)


def test_what_no_engine_reads_is_named():
    assert foreign(b"PK\x03\x04abcdefgh") == "zip"
    assert foreign(b"\x04\x22\x4d\x18") == "lz4"
    assert foreign(b"plain") == ""


def test_a_tar_that_begins_with_a_name_like_bzip2_is_none():
    assert told(b"BZh9.txt\0\0\0\0\0\0\0\0") is Compression.NONE
