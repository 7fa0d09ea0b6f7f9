import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.digests import chain_ids
from layerhold.domain.layers import HistoryEntry
from layerhold.domain.pairing import pair

COMMANDS = (
    "/bin/sh -c #(nop) COPY file:1 in / ",
    "/bin/sh -c #(nop)  ENV A=1",
    "/bin/sh -c #(nop) WORKDIR /w",
    "/bin/sh -c true",
    "RUN /bin/sh -c make # buildkit",
    "COPY . / # buildkit",
    "WORKDIR /w",
    "ENV A=1",
    "ENVIRONMENT=1 ./configure",
    "",
)
SIZES = st.one_of(st.just(0), st.integers(0, 1000), st.just(-1))
LINES = st.lists(st.builds(HistoryEntry, st.sampled_from(COMMANDS), size=SIZES), max_size=12)


def diffs(number):
    return tuple(f"sha256:{index:064x}" for index in range(number))


@given(LINES, st.integers(0, 14))
def test_every_layer_and_every_line_has_its_place(history, number):
    steps = pair(history, diffs(number))

    layers = [step for step in reversed(steps) if step.made_layer]
    lines = [step.entry for step in steps if step.entry.created_by or step.entry.size]
    assert tuple(step.diff_id for step in layers) == diffs(number)
    assert [step.chain_id for step in layers] == list(chain_ids(diffs(number)))
    assert lines == [line for line in history if line.created_by or line.size]
    assert len(steps) >= len(history)


@given(LINES)
def test_with_a_layer_for_each_line_that_has_a_size_all_is_certain(history):
    sized = [line for line in history if line.size > 0]

    steps = pair(history, diffs(len(sized)))

    assert all(step.exact for step in steps)
    assert [step.entry for step in steps if step.made_layer] == sized


@given(st.lists(st.tuples(st.sampled_from(COMMANDS[3:6]), SIZES, st.booleans()), max_size=10))
def test_what_is_called_certain_is_true(truth):
    """Lines with a size did make a layer; the others may have."""
    truth = [(command, size, made or size > 0) for command, size, made in truth]
    history = [HistoryEntry(command, size=size) for command, size, _ in truth]
    names = diffs(sum(made for *_, made in truth))
    left = list(names)
    real = [left.pop() if made else "" for *_, made in truth]

    steps = pair(history, names)

    assert len(steps) == len(history)
    for step, diff_id in zip(steps, real, strict=True):
        assert step.diff_id == diff_id or not step.exact


@given(LINES, st.integers(1, 5))
def test_layers_without_a_line_are_the_lowest(history, more):
    sized = sum(line.size > 0 for line in history)
    spare = len(history) + more

    steps = pair(history, diffs(spare))

    bare = steps[len(history) :]
    assert len(bare) >= more
    assert all(step.made_layer and not step.exact for step in bare)
    assert sum(step.made_layer for step in steps[: len(history)]) >= sized


def test_metadata_makes_no_layer():
    history = [
        HistoryEntry("ENTRYPOINT [a]"),
        HistoryEntry("/bin/sh -c #(nop)  CMD [sh]"),
        HistoryEntry("RUN true"),
        HistoryEntry("/bin/sh -c #(nop) ADD file:1 in / ", size=5),
    ]

    steps = pair(history, diffs(2))

    assert [step.diff_id for step in steps] == ["", "", diffs(2)[1], diffs(2)[0]]
    assert all(step.exact for step in steps)


def test_a_folder_made_by_buildkit_is_a_layer():
    history = [HistoryEntry("CMD [sh]"), HistoryEntry("WORKDIR /w"), HistoryEntry("COPY a", size=1)]

    assert all(step.exact for step in pair(history, diffs(2)))


@pytest.mark.parametrize("size", [0, 7])
def test_more_lines_with_sizes_than_layers_is_a_guess(size):
    history = [HistoryEntry("RUN b", size=3), HistoryEntry("RUN a", size=4), HistoryEntry("x")]

    steps = pair([*history, HistoryEntry("y", size=size)], diffs(1))

    assert [step.made_layer for step in steps] == [True, False, False, False]
    assert not any(step.exact for step in steps)


def test_nothing_has_nothing():
    assert pair((), ()) == ()
