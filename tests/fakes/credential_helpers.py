"""Credential helpers for tests: real programs, on a PATH of the test's own."""

import json
import os
import sys
from pathlib import Path

GOOD = """
import json, os, sys
from pathlib import Path

store = Path(os.environ["TESTS_CREDENTIALS"])
kept = json.loads(store.read_text()) if store.exists() else {}
verb, said = sys.argv[1], sys.stdin.read()
if verb == "list":
    print(json.dumps({key: user for key, (user, _) in kept.items()}))
elif verb == "store":
    entry = json.loads(said)
    kept[entry["ServerURL"]] = entry["Username"], entry["Secret"]
elif said.strip() not in kept:
    print("credentials not found in native keychain")
    sys.exit(1)
elif verb == "get":
    user, secret = kept[said.strip()]
    print(json.dumps({"ServerURL": said.strip(), "Username": user, "Secret": secret}))
elif verb == "erase":
    del kept[said.strip()]
store.write_text(json.dumps(kept))
"""
"""Keeps logins in the file that `TESTS_CREDENTIALS` names."""


class Shelf:
    """A folder of helpers, and what the good ones keep."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / "kept.json"
        self.environ = os.environ | {
            "PATH": f"{folder}:/usr/bin:/bin",
            "TESTS_CREDENTIALS": str(self.store),
        }

    def install(self, name: str, python: str = GOOD) -> Path:
        """Put a helper of that name on the PATH."""
        program = self.folder / f"docker-credential-{name}"
        program.write_text(f"#!{sys.executable} -I\n{python}")
        program.chmod(0o755)
        return program

    @property
    def kept(self) -> dict[str, list[str]]:
        """User and secret by key."""
        return json.loads(self.store.read_text()) if self.store.exists() else {}

    def keep(self, **logins: tuple[str, str]) -> None:
        self.store.write_text(json.dumps(logins))
