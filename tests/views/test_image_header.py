import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fakes.image_hands import image, names, show
from layerhold import theme
from layerhold.models.columns import NUMBERS
from layerhold.planning.ordering import Column
from layerhold.views.image_list import ImageList


def test_a_click_on_a_header_sorts_and_sizes_begin_with_the_largest(library, images):
    show(library, image(2, "b:1", size=1), image(1, "a:1", size=2))
    header = images.tree.columns
    place = QPoint(header.sectionViewportPosition(NUMBERS[Column.SIZE]) + 20, header.height() // 2)

    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert names(images) == [("a:1",), ("b:1",)]
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert names(images) == [("b:1",), ("a:1",)]


def test_columns_are_hidden_shown_and_reset_from_the_header(images):
    header = images.tree.columns
    hidden = {number for number in range(header.count()) if header.isSectionHidden(number)}
    assert hidden == {NUMBERS[Column.DIGEST], NUMBERS[Column.LABELS]}
    choices = {action.text(): action for action in header.menu().actions()}

    choices["Digest"].trigger()
    choices["Size"].trigger()
    assert not header.isSectionHidden(NUMBERS[Column.DIGEST])
    assert header.isSectionHidden(NUMBERS[Column.SIZE])
    assert not choices["Repository"].isEnabled()
    choices["Reset columns"].trigger()
    assert header.isSectionHidden(NUMBERS[Column.DIGEST])
    assert not header.isSectionHidden(NUMBERS[Column.SIZE])


def test_columns_are_remembered(library, images, qtbot):
    header = images.tree.columns
    header.moveSection(header.visualIndex(NUMBERS[Column.TAG]), 0)
    header.setSectionHidden(NUMBERS[Column.PLATFORM], True)
    images.tree.sortByColumn(NUMBERS[Column.SIZE], Qt.SortOrder.DescendingOrder)
    state = images.state()

    again = ImageList(library)
    qtbot.addWidget(again)
    again.restore(state)
    show(library, image(2, "b:1", size=1), image(1, "a:1", size=2))

    assert again.tree.columns.visualIndex(NUMBERS[Column.TAG]) == 0
    assert again.tree.columns.isSectionHidden(NUMBERS[Column.PLATFORM])
    assert names(again) == [("a:1",), ("b:1",)]


def test_a_state_that_cannot_be_read_leaves_the_columns_as_at_first(images):
    images.restore(images.state().left(9))
    assert images.tree.columns.isSectionHidden(NUMBERS[Column.LABELS])
    assert not images.tree.columns.isSectionHidden(NUMBERS[Column.SIZE])


@pytest.mark.parametrize("width", [800, 1024, 1400])
def test_columns_fit_the_window_until_the_user_resizes_one(images, width):
    images.resize(width, 400)
    QApplication.processEvents()
    header = images.tree.columns
    assert header.length() <= images.tree.viewport().width() or width < 856
    edge = header.sectionViewportPosition(NUMBERS[Column.TAG]) + header.sectionSize(1) - 1
    start, end = QPoint(edge, 8), QPoint(edge + 60, 8)
    before = header.sectionSize(1)

    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(header.viewport(), end)
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert header.sectionSize(1) == before + 60
    images.resize(width + 100, 400)
    QApplication.processEvents()
    assert header.sectionSize(1) == before + 60


def test_names_stay_near_their_tags_on_a_very_wide_window(library, images):
    show(library, image(1, "a:1"))
    images.resize(3800, 400)
    QApplication.processEvents()
    header = images.tree.columns
    assert header.sectionViewportPosition(NUMBERS[Column.TAG]) < 700
    assert header.length() >= images.tree.viewport().width() - 20


@pytest.fixture
def light(qapp):
    theme.apply(qapp, "light")
    yield
    theme.apply(qapp, "system")
    qapp.setStyleSheet("")


@pytest.mark.usefixtures("light")
@pytest.mark.parametrize("column", [Column.REPOSITORY, Column.CREATED, Column.SIZE])
def test_the_arrow_points_down_where_the_largest_or_newest_stand_first(images, column):
    header, number = images.tree.columns, NUMBERS[column]

    images.tree.sortByColumn(number, Qt.SortOrder.DescendingOrder)
    assert points_down(header, number)
    images.tree.sortByColumn(number, Qt.SortOrder.AscendingOrder)
    assert not points_down(header, number)


def points_down(header, number):
    """Whether the sign at the right of a column's title is wider at its top."""
    end = header.sectionViewportPosition(number) + header.sectionSize(number)
    picture = header.grab(QRect(end - 12, 4, 12, header.height() - 8)).toImage()
    empty = picture.pixelColor(11, 0)
    widths = [
        sum(picture.pixelColor(x, y) != empty for x in range(12)) for y in range(picture.height())
    ]
    marked = [y for y, width in enumerate(widths) if width]
    outline = [
        [x for x in range(12) if picture.pixelColor(x, y) != empty] for y in (marked[0], marked[-1])
    ]
    top, bottom = (row[-1] - row[0] for row in outline)
    return top > bottom
