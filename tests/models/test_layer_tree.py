"""History and layers as a tree."""

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from layerhold.domain.images import Image
from layerhold.domain.layers import Anatomy, HistoryEntry, LayerSize, Step
from layerhold.jobs.snapshot import Snapshot
from layerhold.library import Library
from layerhold.models.layer_rows import MOST_SHARERS
from layerhold.models.layer_tree import COMMAND, CREATED, IMAGE_ROLE, SIZE, LayerTree
from layerhold.models.lazy_tree import COPY_ROLE, ROOT

pytestmark = pytest.mark.usefixtures("qapp")

NOP = "/bin/sh -c #(nop) "
STEPS = (
    Step(HistoryEntry(f'{NOP} CMD ["run"]', created=1_700_000_300)),
    Step(HistoryEntry("|1 A=b /bin/sh -c make", 1_700_000_200, 3_000_000, "by hand"), "d2", "c2"),
    Step(HistoryEntry(f'{NOP} CMD ["sh"]', created=1_700_000_100)),
    Step(HistoryEntry(f"{NOP} ADD file:{'a' * 64} in / ", 1_700_000_000, 1_000_000), "d1", "c1"),
)


def layers(*sizes):
    return Anatomy("linux/amd64", tuple(LayerSize(chain_id, size) for chain_id, size in sizes))


APP = Image("app", ("app:1",), created=1_700_000_300)
BASE = Image("base", ("base:1",), created=1_700_000_100)
ANATOMIES = {"app": layers(("c1", 1_000_000), ("c2", 3_000_000)), "base": layers(("c1", 1_000_000))}


def library_of(*images):
    library = Library()
    library.show(Snapshot({image.id: image for image in images}, ()))
    return library


def tree(library, steps=STEPS):
    model = LayerTree(library)
    model.setParent(library)
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    QAbstractItemModelTester(model, fatal, model).setUseFetchMore(False)
    model.show("app", steps)
    return model


def below(model, row):
    parent = model.index(row, 0)
    model.fetchMore(parent)
    return [model.index(child, 0, parent) for child in range(model.rowCount(parent))]


def texts(model, column=COMMAND):
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_lines_stand_newest_first_as_they_were_written():
    model = tree(library_of(APP))

    assert texts(model) == ['CMD ["run"]', "RUN make", 'CMD ["sh"]', "ADD file:aaaaaaaaaaaa… /"]
    assert texts(model, SIZE) == ["", "3 MB", "", "1 MB"]
    assert all(text.endswith("ago") for text in texts(model, CREATED))


def test_a_line_opens_to_everything_that_it_does_not_show():
    library = library_of(APP)
    library.anatomies.update(ANATOMIES)
    model = tree(library)

    shown = [index.data() for index in below(model, 1)]

    assert shown[:2] == ["Full command: |1 A=b /bin/sh -c make", "Build arguments: A=b"]
    assert shown[2].startswith("Created: 2023-11-1")
    assert shown[3:] == [
        "Comment: by hand",
        "DiffID: d2",
        "Chain ID: c2",
        "Shared with: no other image",
    ]


def test_images_that_share_a_layer_lead_there():
    library = library_of(APP, BASE)
    library.anatomies.update(ANATOMIES)
    model = tree(library)
    sharer = below(model, model.rowCount() - 1)[-1]

    assert (sharer.data(), sharer.data(IMAGE_ROLE)) == ("base:1", "base")
    assert sharer.data(COPY_ROLE) == "base:1"


def test_what_is_learnt_later_joins_what_is_open():
    library = library_of(APP, BASE)
    model = tree(library)
    assert below(model, 3)[-1].data() == "Shared with: not known yet"
    kept = QPersistentModelIndex(model.index(3, 0))

    library.add_figures(ANATOMIES, {})

    assert texts(model)[2] == "Base image: base:1"
    assert model.index(2, 0).data(IMAGE_ROLE) == "base"
    assert kept.row() == 4
    assert below(model, 4)[-1].data() == "base:1"


def test_the_mark_goes_with_the_base_image():
    library = library_of(APP, BASE)
    library.anatomies.update(ANATOMIES)
    model = tree(library)
    assert model.rowCount() == 5

    library.show(Snapshot({"app": APP}, ()))

    assert model.rowCount() == 4


def test_a_size_that_is_not_certain_says_so():
    model = tree(library_of(APP), (Step(HistoryEntry("x", 0, 5000), "d", "c", exact=False),))

    assert texts(model, SIZE) == ["≈ 5 kB"]


def test_a_line_without_a_command_tells_its_comment():
    imported = Step(HistoryEntry("", comment="Imported from -", size=6), "d", "c")
    model = tree(library_of(APP), (imported, Step(HistoryEntry(""))))

    assert texts(model) == ["Imported from -", "No command was recorded"]


def test_many_sharers_are_counted():
    others = [Image(f"i{n:03}", (f"other:{n:03}",)) for n in range(MOST_SHARERS + 5)]
    library = library_of(APP, *others)
    same = layers(("c1", 1))
    library.anatomies.update({image.id: same for image in others} | {"app": same})
    model = tree(library, STEPS[3:])

    rows = below(model, model.rowCount() - 1)

    assert rows[-1].data() == "and 5 more"
    assert sum(bool(index.data(IMAGE_ROLE)) for index in rows) == MOST_SHARERS


def test_a_command_is_copied_as_it_is_shown_and_below_as_the_engine_tells_it():
    model = tree(library_of(APP))

    assert model.index(0, 0, ROOT).data(COPY_ROLE) == 'CMD ["run"]'
    assert below(model, 0)[0].data(COPY_ROLE) == f'{NOP} CMD ["run"]'


def test_hostile_commands_are_visible_cut_and_copied_whole():
    hostile = "/bin/sh -c echo \u202e\x1b[31m<b>" + "x" * 1_000_000
    model = tree(library_of(APP), (Step(HistoryEntry(hostile)),))
    index = model.index(0, 0, ROOT)

    assert index.data().isprintable()
    assert len(index.data()) < 500
    assert index.data(COPY_ROLE) == hostile
    assert len(below(model, 0)[0].data()) < 9000


def test_a_base_image_of_several_names_is_named_in_its_tooltip():
    base = Image("base", ("base:1", "base:latest", "<b>:2"), created=1_700_000_100)
    library = library_of(APP, base)
    library.anatomies.update(ANATOMIES)
    mark = tree(library).index(2, 0)

    assert mark.data() == "Base image: base:1 +2"
    tip = mark.data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "<qt>base:1<br>base:latest<br>&lt;b&gt;:2<br>Show this image</qt>"
