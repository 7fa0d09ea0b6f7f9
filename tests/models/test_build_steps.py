import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from layerhold.domain.building import BuildStep, StepState
from layerhold.models.build_steps import LOG_ROW, STATE, STEP, TIME, BuildSteps

steps = st.lists(
    st.builds(
        BuildStep,
        st.sampled_from(["RUN a", "RUN b", "load"]),
        st.sampled_from(StepState),
        st.integers(0, 3),
        started=st.just(10.0),
        seconds=st.none() | st.floats(0, 100),
    ),
    max_size=6,
).map(tuple)


@pytest.fixture
def rows(qapp):  # noqa: ARG001 - a model needs one
    return BuildSteps(now=lambda: 12.5)


@given(snapshots=st.lists(steps, max_size=5))
def test_rows_follow_whatever_snapshot_comes(qapp, snapshots):  # noqa: ARG001
    rows = BuildSteps(now=lambda: 12.5)
    tester = QAbstractItemModelTester(rows)
    for snapshot in snapshots:
        rows.show_steps(snapshot)
        titles = [rows.index(row, STEP).data() for row in range(rows.rowCount())]
        assert titles == ["Whole log", *(step.title for step in snapshot)]
    del tester


def test_state_and_time_in_words(rows):
    done = BuildStep("RUN a", StepState.DONE, 1, 2, seconds=3.0)
    running = BuildStep("RUN b", StepState.RUNNING, 2, 2, started=10.0)
    rows.show_steps((done, running))
    said = [[rows.index(row, column).data() for column in (STATE, TIME)] for row in (1, 2)]
    assert said == [["Done", "3.0 s"], ["Running", "2.5 s"]]
    icons = [rows.index(row, STATE).data(Qt.ItemDataRole.DecorationRole) for row in (1, 2)]
    assert all(not icon.isNull() for icon in icons)
    assert rows.row_of(StepState.RUNNING) == 2
    assert rows.row_of(StepState.FAILED) == LOG_ROW
    assert rows.row_called("[2/2] RUN b") == 2
    assert rows.step(LOG_ROW) is None


def test_only_what_changed_and_what_runs_is_painted_again(rows):
    done = BuildStep("RUN a", StepState.DONE, seconds=1.0)
    running = BuildStep("RUN b", StepState.RUNNING, started=10.0)
    rows.show_steps((done, running))
    changed = []
    rows.dataChanged.connect(lambda top, _bottom: changed.append(top.row()))
    rows.show_steps((done, running))
    assert changed == [2]
