from dataclasses import replace

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from fakes import many_images
from fakes.image_hands import click, click_sign, image, names, show, stock
from layerhold.jobs.snapshot import Snapshot
from layerhold.planning.targets import OneTag


def test_a_refresh_keeps_selection_branches_and_the_current_row(library, images):
    show(library, image(4, "d:1"), image(2, "b:1", "b:2"), image(1, "a:1"))
    click_sign(images, 1)
    click(images, images.model.index(1, 0, images.model.index(1, 0)))
    told = []
    images.selection_changed.connect(told.append)

    show(library, image(5, "e:1"), image(3, "c:1"), image(2, "b:1", "b:2"), image(1, "a:1"))
    QApplication.processEvents()

    assert names(images)[2] == ("b:1", "b:2")
    assert images.tree.isExpanded(images.model.index(2, 0))
    assert images.selected_targets() == (OneTag(image(2).id, "b:2"),)
    assert images.model.tag(images.tree.currentIndex()) == "b:2"
    assert told == []


def test_a_tag_that_goes_away_is_not_selected_any_more(library, images):
    show(library, image(2, "b:1", "b:2", "b:3"), image(1, "a:1"))
    click_sign(images, 0)
    click(images, images.model.index(1, 0, images.model.index(0, 0)))

    show(library, image(2, "b:1", "b:3"), image(1, "a:1"))

    assert images.selected_targets() == ()
    assert images.tree.isExpanded(images.model.index(0, 0))
    show(library, image(2, "b:1"), image(1, "a:1"))
    QApplication.processEvents()
    assert images.model.rowCount(images.model.index(0, 0)) == 0


def test_branches_open_again_when_the_filter_lets_them(library, images):
    show(library, image(2, "b:1", "b:2"), image(1, "a:1"))
    click_sign(images, 0)

    images.set_filter("a:1")
    assert names(images) == [("a:1",)]
    images.set_filter("")
    QApplication.processEvents()

    assert images.tree.isExpanded(images.model.index(0, 0))
    assert images.model.rowCount(images.model.index(0, 0)) == 2


def test_what_a_filter_hides_is_neither_selected_nor_current(library, images):
    show(library, image(2, "b:1"), image(1, "a:1"))
    click(images, images.model.index(0, 0))
    current = []
    images.current_changed.connect(current.append)

    images.set_filter("a:1")

    assert images.selected_targets() == ()
    assert current == [None]


def test_when_the_current_image_goes_the_keys_stay_at_its_place(library, images):
    show(library, image(3, "c:1"), image(2, "b:1"), image(1, "a:1"))
    click(images, images.model.index(1, 0))

    show(library, image(3, "c:1"), image(1, "a:1"))

    assert images.tree.currentIndex().row() == 1
    assert images.selected_targets() == ()


def test_the_row_at_the_top_stays_there_when_others_come_above_it(library, images):
    stock(library)
    bar = images.tree.verticalScrollBar()
    bar.setValue(40 * images.tree.row_height + 7)
    top = images.model.entry(images.tree.indexAt(QPoint(0, 0)))

    fresh = {new.id: new for new in (image(many_images.NOW + n, f"new:{n}") for n in range(9))}
    library.show(Snapshot(fresh | dict(library.images), ()))
    QApplication.processEvents()

    assert names(images)[0] == ("new:8",)
    assert images.model.entry(images.tree.indexAt(QPoint(0, 0))) is top
    assert bar.value() == 49 * images.tree.row_height + 7


def test_at_the_very_top_new_images_come_into_sight(library, images):
    stock(library)
    fresh = image(many_images.NOW, "new:1")

    library.show(Snapshot({fresh.id: fresh} | dict(library.images), ()))
    QApplication.processEvents()

    assert images.model.entry(images.tree.indexAt(QPoint(0, 0))).image is fresh


def test_every_row_in_sight_has_its_branch_and_few_others(library, images):
    stock(library, 3_000)
    bar = images.tree.verticalScrollBar()
    for value in range(0, bar.maximum(), 400):
        bar.setValue(value)
        index = images.tree.indexAt(QPoint(0, 5))
        while index.isValid() and images.tree.visualRect(index).y() < images.tree.height():
            several = len(images.model.entry(index).image.tags) > 1
            assert images.model.hasChildren(index.siblingAtColumn(0)) is several
            index = images.tree.indexBelow(index)
    assert len(images.model.branches) < 400


def test_a_thousand_changes_leave_the_selected_image_selected(library, images):
    stock(library, 2_000)
    click(images, images.model.index(5, 0))
    chosen = images.selected_targets()

    changed = {
        key: replace(old, tags=(*old.tags[:2], f"changed:{number}"))
        for number, (key, old) in enumerate(library.images.items())
        if number % 2
    }
    library.show(Snapshot(dict(library.images) | changed, ()))

    assert images.selected_targets() == chosen
