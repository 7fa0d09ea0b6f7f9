from pathlib import Path

import pytest

from layerhold.dialogs.trust import TrustDialog
from layerhold.registry.trust import STRICT, Trust

BOX = "box.example:5000"
KEPT = {
    "old.example": Trust(Path("/srv/ca.pem"), plain=True),
    "any.example": Trust(unverified=True),
}


@pytest.fixture
def dialog(qtbot):
    made = TrustDialog(None, KEPT, BOX)
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_begins_with_nothing_excepted_and_no_warning(dialog):
    assert (dialog.host, dialog.trust) == (BOX, STRICT)
    assert dialog.warning.isHidden()
    assert dialog.verb.isEnabled()


def test_a_registry_is_shown_as_it_is_kept(dialog):
    for host, trust in KEPT.items():
        dialog.registry.edit.setText(host)
        assert (dialog.host, dialog.trust) == (host, trust)


def test_whoever_opens_a_door_is_warned_and_enter_does_not_do_it(dialog):
    dialog.unverified.setChecked(True)
    assert "pose as the registry" in dialog.warning.text()
    assert dialog.cancel.isDefault()
    dialog.strict.setChecked(True)
    dialog.plain.setChecked(True)
    assert "read your password" in dialog.warning.text()
    dialog.plain.setChecked(False)
    assert dialog.warning.isHidden()
    assert dialog.verb.isDefault()


def test_an_authority_needs_its_file(dialog):
    dialog.own.setChecked(True)
    assert not dialog.verb.isEnabled()
    dialog.authority.setText("/srv/own.pem")
    assert dialog.trust == Trust(Path("/srv/own.pem"))
    assert dialog.verb.isEnabled()


@pytest.mark.parametrize("text", ["", "box example", "user:secret@box.example"])
def test_without_a_registry_nothing_can_be_kept(dialog, text):
    dialog.registry.edit.setText(text)
    assert dialog.host == ""
    assert not dialog.verb.isEnabled()
