"""A keyring of the tests: the library's own interface over a dictionary."""

from threading import Event

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked


class MemoryKeyring(KeyringBackend):
    """Keeps secrets while the test lasts."""

    priority = 5
    name = "Test keyring"

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service, username):
        self._open()
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self._open()
        self.kept[service, username] = password

    def delete_password(self, service, username):
        self._open()
        del self.kept[service, username]

    def _open(self):
        if self.locked:
            raise KeyringLocked("the prompt was dismissed")


class WaitingKeyring(MemoryKeyring):
    """Asks for its password, and nobody answers until `answered` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = Event()

    def _open(self):
        self.answered.wait()


class PlainKeyring(MemoryKeyring):
    """One that the library does not recommend, such as a file in plain text."""

    priority = 0.5
    name = "Plain text"
