"""Three images to try an engine with, and what it is asked about them."""

from layerhold.engine.about import Kind
from live.images import Layer, Sketch, busybox

BASE = Sketch(
    (busybox(), Layer("ENV A=b")),
    ("example.com/base:1",),
    labels={"tier": "web"},
    cmd=("/bin/sleep", "1000"),
)
CHILD = Sketch(
    (*BASE.layers, Layer("COPY x /", {"x": b"x" * 1000})),
    ("example.com/child:1", "example.com/child:2"),
    cmd=BASE.cmd,
    parent=BASE,
)
LONER = Sketch((Layer("ADD loner /", {"loner": b"loner"}),), ("example.com/loner:1",))
SKETCHES = (BASE, CHILD, LONER)
NEW = "example.com/new:1"


def is_podman(engine):
    return engine.about.kind is Kind.PODMAN


def tags(engine):
    return {tag: image.id for image in engine.list_images() for tag in image.tags}


def ids(engine):
    return {image.id for image in engine.list_images()}


def run(daemon, sketch=BASE):
    """A container that a stop ends at once."""
    options = ("--detach", "--network", "none", "--stop-signal", "KILL", "--name", "it")
    daemon.cli("run", *options, sketch.id)
