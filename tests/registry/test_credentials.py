import subprocess
import sys
import time
from threading import Timer

import keyring
import pytest

from fakes.keyrings import PlainKeyring, WaitingKeyring
from layerhold.domain.cancel import Token
from layerhold.domain.credential_errors import (
    EntryUnreadable,
    HelperFailed,
    HelperMissing,
    KeyringFailed,
    KeyringLocked,
    KeyringMissing,
    LoginNotWritten,
)
from layerhold.domain.errors import Cancelled, ConfigProblem
from layerhold.domain.login import Login
from layerhold.registry.credentials import Found, Listing
from layerhold.registry.hosts import HUB, HUB_KEY
from layerhold.registry.places import Keeper

REG = "reg.example"
ME = Login(REG, "me", "hunter2")
AUTH = {"auth": "bWU6aHVudGVyMg=="}


def place_of(docker, keeper, registry=REG):
    return next(it for it in docker.credentials.places(registry) if it.keeper is keeper)


def kinds(problems):
    return [type(problem) for problem in problems]


def test_nothing_is_found_where_nothing_is(docker):
    assert docker.credentials.find(REG) == Found()
    assert docker.credentials.logins() == Listing()
    assert docker.credentials.forget(REG) == ()


def test_the_helper_of_the_registry_comes_before_that_of_all(docker, shelf):
    shelf.install("tests")
    shelf.keep(**{REG: ("me", "hunter2")})
    docker.write(credsStore="nosuch", credHelpers={REG: "tests"})

    found = docker.credentials.find(REG)

    assert (found.login, found.place.name, found.problems) == (ME, "tests", ())


def test_capitals_in_a_host_mean_nothing(docker, shelf):
    shelf.install("tests")
    shelf.keep(**{"helped.example": ("me", "hunter2")})
    docker.write(auths={REG: AUTH}, credHelpers={"helped.example": "tests"})

    assert docker.credentials.find("Reg.EXAMPLE").login == ME
    assert docker.credentials.find("HELPED.example").login.user == "me"


def test_a_registry_may_be_left_out_of_the_store(docker, shelf):
    shelf.install("tests")
    docker.write(credsStore="tests", credHelpers={REG: ""}, auths={REG: AUTH})

    found = docker.credentials.find(REG)

    assert (found.login, found.place.keeper) == (ME, Keeper.CONFIG)
    assert place_of(docker, Keeper.CONFIG).name == str(docker.file)


def test_a_missing_helper_is_told_and_stops_nothing(docker):
    docker.write(credsStore="nosuch", auths={"other.example": AUTH})

    assert docker.credentials.find(REG).login is None
    assert kinds(docker.credentials.find(REG).problems) == [HelperMissing]
    assert docker.credentials.find("other.example").login == Login("other.example", "me", "hunter2")


def test_a_broken_helper_is_told_and_stops_nothing(docker, shelf):
    shelf.install("sad", "import sys; sys.exit('no')")
    docker.write(credsStore="sad", auths={REG: AUTH})

    found = docker.credentials.find(REG)
    listing = docker.credentials.logins()

    assert found.login == ME
    assert kinds(found.problems) == [HelperFailed]
    assert [it.registry for it in listing.logins] == [REG]
    assert kinds(listing.problems) == [HelperFailed]


@pytest.mark.usefixtures("desktop_keyring")
def test_a_malformed_entry_is_told_and_stops_nothing(docker):
    docker.write(auths={REG: {"auth": "x"}})

    assert kinds(docker.credentials.find(REG).problems) == [EntryUnreadable]


@pytest.mark.usefixtures("desktop_keyring")
def test_a_malformed_file_is_told_once_and_stays_as_it_is(docker):
    docker.file.write_text("{")

    assert kinds(docker.credentials.find(REG).problems) == [ConfigProblem]
    assert kinds(docker.credentials.logins().problems) == [ConfigProblem]
    with pytest.raises(ConfigProblem):
        docker.credentials.places(REG)
    with pytest.raises(ConfigProblem):
        docker.credentials.forget(REG)
    assert docker.file.read_text() == "{"


@pytest.mark.usefixtures("desktop_keyring")
def test_with_a_helper_there_is_no_choice(docker):
    docker.write(credsStore="tests")

    (place,) = docker.credentials.places(REG)

    assert (place.keeper, place.name, place.docker_sees_it) == (Keeper.HELPER, "tests", True)
    assert isinstance(place.problem, HelperMissing)


