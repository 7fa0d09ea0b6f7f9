from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from fakes.image_hands import image, show
from layerhold.jobs.snapshot import Snapshot
from layerhold.library import Connection, Phase
from layerhold.models.image_views import View


def test_empty_states_say_why_and_what_to_do(library, images, qtbot):
    def said():
        return [label.text() for label in images.empty.findChildren(type(images.empty.title))][1:]

    def buttons():
        found = images.empty.findChildren(QPushButton)
        return {button.text(): button for button in found if button.isVisible()}

    assert images.empty.isVisible()
    assert said()[0] == "Reading images…"
    library.show_connection(Connection(Phase.LIVE))
    library.show(Snapshot({}, ()))
    assert said()[0] == "No images yet"
    with qtbot.waitSignal(images.pull_wanted):
        QTest.mouseClick(buttons()["Pull an image…"], Qt.MouseButton.LeftButton)
    assert len(buttons()) == 1

    show(library, image(1, "a:1"))
    assert not images.empty.isVisible()
    images.set_filter("zzz")
    assert said()[0] == "No image matches the filter"
    with qtbot.waitSignal(images.filter_removal_wanted):
        QTest.mouseClick(buttons()["Clear the filter"], Qt.MouseButton.LeftButton)
    images.set_filter("")
    images.set_view(View.DANGLING)
    assert said()[0] == "No dangling images"
    with qtbot.waitSignal(images.view_wanted) as wanted:
        QTest.mouseClick(buttons()["Show all images"], Qt.MouseButton.LeftButton)
    assert wanted.args == [View.ALL]
