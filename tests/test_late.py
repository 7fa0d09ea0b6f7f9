"""What is imported when; in processes where nothing is imported yet."""

import subprocess
import sys

PROGRAM = """
import sys
from layerhold import wishes
assert "layerhold.dialogs.remove" not in sys.modules
assert "layerhold.dialogs.load" not in sys.modules
print(wishes.change.remove.__name__)
assert "layerhold.dialogs.remove" in sys.modules
assert not [finder for finder in sys.meta_path if type(finder).__module__ == "layerhold.late"]
"""


def test_dialogs_of_actions_are_imported_when_the_action_is_wanted():
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert (ended.stdout.strip(), ended.stderr) == ("remove", "")
