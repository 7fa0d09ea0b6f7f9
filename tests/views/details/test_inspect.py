"""The engine's JSON, searched and named."""

import json
from dataclasses import replace
from itertools import accumulate

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication

from layerhold.models.json_tree import GROUP
from layerhold.models.lazy_tree import ROOT
from layerhold.views.details import slices
from layerhold.views.details.json_text import MOST_LINES

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
PATIENCE_MS = 30_000
"""For what goes through 9 MB, on a machine that has other work too."""


@pytest.fixture
def inspect(pane):
    pane.open_tab("Inspect")
    return pane.tabs.parts.inspect


def clipboard():
    return QGuiApplication.clipboard().text()


def current(inspect):
    return inspect.tree.json.item(inspect.tree.currentIndex()).path


def look(qtbot, inspect, words):
    inspect.bar.search.field.clear()
    qtbot.keyClicks(inspect.bar.search.field, words)
    qtbot.waitUntil(lambda: not inspect._search.running)


def test_a_place_is_copied_for_every_tool(qtbot, inspect):
    inspect.tree.show_place(("Config", "Labels", "a.b"))

    copied = []
    for key, modifiers in (
        (Qt.Key.Key_C, CTRL),
        (Qt.Key.Key_C, CTRL | SHIFT),
        (Qt.Key.Key_C, CTRL | ALT),
        (Qt.Key.Key_J, CTRL | ALT),
    ):
        qtbot.keyClick(inspect.tree, key, modifiers)
        copied.append(clipboard())

    assert copied == [
        "x",
        "/Config/Labels/a.b",
        '{{index .Config.Labels "a.b"}}',
        '.Config.Labels["a.b"]',
    ]


def test_a_search_goes_from_match_to_match_in_keys_and_values(qtbot, inspect):
    look(qtbot, inspect, "LATEST")
    assert inspect.bar.search.count.text() == "1 of 1"
    assert current(inspect) == ("RepoTags", 1)

    look(qtbot, inspect, "app:")
    places = [current(inspect)]
    qtbot.keyClick(inspect.bar.search.field, Qt.Key.Key_Return)
    places.append(current(inspect))
    qtbot.mouseClick(inspect.bar.search.next, LEFT)
    places.append(current(inspect))
    qtbot.keyClick(inspect.tree, Qt.Key.Key_F3, SHIFT)
    places.append(current(inspect))

    first, second = ("RepoTags", 0), ("RepoTags", 1)
    assert places == [first, second, first, second]
    assert inspect.bar.search.count.text() == "2 of 2"


def test_a_search_without_a_match_says_so(qtbot, inspect):
    look(qtbot, inspect, "zebra")

    assert inspect.bar.search.count.text() == "No match"
    assert not inspect.bar.search.next.isEnabled()


def test_ctrl_f_leads_to_the_search(qtbot, pane, inspect):
    inspect.tree.setFocus()

    qtbot.keyClick(inspect.tree, Qt.Key.Key_F, CTRL)

    assert pane.focusWidget() is inspect.bar.search.field


def test_the_text_is_the_document(qtbot, inspect, description):
    qtbot.mouseClick(inspect.bar.text, LEFT)
    qtbot.waitUntil(lambda: inspect.text.text.toPlainText().endswith("\n}"))

    assert json.loads(inspect.text.text.toPlainText()) == json.loads(description.inspect)
    look(qtbot, inspect, "bold")
    assert inspect.text.text.textCursor().selectedText() == "bold"


def test_the_whole_document_is_copied_and_saved(qtbot, pane, inspect, description):
    qtbot.mouseClick(inspect.bar.copier, LEFT)
    with qtbot.waitSignal(pane.saving_wanted) as wish:
        qtbot.mouseClick(inspect.bar.saver, LEFT)

    assert json.loads(clipboard()) == json.loads(description.inspect)
    assert wish.args[0] == "aaaaaaaaaaaa.json"
    assert json.loads(wish.args[1]) == json.loads(description.inspect)


def test_what_is_open_stays_open_when_the_document_changes(pane, inspect, description):
    inspect.tree.expand(inspect.tree.json.find(("Config", "Labels")))
    changed = json.loads(description.inspect) | {"New": 1}

    pane.show_description(replace(description, inspect=json.dumps(changed).encode()))

    assert inspect.tree.isExpanded(inspect.tree.json.find(("Config", "Labels")))
    assert inspect.tree.json.find(("New",)).isValid()


@pytest.mark.parametrize("answer", [b"", b"<html>\x1b[31m", b"[" * 3000 + b"]" * 3000])
def test_an_answer_that_is_no_json_is_shown_as_it_is(pane, inspect, description, answer):
    pane.show_description(replace(description, inspect=answer))

    assert inspect.text.isVisible()
    shown = inspect.text.text.toPlainText()
    assert shown.startswith("The engine's answer is not JSON")
    assert "\x1b" not in shown
    pane.open_tab("Config")
    assert "not JSON" in pane.tabs.parts.config.sentence


def big_document():
    labels = {f"com.example.{n:05}": f"value {n} " + "x" * 300 for n in range(10_000)}
    deep = level = {}
    for _ in range(300):
        level["level"] = level = {}
    config = {"Labels": labels | {"huge": "y" * 5_000_000}}
    return json.dumps({"Config": config, "Deep": deep, "Many": list(range(200_000))}).encode()


@pytest.fixture
def big(pane, inspect, description):
    """The tab with more than anybody can read: 9 MB."""
    pane.show_description(replace(description, inspect=big_document()))
    return inspect


def rows_made(tree, parent=ROOT):
    below = [tree.json.index(row, 0, parent) for row in range(tree.json.rowCount(parent))]
    return len(below) + sum(rows_made(tree, index) for index in below)


def test_a_large_document_is_read_as_far_as_it_is_opened(big):
    tree, made = big.tree, [rows_made(big.tree)]

    for path in (("Config", "Labels"), ("Many",), ("Deep", "level")):
        tree.expand(tree.json.find(path))
        made.append(rows_made(tree))
    tree.expand(tree.json.index(3, 0, tree.json.find(("Config", "Labels"))))
    made.append(rows_made(tree))

    top, groups_of_labels, groups_of_many, deep = 4, 10_001 // GROUP + 1, 200_000 // GROUP, 1
    assert made == list(accumulate((top, groups_of_labels, groups_of_many, deep, GROUP)))


def test_only_the_beginning_of_a_large_document_is_written(qtbot, big):
    big.bar.text.click()
    qtbot.waitUntil(lambda: big.text.cut.isVisible(), timeout=PATIENCE_MS)

    assert big.text.text.blockCount() == MOST_LINES
    assert big.text.cut.text().startswith("Only the first 5,000 lines")


def test_a_search_lets_the_window_go_on(qtbot, monkeypatch, big):
    monkeypatch.setattr(slices, "SLICE_SECONDS", 0.0)
    turns = []
    beat = QTimer(interval=0)
    beat.timeout.connect(lambda: turns.append(len(big._found)))
    beat.start()

    big.bar.search.field.setText("value 99")
    qtbot.waitUntil(lambda: not big._search.running, timeout=PATIENCE_MS)

    found = [n for n in range(10_000) if str(n).startswith("99")]
    assert big.bar.search.count.text() == f"1 of {len(found)}"
    assert {1, len(found) // 2, len(found) - 1} <= set(turns)
