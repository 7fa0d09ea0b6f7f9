import pytest

from engine.test_connect import machine as machine
from layerhold.domain.errors import EngineUnreachable, FileNotWritten, UnusableChoice
from layerhold.engine import kept
from layerhold.engine.candidates import Choice
from layerhold.engine.connect import first, look
from layerhold.engine.kept import Kept


def around(machine):
    return machine.environ, machine.home, machine.root


def remember(machine, **changed):
    kept.keep(kept.file(machine.environ, machine.home), **changed)


def test_what_is_kept_is_read_again_and_changed_by_itself(tmp_path):
    path = tmp_path / "deep/engines.json"
    assert kept.read(path) == (Kept(), None)
    kept.keep(path, chosen="unix:///a")
    kept.keep(path, store="/srv/images")
    assert kept.read(path) == (Kept("unix:///a", "/srv/images"), None)


@pytest.mark.parametrize("content", ["{", "[]", '{"chosen": 3}', "\0"])
def test_a_broken_file_counts_as_empty_and_can_be_written_again(tmp_path, content):
    path = tmp_path / "engines.json"
    path.write_text(content)
    assert kept.read(path)[0] == Kept()
    kept.keep(path, chosen="unix:///a")
    assert kept.read(path) == (Kept("unix:///a"), None)


def test_a_file_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(FileNotWritten):
        kept.keep(tmp_path / "file/engines.json", chosen="unix:///a")


def test_the_engine_that_was_chosen_last_is_tried_first(machine):
    docker = machine.listen(machine.root / "var/run/docker.sock")
    podman = machine.listen(machine.root / "xdg/podman/podman.sock")
    remember(machine, chosen=podman)
    found = look(Choice(), *around(machine))
    assert [it.url for it in found.to_try[:2]] == [podman, docker]
    assert first(Choice(), *around(machine)).url == podman
    assert look(Choice(host=docker), *around(machine)).to_try[0].url == docker

    why = EngineUnreachable(podman)
    (doubt,) = found.doubts([(found.to_try[0], why)])
    assert isinstance(doubt, UnusableChoice)
    assert (doubt.name, doubt.why) == ("Podman (user)", why)
    assert found.doubts() == ()


def test_a_chosen_store_is_shown_although_engines_answer(machine):
    machine.listen(machine.root / "var/run/docker.sock")
    own = look(Choice(), *around(machine)).store
    remember(machine, chosen=own.url)
    assert look(Choice(), *around(machine)).to_try[0] == own
    assert first(Choice(), *around(machine)) is None


def test_an_engine_that_nobody_names_any_more_is_forgotten(machine):
    docker = machine.listen(machine.root / "var/run/docker.sock")
    remember(machine, chosen="tcp://gone:2375")
    found = look(Choice(), *around(machine))
    assert found.chosen is None
    assert found.to_try[0].url == docker


def test_the_store_is_where_the_user_wants_it(machine):
    remember(machine, store="/srv/images")
    assert look(Choice(), *around(machine)).store.url == "oci:///srv/images"
