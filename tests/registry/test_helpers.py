import os
import signal
import time
from pathlib import Path
from threading import Timer

import pytest

from layerhold.domain.cancel import Token
from layerhold.domain.credential_errors import HelperFailed, HelperMissing, HelperTimedOut
from layerhold.domain.errors import Cancelled
from layerhold.domain.login import Login
from layerhold.registry.helper_process import converse
from layerhold.registry.helpers import HelperStore
from layerhold.registry.hosts import HUB, HUB_KEY

ME = Login("reg.example", "me", 'p"ä\\ss word')
SECRET = "hunter2hunter2"


@pytest.fixture
def store(shelf):
    shelf.install("tests")
    return HelperStore("tests", shelf.environ)


def texts_of(error):
    """Everything that a log could show of an error."""
    chain = []
    while error:
        chain.append(f"{error!r} {error} {getattr(error, 'detail', '')}")
        error = error.__cause__
    return " ".join(chain)


def test_a_login_is_kept_found_listed_and_forgotten(store, shelf):
    store.put(ME)

    assert shelf.kept == {"reg.example": ["me", ME.secret]}
    assert store.get("reg.example") == ME
    assert store.users() == {"reg.example": "me"}
    assert store.drop("reg.example") is True
    assert store.get("reg.example") is None
    assert store.drop("reg.example") is False


def test_docker_hub_has_a_key_of_its_own(store, shelf):
    store.put(Login(HUB, "me", "pw"))

    assert set(shelf.kept) == {HUB_KEY}
    assert store.get(HUB) == Login(HUB, "me", "pw")
    assert store.users() == {HUB: "me"}


def test_an_identity_token_has_no_user(store, shelf):
    store.put(Login("reg.example", "me", "pw", identity_token="abc"))

    assert shelf.kept == {"reg.example": ["<token>", "abc"]}
    assert store.get("reg.example") == Login("reg.example", identity_token="abc")
    assert store.users() == {"reg.example": ""}


def test_every_form_of_the_key_is_forgotten(store, shelf):
    shelf.keep(**{"https://reg.example/v1/": ("a", "b"), "reg.example": ("a", "b")})
    shelf.keep(**{**shelf.kept, "other.example": ("a", "b")})

    assert store.drop("reg.example") is True

    assert set(shelf.kept) == {"other.example"}


def test_tokens_that_docker_keeps_beside_a_login_are_not_listed(store, shelf):
    shelf.keep(**{HUB_KEY: ("me", "x"), f"{HUB_KEY}access-token": ("me", "y")})

    assert store.users() == {HUB: "me"}


def test_what_cannot_list_can_still_forget(shelf):
    shelf.install("odd", "import sys; print('no list here'); sys.exit(sys.argv[1] == 'list')")

    assert HelperStore("odd", shelf.environ).drop("reg.example") is True


@pytest.mark.parametrize("name", ["nosuch", "../tests", "", "a/b"])
def test_a_helper_that_is_not_there(store, shelf, name):
    helper = HelperStore(name, shelf.environ)

    with pytest.raises(HelperMissing) as missing:
        helper.get("reg.example")

    assert missing.value.subject == f"docker-credential-{name}"
    assert isinstance(helper.place().problem, HelperMissing)
    assert store.place().problem is None


def test_its_own_words_say_why_it_failed(shelf):
    shelf.install("sad", "import sys; print('the vault is closed'); sys.exit(1)")

    with pytest.raises(HelperFailed, match="the vault is closed"):
        HelperStore("sad", shelf.environ).get("reg.example")


def test_a_script_complains_elsewhere(shelf):
    shelf.install("sad", "import sys; sys.exit('the vault is closed')")

    with pytest.raises(HelperFailed, match="the vault is closed"):
        HelperStore("sad", shelf.environ).get("reg.example")


@pytest.mark.parametrize(
    "python",
    [
        "import sys; said = sys.stdin.read(); print(said); sys.exit(1)",
        "import sys, json; print(json.loads(sys.stdin.read())['Secret'] + '!'); sys.exit(1)",
        "import sys; sys.exit('bad: ' + sys.stdin.read())",
    ],
)
def test_a_secret_that_it_repeats_is_masked(shelf, python):
    shelf.install("loud", python)

    with pytest.raises(HelperFailed) as failed:
        HelperStore("loud", shelf.environ).put(Login("reg.example", "me", f'{SECRET}"\n'))

    assert SECRET not in texts_of(failed.value)


