"""The yardstick for start and memory: a PySide6 window with nothing in it."""

import json
import sys
from time import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
from readings import resident_bytes


class Watcher(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.painted = 0.0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.painted:
            self.painted = time()
            QTimer.singleShot(500, self.tell)
        return False

    def tell(self) -> None:
        started = float(sys.argv[1])
        print(json.dumps({"first_paint": self.painted - started, "memory": resident_bytes()}))
        QApplication.quit()


app = QApplication([])
window = QMainWindow()
window.resize(1280, 820)
watcher = Watcher()
window.installEventFilter(watcher)
window.show()
app.exec()