@pytest.mark.usefixtures("desktop_keyring")
def test_without_one_there_is_a_choice_of_two(docker):
    config, desktop = docker.credentials.places(REG)

    assert (config.keeper, config.name, config.problem) == (Keeper.CONFIG, str(docker.file), None)
    assert (desktop.keeper, desktop.name, desktop.problem) == (
        Keeper.KEYRING,
        "Test keyring",
        None,
    )
    assert config.docker_sees_it
    assert not desktop.docker_sees_it


def test_a_desktop_without_a_keyring_says_so(docker):
    assert isinstance(place_of(docker, Keeper.KEYRING).problem, KeyringMissing)


def test_a_keyring_in_plain_text_is_none(docker):
    keyring.set_keyring(PlainKeyring())

    place = place_of(docker, Keeper.KEYRING)

    assert isinstance(place.problem, KeyringMissing)
    with pytest.raises(KeyringMissing):
        docker.credentials.store(ME, place)


@pytest.mark.parametrize("keeper", list(Keeper))
def test_a_login_is_kept_listed_and_forgotten(docker, shelf, desktop_keyring, keeper):
    shelf.install("tests")
    if keeper is Keeper.HELPER:
        docker.write(credsStore="tests")
    place = place_of(docker, keeper)

    docker.credentials.store(ME, place)

    assert docker.credentials.find(REG) == Found(ME, place)
    (known,) = docker.credentials.logins().logins
    assert (known.registry, known.user, known.place) == (REG, "me", place)
    assert "hunter2" not in repr(docker.credentials.logins())
    assert docker.credentials.forget(REG) == (place,)
    assert docker.credentials.find(REG) == Found()
    assert docker.credentials.logins() == Listing()
    assert desktop_keyring.kept == {}


@pytest.mark.parametrize("before", [Keeper.CONFIG, Keeper.KEYRING])
@pytest.mark.parametrize("after", list(Keeper))
@pytest.mark.usefixtures("desktop_keyring")
def test_a_login_is_kept_in_one_place_only(docker, shelf, before, after):
    docker.credentials.store(Login(REG, "old", "pw"), place_of(docker, before))
    if after is Keeper.HELPER:
        shelf.install("tests")
        docker.write(**docker.config if docker.file.exists() else {}, credsStore="tests")

    docker.credentials.store(ME, place_of(docker, after))

    assert docker.credentials.find(REG).login == ME
    (place,) = docker.credentials.forget(REG)
    assert place.keeper is after
    assert docker.credentials.find(REG) == Found()


def test_what_a_helper_keeps_is_no_longer_in_the_file(docker, shelf):
    shelf.install("tests")
    docker.write(auths={REG: AUTH}, credsStore="tests")

    docker.credentials.store(ME, place_of(docker, Keeper.HELPER))

    assert docker.config == {"auths": {REG: {}}, "credsStore": "tests"}


def test_logging_out_reaches_every_place(docker, shelf, desktop_keyring):
    docker.credentials.store(Login(REG, "a", "b"), place_of(docker, Keeper.KEYRING))
    shelf.install("tests")
    shelf.keep(**{REG: ("me", "hunter2")})
    docker.write(credsStore="tests", credHelpers={REG: ""}, auths={REG: AUTH})

    gone = docker.credentials.forget(REG)

    assert [place.keeper for place in gone] == [Keeper.HELPER, Keeper.CONFIG, Keeper.KEYRING]
    assert (shelf.kept, docker.config["auths"], desktop_keyring.kept) == ({}, {}, {})


def test_logging_out_goes_on_after_a_failure_and_then_tells_it(docker):
    docker.write(credsStore="nosuch", auths={REG: AUTH})

    with pytest.raises(HelperMissing):
        docker.credentials.forget(REG)

    assert docker.config["auths"] == {}


def test_logging_out_needs_no_helper_that_has_nothing_to_do_with_it(docker, shelf):
    shelf.install("tests")
    shelf.keep(**{REG: ("me", "hunter2")})
    docker.write(credsStore="nosuch", credHelpers={REG: "tests"})

    (place,) = docker.credentials.forget(REG)

    assert place.name == "tests"


