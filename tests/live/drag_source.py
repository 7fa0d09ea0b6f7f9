"""Another program, from which files can be dragged: those that it is called with."""

import json
import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

PLACE = (950, 50, 300, 200)


class Source(QLabel):
    """Begins a drag as soon as the mouse moves."""

    def mouseMoveEvent(self, _event: QMouseEvent) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(path) for path in sys.argv[1:]])
        drag = QDrag(self)
        drag.setMimeData(mime)
        say(taken=drag.exec(Qt.DropAction.CopyAction) is Qt.DropAction.CopyAction)


def say(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


app = QApplication(sys.argv[:1])
source = Source("Drag from here")
source.setGeometry(*PLACE)
source.show()
x, y, width, height = PLACE
say(middle=[x + width // 2, y + height // 2])
app.exec()
