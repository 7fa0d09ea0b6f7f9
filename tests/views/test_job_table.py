from layerhold.domain.progress import Progress
from layerhold.jobs.runner import JobRunner
from layerhold.models.activity_table import PROGRESS, ActivityTable
from layerhold.views.job_cells import BAR_WIDTH, GAP
from layerhold.views.job_table import JobTable
from layerhold.wording.progress import progress


def test_the_progress_of_a_removal_has_room_beside_its_bar(qtbot):
    table = JobTable(ActivityTable(JobRunner()))
    qtbot.addWidget(table)
    said = progress(Progress(0, 1, "items", "leaf:latest"))

    room = table.columnWidth(PROGRESS) - BAR_WIDTH - 2 * GAP
    assert room >= table.fontMetrics().horizontalAdvance(said) + GAP
