"""Our reading of tar headers, against Python's own and against tars that are wrong."""

import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerhold.archives.members import Kind, Members
from layerhold.archives.streams import exactly
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault

KINDS = {
    tarfile.REGTYPE: Kind.FILE,
    tarfile.DIRTYPE: Kind.FOLDER,
    tarfile.SYMTYPE: Kind.SYMBOLIC_LINK,
    tarfile.LNKTYPE: Kind.HARD_LINK,
    tarfile.FIFOTYPE: Kind.OTHER,
    tarfile.CHRTYPE: Kind.OTHER,
}
letters = st.characters(codec="utf-8", exclude_characters="\0/")
names = st.lists(st.text(letters, min_size=1, max_size=90), min_size=1, max_size=4).map("/".join)
contents = st.binary(max_size=1500)


class Bytes:
    """A stream over bytes."""

    path = "archive.tar"

    def __init__(self, content):
        self._content, self.position = content, 0

    def read(self, limit):
        # As short as a stream may be.
        data = self._content[self.position : self.position + min(limit, 700)]
        self.position += len(data)
        return data

    def skip(self, count):
        if self.position + count > len(self._content):
            raise ArchiveFailure(self.path, ArchiveFault.TRUNCATED)
        self.position += count


@st.composite
def entries(draw):
    entry = tarfile.TarInfo(draw(names))
    entry.type = draw(st.sampled_from(list(KINDS)))
    content = draw(contents) if entry.type == tarfile.REGTYPE else b""
    entry.size = len(content)
    if entry.type in (tarfile.SYMTYPE, tarfile.LNKTYPE):
        entry.linkname = draw(names)
    entry.mtime = draw(st.sampled_from([0, 5.5, 2**34]))
    return entry, content


def packed(made, form):
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w", format=form) as archive:
        for entry, content in made:
            archive.addfile(entry, io.BytesIO(content))
    return whole.getvalue()


def fault_of(members):
    try:
        list(members)
    except ArchiveFailure as failure:
        return failure.fault
    return None


@given(st.lists(entries(), max_size=5), st.sampled_from([tarfile.PAX_FORMAT, tarfile.GNU_FORMAT]))
def test_members_are_those_that_python_finds(made, form):
    whole = packed(made, form)
    stream = Bytes(whole)

    members = Members(stream)
    found = [
        (each.name.rstrip("/"), each.kind, each.size, each.offset, each.link) for each in members
    ]

    with tarfile.open(fileobj=io.BytesIO(whole)) as archive:
        assert found == [
            (each.name, KINDS[each.type], each.size, each.offset_data, each.linkname)
            for each in archive
        ]
    assert members.is_ended


@given(st.lists(entries(), min_size=1, max_size=4), st.data())
def test_a_tar_that_breaks_off_anywhere_is_not_whole(made, data):
    whole = packed(made, tarfile.PAX_FORMAT)
    end = len(whole.rstrip(b"\0")) if whole.rstrip(b"\0") else 0
    cut = data.draw(st.integers(1, end)) if end else 1
    members = Members(Bytes(whole[:cut]))
    assert fault_of(members) in (ArchiveFault.TRUNCATED, ArchiveFault.CORRUPT, None)
    assert not members.is_ended


@given(st.binary(min_size=1, max_size=3000))
def test_any_bytes_are_a_tar_or_a_failure(content):
    fault = fault_of(Members(Bytes(content)))
    assert fault in (ArchiveFault.TRUNCATED, ArchiveFault.CORRUPT, None)


def header(name="a", size=0, kind=tarfile.REGTYPE, form=tarfile.GNU_FORMAT):
    entry = tarfile.TarInfo(name)
    entry.size, entry.type = size, kind
    return bytearray(entry.tobuf(form))


def with_field(block, at, value):
    block[at : at + len(value)] = value
    block[148:156] = b"        "
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def about(kind, content, size=None):
    block = header("about", len(content) if size is None else size, kind)
    return bytes(block) + content + bytes(-len(content) % 512)


def record(text):
    length = len(text) + 3
    return b"%d %s\n" % (length if len(str(length)) == 2 else length + 1, text)


HOSTILE = {
    "a size below zero": with_field(header(), 124, b"\xff" * 12),
    "a size above all disks": with_field(header(), 124, b"\x80" + b"\xff" * 11),
    "a size that is none": with_field(header(), 124, b"12x45678901\0"),
    "a checksum that is wrong": bytes(header())[:148] + b"0000000\0" + bytes(header())[156:],
    "headers about headers": about(b"x", record(b"path=x")) * 20,
    "long names about long names": about(b"L", b"name\0") * 20,
    "a header of a gigabyte": about(b"x", b"", 1 << 30),
    "a name of a gigabyte": about(b"L", b"", 1 << 30),
    "a record longer than its header": about(b"x", b"999 path=x\n") + bytes(header()),
    "a record without a length": about(b"x", b"path=x\n") + bytes(header()),
    "a record of no length": about(b"x", b"0 path=x\n") + bytes(header()),
    "a size in a record that is none": about(b"x", record(b"size=-7")) + bytes(header()),
    "a size in a record beyond the end": about(b"x", record(b"size=99999")) + bytes(header()),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_headers_that_cannot_be_are_refused(content):
    with pytest.raises(ArchiveFailure):
        list(Members(Bytes(content + bytes(1024))))


def test_the_bytes_of_headers_about_headers_are_limited_in_all():
    one = about(b"x", b"1000000 comment=" + b"x" * (1_000_000 - 17) + b"\n") + bytes(header())

    with pytest.raises(ArchiveFailure) as caught:
        list(Members(Bytes(one * 20)))

    assert caught.value.fault is ArchiveFault.HOSTILE


def test_files_with_holes_are_passed_over_and_count_as_no_files():
    holes = with_field(header(size=512, kind=tarfile.GNUTYPE_SPARSE), 482, b"\x01")
    map_goes_on = bytes(504) + b"\x01" + bytes(7)
    sparse = holes + map_goes_on + bytes(512) + b"x" * 512
    pax = about(b"x", b"22 GNU.sparse.major=1\n") + header("b", 3) + b"abc".ljust(512, b"\0")
    whole = sparse + pax + bytes(header("c")) + bytes(1024)

    found = [(each.name, each.kind) for each in Members(Bytes(whole))]

    assert found == [("a", Kind.OTHER), ("b", Kind.OTHER), ("c", Kind.FILE)]


def test_sizes_that_octal_digits_cannot_hold():
    size = 9 << 30
    block = bytes(header("large", size))

    members = iter(Members(Bytes(block + bytes(16))))

    assert next(members).size == size


def test_what_is_read_of_a_member_does_not_disturb_the_next():
    whole = packed([(sized("a", 700), b"a" * 700), (sized("b", 30), b"b" * 30)], tarfile.PAX_FORMAT)
    stream = Bytes(whole)
    read = [
        member.head + exactly(stream, member.size - len(member.head)) for member in Members(stream)
    ]
    assert read == [b"a" * 700, b"b" * 30]


def sized(name, size):
    entry = tarfile.TarInfo(name)
    entry.size = size
    return entry
