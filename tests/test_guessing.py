"""That HTTP needs nothing that guesses; in a process where nothing is imported yet."""

import subprocess
import sys

PROGRAM = """
import sys
from layerhold import guessing
guessing.leave_out()
import docker, requests
assert not guessing.GUESSERS & sys.modules.keys()
answer = requests.Response()
answer._content = "Grüße".encode()
print(answer.text == "Grüße", answer.apparent_encoding)
"""


def test_texts_are_utf8_without_it_and_nobody_is_warned():
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert (ended.stdout.split(), ended.stderr) == (["True", "utf-8"], "")
