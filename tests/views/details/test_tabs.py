"""Layers, config, tags: clicks and keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit

from layerhold.models.layer_rows import BaseMark, Sharer
from layerhold.models.layer_tree import ROW_ROLE

APP = "sha256:" + "a" * 64
BASE = "sha256:" + "b" * 64
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def clipboard():
    return QGuiApplication.clipboard().text()


def row_of(tree, kind, parent=None):
    model = tree.model()
    above = parent if parent is not None else tree.rootIndex()
    indexes = (model.index(row, 0, above) for row in range(model.rowCount(above)))
    return next(index for index in indexes if isinstance(index.data(ROW_ROLE), kind))


def click(qtbot, tree, index, x=None):
    tree.scrollTo(index)
    rect = tree.visualRect(index)
    place = QPoint(rect.left() + (x or rect.width() // 2), rect.center().y())
    qtbot.mouseClick(tree.viewport(), LEFT, pos=place)


def child(tree, parent, name):
    model = tree.model()
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        if str(index.data()).startswith(name):
            return index
    raise LookupError(name)


def test_return_opens_a_line_to_all_that_is_known(qtbot, pane):
    tree = pane.tabs.parts.layers.tree
    line = tree.model().index(1, 0)
    tree.setCurrentIndex(line)

    qtbot.keyClick(tree, Qt.Key.Key_Return)

    assert tree.isExpanded(line)
    assert child(tree, line, "DiffID").data() == "DiffID: d2"
    assert tree.isFirstColumnSpanned(0, line)


def test_a_click_on_the_base_image_leads_to_it(qtbot, pane):
    tree = pane.tabs.parts.layers.tree
    mark = row_of(tree, BaseMark)
    assert mark.data() == "Base image: base:1"

    with qtbot.waitSignal(pane.image_wanted) as wish:
        click(qtbot, tree, mark, x=20)

    assert wish.args == [BASE]


def test_an_image_that_shares_a_layer_is_reached_by_click_and_by_key(qtbot, pane):
    tree = pane.tabs.parts.layers.tree
    line = tree.model().index(tree.model().rowCount() - 1, 0)
    tree.expand(line)
    sharer = row_of(tree, Sharer, line)

    with qtbot.waitSignal(pane.image_wanted) as clicked:
        click(qtbot, tree, sharer, x=135)
    with qtbot.waitSignal(pane.image_wanted) as pressed:
        qtbot.keyClick(tree, Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(pane.image_wanted):
        click(qtbot, tree, sharer, x=600)

    assert clicked.args == pressed.args == [BASE]


def test_the_text_of_a_field_can_be_selected(qtbot, pane):
    tree = pane.tabs.parts.layers.tree
    line = tree.model().index(1, 0)
    tree.expand(line)
    tree.setCurrentIndex(child(tree, line, "Full command"))

    qtbot.keyClick(tree, Qt.Key.Key_F2)
    (editor,) = tree.viewport().findChildren(QPlainTextEdit)

    assert editor.isReadOnly()
    assert editor.textCursor().selectedText() == "|1 A=b /bin/sh -c make"


def test_a_line_is_copied_by_keys(qtbot, pane):
    tree = pane.tabs.parts.layers.tree
    tree.setCurrentIndex(tree.model().index(1, 0))

    copied = []
    for modifiers in (CTRL, CTRL | SHIFT, CTRL | Qt.KeyboardModifier.AltModifier):
        qtbot.keyClick(tree, Qt.Key.Key_C, modifiers)
        copied.append(clipboard())

    assert copied == ["RUN make", "d2", "c2"]


def test_the_windows_own_copy_key_does_not_come_between(qtbot, pane):
    rang = []
    shortcut = QShortcut(QKeySequence("Ctrl+C"), pane, context=Qt.ShortcutContext.WindowShortcut)
    shortcut.activated.connect(lambda: rang.append(True))
    tree = pane.tabs.parts.layers.tree
    tree.setFocus()
    tree.setCurrentIndex(tree.model().index(1, 0))

    qtbot.keyClick(tree, Qt.Key.Key_C, CTRL)

    assert (clipboard(), rang) == ("RUN make", [])


def test_a_line_stays_open_when_more_is_learnt(pane, library):
    tree = pane.tabs.parts.layers.tree
    line = tree.model().index(1, 0)
    tree.expand(line)

    library.add_figures({}, library.figures)
    library.add_figures(dict(library.anatomies), {})

    assert tree.isExpanded(tree.model().index(1, 0))


def test_config_tells_and_copies(qtbot, pane):
    pane.open_tab("Config")
    tree = pane.tabs.parts.config.tree
    labels = child(tree, tree.rootIndex(), "Labels")
    assert tree.isExpanded(labels)
    tree.setCurrentIndex(child(tree, labels, "html"))

    qtbot.keyClick(tree, Qt.Key.Key_C, CTRL)
    value = clipboard()
    qtbot.keyClick(tree, Qt.Key.Key_C, CTRL | SHIFT)

    assert (value, clipboard()) == ("<b>bold</b>", "html")
    assert child(tree, tree.rootIndex(), "User").siblingAtColumn(1).data() == "root"


def test_a_web_address_is_opened_only_when_asked(qtbot, pane):
    pane.open_tab("Config")
    tree = pane.tabs.parts.config.tree
    labels = child(tree, tree.rootIndex(), "Labels")
    tree.setCurrentIndex(child(tree, labels, "src"))

    with qtbot.waitSignal(pane.address_wanted) as wish:
        qtbot.keyClick(tree, Qt.Key.Key_Return, CTRL)
    assert wish.args[0].toString() == "https://example.org/src"

    tree.setCurrentIndex(child(tree, labels, "html"))
    assert [offer.label for offer in tree.offers(tree.currentIndex())] == [
        "Copy value",
        "Copy name",
    ]


def test_the_context_menu_offers_what_the_keys_do(pane):
    tree = pane.tabs.parts.layers.tree
    menu = tree.menu(tree.model().index(1, 0))

    assert [(each.text(), each.shortcut().toString()) for each in menu.actions()] == [
        ("Copy command", "Ctrl+C"),
        ("Copy DiffID", "Ctrl+Shift+C"),
        ("Copy chain ID", "Ctrl+Alt+C"),
    ]


def test_tags_and_digests_and_what_can_be_done(qtbot, pane):
    pane.open_tab("Tags")
    tags = pane.tabs.parts.tags
    assert [tags.tree.model().index(row, 1).data() for row in range(3)] == ["Tag", "Tag", "Digest"]

    tags.tree.setCurrentIndex(tags.tree.model().index(1, 0))
    with qtbot.waitSignal(pane.untagging_wanted) as untag:
        qtbot.keyClick(tags.tree, Qt.Key.Key_Delete)
    with qtbot.waitSignal(pane.tagging_wanted) as tag:
        qtbot.mouseClick(tags.tagger, LEFT)
    qtbot.mouseClick(tags.puller, LEFT)

    assert (untag.args, tag.args) == ([APP, "app:latest"], [APP])
    assert clipboard() == "docker pull app:latest"


def test_a_digest_cannot_be_untagged(qtbot, pane):
    pane.open_tab("Tags")
    tags = pane.tabs.parts.tags
    tags.tree.setCurrentIndex(tags.tree.model().index(2, 0))

    assert not tags.untagger.isEnabled()
    with qtbot.assertNotEmitted(pane.untagging_wanted):
        qtbot.keyClick(tags.tree, Qt.Key.Key_Delete)
    qtbot.mouseClick(tags.copier, LEFT)
    assert clipboard().startswith("app@sha256:")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_tab_is_painted_in_both_themes(qapp, pane, theme):
    from layerhold import theme as themes

    themes.apply(qapp, theme)
    pane.tabs.parts.layers.tree.expandAll()
    for name in ("Layers", "Inspect", "Config", "Tags", "Used by"):
        pane.open_tab(name)
        picture = pane.grab().toImage()
        colours = {picture.pixelColor(x, y).name() for x in range(0, 1000, 5) for y in range(200)}
        assert len(colours) > 5
