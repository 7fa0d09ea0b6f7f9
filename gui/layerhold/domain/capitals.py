"""A text in small letters beside the places of its capitals, which takes hardly more room."""

_ARE_CAPITALS = bytes(65 <= code <= 90 for code in range(256))
_TO_SMALL = 32
"""Between the codes of a letter's two cases in ASCII."""


def lowered(text: bytes) -> tuple[bytes, str]:
    """A text in ASCII in small letters, and by which number of letters each capital follows.

    The numbers are characters, because few of them are beyond one byte, and most texts have none.
    """
    small = text.lower()
    if small == text:
        return text, ""
    runs = text.translate(_ARE_CAPITALS).split(b"\1")
    return small, "".join([chr(len(run)) for run in runs[:-1]])


def restored(small: bytes, capitals: str) -> bytes:
    """The text that was `lowered`."""
    text, place = bytearray(small), -1
    for run in map(ord, capitals):
        place += run + 1
        text[place] -= _TO_SMALL
    return bytes(text)