@pytest.mark.usefixtures("desktop_keyring")
def test_the_list_has_what_counts(docker, shelf):
    docker.credentials.store(Login("c.example", "c", "pw"), place_of(docker, Keeper.KEYRING))
    shelf.install("tests")
    shelf.keep(**{HUB_KEY: ("hub", "pw"), "b.example": ("lost", "pw"), REG: ("me", "hunter2")})
    docker.write(
        credHelpers={HUB_KEY: "tests", REG: "tests"},
        auths={"b.example": AUTH, REG: {"auth": "eDp5"}, "d.example": {}},
    )

    listing = docker.credentials.logins()

    assert [(it.registry, it.user, it.place.keeper) for it in listing.logins] == [
        ("b.example", "me", Keeper.CONFIG),
        ("c.example", "c", Keeper.KEYRING),
        (HUB, "hub", Keeper.HELPER),
        (REG, "me", Keeper.HELPER),
    ]
    for known in listing.logins:
        assert docker.credentials.find(known.registry).login.user == known.user


def test_a_locked_keyring_is_told_and_stops_nothing(docker, desktop_keyring):
    docker.credentials.store(ME, place_of(docker, Keeper.KEYRING))
    desktop_keyring.locked = True

    assert kinds(docker.credentials.find(REG).problems) == [KeyringLocked]
    assert [it.user for it in docker.credentials.logins().logins] == ["me"]


def test_what_somebody_deleted_from_the_keyring_can_be_forgotten(docker, desktop_keyring):
    docker.credentials.store(ME, place_of(docker, Keeper.KEYRING))
    desktop_keyring.kept.clear()

    assert docker.credentials.find(REG) == Found()
    docker.credentials.forget(REG)
    assert docker.credentials.logins() == Listing()


def test_what_in_the_keyring_is_no_login_is_not_repeated(docker, desktop_keyring):
    docker.credentials.store(ME, place_of(docker, Keeper.KEYRING))
    desktop_keyring.kept["Layerhold", REG] = "hunter2"

    (problem,) = docker.credentials.find(REG).problems

    assert isinstance(problem, EntryUnreadable)
    assert "hunter2" not in f"{problem!r} {problem}"


def test_a_keyring_that_cannot_delete_says_so(docker, desktop_keyring, monkeypatch):
    docker.credentials.store(ME, place_of(docker, Keeper.KEYRING))

    def refuse(*_):
        raise keyring.errors.PasswordDeleteError("not today")

    monkeypatch.setattr(desktop_keyring, "delete_password", refuse)
    with pytest.raises(KeyringFailed, match="not today"):
        docker.credentials.forget(REG)


@pytest.mark.usefixtures("desktop_keyring")
def test_a_list_that_cannot_be_written_is_a_failure(docker):
    docker.credentials.index.parent.write_text("in the way")

    with pytest.raises(LoginNotWritten):
        docker.credentials.store(ME, place_of(docker, Keeper.KEYRING))


def test_a_keyring_that_waits_for_its_password_can_be_left(docker):
    waiting = WaitingKeyring()
    waiting.answered.set()
    keyring.set_keyring(waiting)
    docker.credentials.store(ME, place_of(docker, Keeper.KEYRING))
    waiting.answered.clear()
    token = Token()
    Timer(0.2, token.cancel).start()
    started = time.monotonic()

    with pytest.raises(Cancelled):
        docker.credentials.find(REG, token)

    assert time.monotonic() - started < 1
    waiting.answered.set()


def test_secrets_are_in_no_text_of_a_login(docker):
    docker.write(auths={REG: AUTH})

    found = docker.credentials.find(REG)

    assert found.login.secret == "hunter2"
    assert "hunter2" not in f"{found!r} {found} {found.login}"


def test_the_keyring_is_not_even_imported_where_nobody_chose_it(docker):
    docker.write(auths={REG: AUTH})
    script = f"""
import sys
from pathlib import Path
from layerhold.registry.credentials import Credentials
known = Credentials(Path({str(docker.file.parent)!r}), {{}}, Path("/nosuch"))
assert known.find({REG!r}).login and known.find("b.example").login is None and known.logins().logins
print([name for name in sys.modules if name.partition(".")[0] in ("keyring", "docker", "requests")])
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "[]"


def test_docker_hub_is_one_registry_under_all_its_names(docker):
    docker.write(auths={"index.docker.io": AUTH})

    assert docker.credentials.find(HUB).login == Login(HUB, "me", "hunter2")
    docker.credentials.store(Login(HUB, "you", "pw"), place_of(docker, Keeper.CONFIG, HUB))
    assert list(docker.config["auths"]) == [HUB_KEY]
