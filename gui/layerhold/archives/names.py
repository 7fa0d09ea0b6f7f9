"""Names inside archives. They are compared with each other, and never used as paths."""

LONGEST_NAME = 512
"""Letters; longer ones name nothing that an image needs."""


def tidy(name: str) -> str | None:
    """The name in its shortest form; `None` where it is empty or leads upwards."""
    pieces = [piece for piece in name.split("/") if piece not in ("", ".")]
    if not pieces or ".." in pieces or len(name) > LONGEST_NAME:
        return None
    return "/".join(pieces)


def aim(link: str, target: str) -> str | None:
    """What a symbolic link of that name points to inside the archive, if it stays there."""
    pieces = [] if target.startswith("/") else link.split("/")[:-1]
    for piece in target.split("/"):
        if piece == "..":
            if not pieces:
                return None
            pieces.pop()
        elif piece not in ("", "."):
            pieces.append(piece)
    return tidy("/".join(pieces))


def blob(digest: str) -> str:
    """Where an OCI layout keeps what has this digest, which must have been checked."""
    return f"blobs/{digest.replace(':', '/')}"


def digest_in(name: str) -> str:
    """The digest that a part's name tells, as in `blobs/sha256/…`, or nothing."""
    pieces = name.split("/")
    return ":".join(pieces[1:]) if len(pieces) == 3 and pieces[0] == "blobs" else ""
