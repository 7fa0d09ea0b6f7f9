from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QApplication

from layerhold.views import notice_bar
from layerhold.views.notice_bar import NoticeBar


def test_good_news_goes_away_by_itself(qtbot, monkeypatch):
    monkeypatch.setattr(notice_bar, "STAY_MILLISECONDS", 20)
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.inform("2 images removed.")
    assert bar.isVisible()
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_bad_news_stays_until_closed(qtbot, monkeypatch):
    monkeypatch.setattr(notice_bar, "STAY_MILLISECONDS", 20)
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.inform("Done.")
    bar.warn("It failed.", "Try again.")
    qtbot.wait(60)
    assert bar.isVisible()
    assert bar.text == "It failed. Try again."
    assert bar.accessibleDescription() == "It failed. Try again."
    qtbot.mouseClick(bar.closer, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


class PaintedParts(QObject):
    """Notes which parts of a widget are painted anew."""

    def __init__(self, widget):
        super().__init__(widget)
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, _widget, event):
        if event.type() == QEvent.Type.Paint:
            self.region += event.region()
        return False


def test_the_ground_changes_as_a_whole_when_another_kind_of_news_comes(qtbot):
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.resize(600, 40)
    bar.warn("It failed.")
    qtbot.waitExposed(bar)
    QApplication.processEvents()
    painted = PaintedParts(bar)
    bar.inform("It worked.")
    qtbot.waitUntil(lambda: painted.region.boundingRect() == bar.rect())
    assert painted.region == QRegion(bar.rect())


def test_an_action_is_offered_once(qtbot):
    bar, done = NoticeBar(), []
    qtbot.addWidget(bar)
    bar.warn("It failed.", "", "Details", lambda: done.append(1))
    assert bar.action.text() == "Details"
    qtbot.mouseClick(bar.action, Qt.MouseButton.LeftButton)
    assert done == [1]
    bar.inform("Done.")
    assert bar.action.isHidden()


def test_markup_is_shown_as_it_is(qtbot):
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.warn("<b>x</b> failed.")
    assert bar.text == "<b>x</b> failed."
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in (bar._text, bar._hint))


def test_a_long_word_does_not_widen_the_window(qtbot):
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.inform("Done.")
    narrow = bar.minimumSizeHint().width()
    bar.warn(f"There is no {'x' * 120}.", f"Choose another than {'x' * 120}.")
    bar.layout().activate()
    assert bar.minimumSizeHint().width() <= narrow


def test_a_notice_is_as_high_as_its_text_needs(qtbot):
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.resize(400, 20)
    bar.inform("Done.")
    low = bar.heightForWidth(400)
    bar.warn("It failed. " * 20, "Try again. " * 20)
    assert bar.heightForWidth(400) > 2 * low
