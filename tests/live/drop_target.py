"""Another program, on which files can be dropped: tells what it got, and whether it is there."""

import json
import sys
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel

PLACE = (950, 50, 300, 200)


class Target(QLabel):
    """Looks at the files while they hover, as file managers do."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        say(hovers=[Path(url.toLocalFile()).exists() for url in event.mimeData().urls()])
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls()]
        event.acceptProposedAction()
        say(dropped=paths, there=[Path(path).exists() for path in paths])


def say(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


app = QApplication(sys.argv)
target = Target("Drop here")
target.setAcceptDrops(True)
target.setGeometry(*PLACE)
target.show()
x, y, width, height = PLACE
say(middle=[x + width // 2, y + height // 2])
app.exec()
