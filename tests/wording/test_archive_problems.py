import pytest

from layerhold.archives.contents import Problem, ProblemKind
from layerhold.wording.archive_problems import problem


@pytest.mark.parametrize("kind", ProblemKind)
def test_every_problem_is_a_sentence(kind):
    said = problem(Problem(kind, f"sha256:{'ab' * 32}", "detail"))
    assert said.endswith(".")
    assert "{" not in said
    assert "ab" * 7 not in said


def test_names_from_outside_are_visible_and_cut():
    said = problem(Problem(ProblemKind.UNSAFE_NAME, "../\x1b" + "x" * 5000))
    assert "\x1b" not in said
    assert len(said) < 250
