import random

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtTest import QAbstractItemModelTester

from layerhold.models.plan_table import PlanTable
from layerhold.models.row_changes import row_changes
from layerhold.planning.removal import Choice, plan
from layerhold.planning.targets import WholeImage
from planning.model_engine import GraphDriver

pytestmark = pytest.mark.usefixtures("qapp")


def apply(before, after):
    rows = list(before)
    for first, last, put_in in row_changes(before, after):
        if put_in:
            rows[first:first] = after[first : last + 1]
        else:
            del rows[first : last + 1]
    return rows


def test_changes_lead_from_any_list_to_any_other():
    chance = random.Random(7)
    for _ in range(300):
        before = chance.sample(range(12), chance.randint(0, 12))
        after = chance.sample(range(12), chance.randint(0, 12))
        assert apply(before, after) == after


def test_equal_lists_need_no_change():
    assert list(row_changes([1, 2, 3], [1, 2, 3])) == []


def test_rows_and_details_follow_the_plan():
    model, table, chance = GraphDriver(sizes={}), PlanTable(), random.Random(3)
    ids = [f"sha256:{number:064x}" for number in range(12)]
    for number, image_id in enumerate(ids):
        model.add(image_id, [f"app:{number}"], ["base", f"layer{number}"])
    world = model.world()
    tester = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for _ in range(40):
        wanted = chance.sample(ids, chance.randint(0, len(ids)))
        choices = {WholeImage(image_id): Choice(chance.random() < 0.5) for image_id in wanted}
        planned = plan(world, [WholeImage(image_id) for image_id in wanted], choices)
        table.show(planned, world)
        for row in range(table.rowCount()):
            if chance.random() < 0.5:
                assert table.rowCount(table.index(row, 0)) > 0
        assert table.rows == planned.rows
    assert tester.model() is table


def test_a_plan_that_did_not_change_moves_no_row():
    model = GraphDriver(sizes={}).add("sha256:" + "a" * 64, ["a:1"], ["base"])
    world, table, moved = model.world(), PlanTable(), []
    planned = plan(world, [WholeImage("sha256:" + "a" * 64)])
    table.show(planned, world)
    table.rowCount(table.index(0, 0))
    for signal in (table.rowsInserted, table.rowsRemoved, table.modelReset):
        signal.connect(lambda *_: moved.append(1))
    table.show(planned, world)
    assert moved == []
    assert table.parent(table.index(0, 0, table.index(0, 0))) == table.index(0, 0)
    assert table.parent(table.index(0, 0)) == QModelIndex()
