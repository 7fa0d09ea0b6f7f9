"""Opens, searches and writes a huge document in the window's own part; prints JSON."""

import json
from collections.abc import Callable

from heartbeat import Heartbeat, Pause
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from layerhold.jobs.describing import Description
from layerhold.views.details.inspect import Inspect

LABELS, NUMBERS, DEPTH = 10_000, 200_000, 300


def document() -> bytes:
    labels = {f"com.example.{n:05}": f"value {n} " + "x" * 300 for n in range(LABELS)}
    deep: dict[str, object] = {}
    for _ in range(DEPTH):
        deep = {"level": deep}
    config = {"Labels": labels | {"huge": "y" * 5_000_000}}
    return json.dumps({"Config": config, "Deep": deep, "Many": list(range(NUMBERS))}).encode()


def rest(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def pause(act: Callable[[], object], milliseconds: int) -> Pause:
    heart.start()
    act()
    rest(milliseconds)
    return heart.stop()


app = QApplication([])
inspect, heart = Inspect(), Heartbeat()
inspect.resize(900, 600)
inspect.show()
rest(300)

tree, words = inspect.tree, inspect.bar.search.field.setText
shown = Description("sha256:" + "a" * 64, document(), ())
steps = {
    "opening it": lambda: inspect.show_description(shown),
    "10,000 labels": lambda: tree.expand(tree.json.find(("Config", "Labels"))),
    "200,000 numbers": lambda: tree.expand(tree.json.find(("Many",))),
    "many matches": lambda: words("x"),
    "no match": lambda: words("not there"),
    "as text": inspect.bar.text.click,
    "as a tree again": inspect.bar.tree.click,
}
found = {name: pause(act, 1500) for name, act in steps.items()}
print(json.dumps({name: (each.waited, each.computed) for name, each in found.items()}))
