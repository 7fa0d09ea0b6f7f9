from layerhold.domain.progress import Phase, Progress
from layerhold.jobs.runner import JobRunner
from layerhold.models.activity_table import JOB, PROGRESS, ActivityTable
from layerhold.views.job_cells import BAR_WIDTH, GAP
from layerhold.views.job_table import WIDTHS, JobTable
from layerhold.wording.progress import progress


def shown(qtbot, width):
    table = JobTable(ActivityTable(JobRunner()))
    qtbot.addWidget(table)
    table.resize(width, 200)
    table.show()
    return table


def test_a_job_keeps_its_name_in_a_narrow_window_and_progress_grows_back(qtbot):
    table = shown(qtbot, 570)
    assert table.columnWidth(JOB) >= 130
    assert table.columnWidth(PROGRESS) >= 120
    assert table.horizontalHeader().length() <= table.viewport().width()
    table.resize(900, 200)
    assert table.columnWidth(PROGRESS) == WIDTHS[PROGRESS]


def test_the_progress_of_a_removal_has_room_beside_its_bar(qtbot):
    table = shown(qtbot, 760)
    said = progress(Progress(0, 1, "items", "leaf:latest"))

    room = table.columnWidth(PROGRESS) - BAR_WIDTH - 2 * GAP
    assert room >= table.fontMetrics().horizontalAdvance(said) + GAP


def test_speed_and_time_left_have_room_in_a_window_of_usual_width(qtbot):
    table = shown(qtbot, 853)
    said = progress(
        Progress(
            8_000_000, 660_000_000, "bytes", phase=Phase.DOWNLOADING, rate=8.9e6, seconds_left=63
        )
    )

    room = table.columnWidth(PROGRESS) - table.columnWidth(PROGRESS) // 5 - 2 * GAP
    assert room >= table.fontMetrics().horizontalAdvance(said) + GAP
    assert table.columnWidth(JOB) >= 240
