import pytest

from layerhold.archives.contents import Problem, ProblemKind
from layerhold.wording.archive_problems import problem


@pytest.mark.parametrize("kind", ProblemKind)
def test_every_problem_is_a_sentence(kind):
    said = problem(Problem(kind, f"sha256:{'ab' * 32}", "detail"))
    assert said.endswith(".")
    assert "{" not in said
    assert ("ab" * 7 in said) is (kind is ProblemKind.INVALID_REFERENCE)


def test_names_from_outside_are_visible_and_cut():
    said = problem(Problem(ProblemKind.UNSAFE_NAME, "../\x1b" + "x" * 5000))
    assert "\x1b" not in said
    assert len(said) < 250


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        (f"sha256:{'0' * 64}", f"No engine takes “sha256:{'0' * 64}” as a tag."),
        ("", "One of its tags is empty."),
    ],
)
def test_a_bad_tag_is_told_as_it_is_written(tag, said):
    assert problem(Problem(ProblemKind.INVALID_REFERENCE, tag)) == said