@pytest.mark.parametrize(
    "python",
    [
        f"print('{SECRET}')",
        f"print('{{\"{SECRET}\": ' + '[' * 99999)",
        f'print(\'{{"Username": 3, "Secret": "{SECRET}"}}\')',
        f'print(\'{{"Username": "me", "Secret": ["{SECRET}"]}}\')',
        f'import sys; print(\'{{"Secret": "{SECRET}"}}\'); sys.exit(1)',
        rf"import sys; sys.stdout.buffer.write(b'{{\"Secret\": \"{SECRET}\xff\"}}')",
    ],
)
def test_an_answer_that_makes_no_sense_is_not_repeated(shelf, python):
    shelf.install("odd", python)

    with pytest.raises(HelperFailed) as failed:
        HelperStore("odd", shelf.environ).get("reg.example")

    assert SECRET not in texts_of(failed.value)


def test_a_secret_is_in_no_argument(shelf, tmp_path):
    shelf.install("spy", f"import sys; open({str(tmp_path / 'argv')!r}, 'w').write(repr(sys.argv))")

    HelperStore("spy", shelf.environ).put(Login("reg.example", "me", SECRET))

    told = (tmp_path / "argv").read_text()
    assert "'store'" in told
    assert SECRET not in told


def test_an_endless_answer_is_cut_off(shelf):
    shelf.install("flood", "import os\nwhile True: os.write(1, b'x' * 65536)")

    with pytest.raises(HelperFailed, match="more than"):
        HelperStore("flood", shelf.environ).get("reg.example")


def test_a_program_may_speak_before_it_listens_and_need_not_listen(shelf):
    program = shelf.install("chatty", "import sys; sys.stdout.write('x' * 300_000); sys.exit(3)")

    ended = converse(program, "get", b"y" * 500_000, shelf.environ)

    assert (ended.code, len(ended.said)) == (3, 300_000)


def test_a_program_may_be_told_much(shelf):
    program = shelf.install("patient", "import sys; print(len(sys.stdin.read()))")

    assert converse(program, "store", b"y" * 500_000, shelf.environ).said == b"500000\n"


def test_a_hanging_helper_is_ended_in_time(shelf, tmp_path):
    hanging(shelf, tmp_path)

    with pytest.raises(HelperTimedOut):
        converse(shelf.folder / "docker-credential-slow", "get", b"", shelf.environ, seconds=0.5)

    assert_gone(tmp_path / "pid")


def test_a_hanging_helper_is_ended_when_the_user_says_so(shelf, tmp_path):
    hanging(shelf, tmp_path)
    token = Token()
    Timer(0.5, token.cancel).start()
    started = time.monotonic()

    with pytest.raises(Cancelled):
        HelperStore("slow", shelf.environ).get("reg.example", token)

    assert time.monotonic() - started < 1.5
    assert_gone(tmp_path / "pid")


def test_a_cancelled_token_starts_nothing_that_lasts(shelf, tmp_path):
    hanging(shelf, tmp_path)
    token = Token()
    token.cancel()

    with pytest.raises(Cancelled):
        HelperStore("slow", shelf.environ).get("reg.example", token)


def test_what_cannot_be_run_has_failed(shelf):
    shelf.install("broken").write_text("#!/nosuch/interpreter\n")

    with pytest.raises(HelperFailed):
        HelperStore("broken", shelf.environ).get("reg.example")


def hanging(shelf, folder: Path):
    """A helper with a child that holds on to its output."""
    shelf.install(
        "slow",
        "import os, signal\n"
        f"child = os.fork()\nif child: open({str(folder / 'pid')!r}, 'w').write(str(child))\n"
        "signal.pause()",
    )


def assert_gone(pid_file: Path):
    give_up = time.monotonic() + 5
    process = int(pid_file.read_text())
    while Path(f"/proc/{process}/stat").exists() and time.monotonic() < give_up:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        if state == "Z":
            return
        os.sched_yield()
    with pytest.raises(ProcessLookupError):
        os.kill(process, signal.SIGCONT)
