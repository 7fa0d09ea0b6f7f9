import os

import pytest

from layerhold.domain.build_errors import ContextFault, ContextProblem
from layerhold.domain.building import Secret
from layerhold.engine.docker.building.hiding import HIDDEN, hiding
from layerhold.engine.docker.building.ledger import Ledger


def test_values_files_and_their_lines_are_hidden(tmp_path):
    (tmp_path / "key").write_text("-----BEGIN-----\nabcdefgh\n\n-----END-----\n")
    hide = hiding((Secret("one", value="to.ken"), Secret("two", tmp_path / "key")))
    assert hide("a to.ken, tooken, abcdefgh") == f"a {HIDDEN}, tooken, {HIDDEN}"
    assert hide("nothing here") == "nothing here"


def test_what_is_too_short_to_be_a_secret_spoils_no_log():
    hide = hiding((Secret("one", value="a"), Secret("two")))
    assert hide("a log") == "a log"


@pytest.mark.parametrize("make", [str, os.mkfifo, os.mkdir])
def test_a_file_that_cannot_be_read_is_told(tmp_path, make):
    make(tmp_path / "it")
    with pytest.raises(ContextProblem) as caught:
        hiding((Secret("one", tmp_path / "it"),))
    assert caught.value.fault is ContextFault.NO_SECRET


def test_what_a_step_prints_of_a_secret_is_in_no_line(watched):
    ledger = Ledger(
        watched.reports.append, watched.notes.append, hiding((Secret("a", value="hush"),))
    )
    ledger.write("step", "hu")
    ledger.write("step", "sh!\n")
    ledger.say("hush")
    ledger.warn("hush")
    ledger.tell(now=True)
    assert "hush" not in f"{watched.notes} {watched.reports} {ledger.warnings}"
    assert watched.notes[0] == f"{HIDDEN}!"
