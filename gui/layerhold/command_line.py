"""What can be said on the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from layerhold import __version__
from layerhold.engine.candidates import Choice

if TYPE_CHECKING:
    from argparse import ArgumentParser

TABS = ("Layers", "Inspect", "Config", "Tags", "Used by")
DIALOGS = (
    "about",
    "build",
    "import",
    "install",
    "load",
    "log_in",
    "preferences",
    "prune",
    "pull",
    "push",
    "remove",
    "run",
    "save",
    "tag",
    "trust",
)
THEMES = ("light", "dark")
SCALES = (0.5, 4.0)
SIDES = (200, 10_000)
"""Pixels, least and most."""

DOCTOR = "doctor"
WHICHEVER = Choice()

EPILOG = """\
layerhold doctor tells which engines were looked for, and which of them answer
(a file of that name is ./doctor).
DOCKER_HOST, DOCKER_CONTEXT and the current Docker context are honoured.
"""


@dataclass(frozen=True, slots=True)
class Options:
    """The command line, read."""

    choice: Choice = WHICHEVER
    """The engine that was named, if one was."""
    doctor: bool = False
    """Tell what was looked for and found, and open no window."""
    files: tuple[str, ...] = ()
    """Archives and OCI layouts to load, or a Dockerfile or its folder to build."""
    screenshot: str = ""
    """The file to save a picture of the window to, after which the program ends."""
    select: str = ""
    """The reference or ID of the image to select."""
    tab: str = ""
    """One of `TABS`."""
    dialog: str = ""
    """One of `DIALOGS`."""
    size: tuple[int, int] | None = None
    """Width and height of the window, in pixels before scaling."""
    theme: str = ""
    """`light`, `dark`, or empty for what Preferences say."""
    scale: float = 0.0
    """Device pixels per pixel; 0 for the desktop's own."""
    wait: str = ""
    """`all`: the picture waits for figures that fill in late."""


def parse(arguments: Sequence[str]) -> Options:
    """Read the command line; ends the program with a message where that makes no sense."""
    if not arguments:
        return Options()  # Most starts need no parser, nor the time to import one.
    parsed = vars(_parser().parse_intermixed_args(arguments))
    said = {name: value for name, value in parsed.items() if value is not None}
    choice = Choice(said.pop("host", ""), said.pop("context", ""), said.pop("store", ""))
    files = tuple(said.pop("files"))
    if files == (DOCTOR,):
        return Options(choice, doctor=True, **said)
    return Options(choice, files=files, **said)


def _parser() -> "ArgumentParser":
    from argparse import ArgumentParser, RawDescriptionHelpFormatter

    parser = ArgumentParser(
        prog="layerhold",
        usage="layerhold [OPTIONS] [FILE …]\n       layerhold [OPTIONS] doctor",
        description="See, understand and safely remove the images of a container engine.",
        epilog=EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"Layerhold {__version__}")
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="an archive or OCI layout to load images from, or a Dockerfile or its folder to build",
    )
    _add_engine(parser)
    _add_picture(parser)
    return parser


def _add_engine(parser: "ArgumentParser") -> None:
    engine = parser.add_argument_group("engine").add_mutually_exclusive_group()
    engine.add_argument(
        "--host", metavar="URL", type=_filled, help="unix:///path or tcp://host:port"
    )
    engine.add_argument("--context", metavar="NAME", type=_filled, help="a Docker context")
    engine.add_argument(
        "--store", metavar="DIR", type=_filled, help="a folder of images (an OCI layout)"
    )


def _add_picture(parser: "ArgumentParser") -> None:
    window = parser.add_argument_group("window")
    window.add_argument("--size", metavar="WxH", type=_size, help="such as 1280x800")
    window.add_argument("--theme", choices=THEMES, help="instead of the desktop's")
    window.add_argument("--scale", metavar="N", type=_scale, help="such as 2")
    picture = parser.add_argument_group("picture")
    picture.add_argument(
        "--screenshot", metavar="FILE", type=_filled, help="save the window and end"
    )
    picture.add_argument("--select", metavar="REF", help="the image to select")
    picture.add_argument("--tab", type=_tab, help=f"one of {', '.join(TABS)}")
    picture.add_argument("--dialog", type=_dialog, help=f"one of {', '.join(DIALOGS)}")
    picture.add_argument("--wait", choices=["all"], help="wait for every figure")


def _filled(text: str) -> str:
    if not text.strip():
        raise _wrong("is empty")
    return text.strip()


def _size(text: str) -> tuple[int, int]:
    width, _x, height = text.lower().partition("x")
    try:
        sides = int(width), int(height)
    except ValueError:
        raise _wrong(f"{text!r} is no size; say WIDTHxHEIGHT, such as 1280x800") from None
    least, most = SIDES
    if not all(least <= side <= most for side in sides):
        raise _wrong(f"{text!r}: each side has {least} to {most} pixels")
    return sides


def _scale(text: str) -> float:
    least, most = SCALES
    try:
        scale = float(text)
    except ValueError:
        scale = 0.0
    if not least <= scale <= most:
        raise _wrong(f"{text!r} is no scale; say a number from {least:g} to {most:g}")
    return scale


def _tab(text: str) -> str:
    for tab in TABS:
        if tab.casefold() == text.strip().casefold():
            return tab
    raise _wrong(f"there is no tab {text!r}; there are {', '.join(TABS)}")


def _dialog(text: str) -> str:
    """A title does as well: `Remove images` is the dialog of `remove`."""
    said = text.casefold().replace(" ", "_")
    for name in DIALOGS:
        if f"{said}_".startswith(f"{name}_"):
            return name
    raise _wrong(f"there is no dialog {text!r}; there are {', '.join(DIALOGS)}")


def _wrong(why: str) -> Exception:
    from argparse import ArgumentTypeError

    return ArgumentTypeError(why)
