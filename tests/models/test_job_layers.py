import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtTest import QAbstractItemModelTester

from layerhold.domain.progress import LayerProgress, LayerState
from layerhold.models.job_layers import LAYER, JobLayers

layers = st.lists(
    st.builds(
        LayerProgress,
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(LayerState),
        st.integers(0, 10),
        st.none() | st.integers(0, 10),
    ),
    max_size=6,
).map(tuple)


@pytest.fixture(scope="module")
def rows(qapp):  # noqa: ARG001 - a model needs one
    return JobLayers()


@given(snapshots=st.lists(layers, max_size=5))
def test_rows_follow_whatever_snapshot_comes(rows, snapshots):
    tester = QAbstractItemModelTester(rows)
    for snapshot in snapshots:
        rows.show_layers(snapshot)
        assert [rows.index(row, LAYER).data() for row in range(rows.rowCount())] == [
            each.id for each in snapshot
        ]
    del tester


def test_only_what_changed_is_painted_again(rows):
    first, second = (LayerProgress(name, LayerState.WAITING) for name in "ab")
    rows.show_layers((first, second))
    changed = []
    rows.dataChanged.connect(lambda top, _bottom: changed.append(top.row()))
    rows.show_layers((first, LayerProgress("b", LayerState.PULLED)))
    assert changed == [1]
