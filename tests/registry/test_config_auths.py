import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layerhold.domain.credential_errors import EntryUnreadable, LoginNotWritten
from layerhold.domain.errors import ConfigProblem
from layerhold.domain.login import Login
from layerhold.registry.config_auths import AuthsStore
from layerhold.registry.hosts import HUB, HUB_KEY
from layerhold.registry.json_text import members, with_member
from layerhold.registry.replacing import rewrite

REG = "reg.example"
ME = Login(REG, "me", "pass:wörd ")
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
objects = st.dictionaries(st.text(), values, max_size=5)
logins = st.builds(
    Login,
    st.sampled_from([REG, HUB, "localhost:5000", "[::1]:5000"]),
    st.text(st.characters(exclude_characters=":", exclude_categories=["Cs"]), max_size=8),
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1),
)


def auth(text: str) -> dict[str, str]:
    return {"auth": base64.b64encode(text.encode()).decode()}


@pytest.fixture
def store(tmp_path):
    return AuthsStore(tmp_path / ".docker" / "config.json")


def write(store: AuthsStore, content: object) -> None:
    store.path.parent.mkdir(exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content)
    store.path.write_text(text)


def test_a_login_is_kept_as_the_docker_command_writes_it(store):
    store.put(ME)

    assert store.path.read_text() == (
        '{\n\t"auths": {\n\t\t"reg.example": {"auth": "bWU6cGFzczp3w7ZyZCA="}\n\t}\n}'
    )
    assert store.get(REG) == ME
    assert store.users() == {REG: "me"}


@pytest.mark.parametrize("content", ["", " \n", "\ufeff"])
def test_a_file_with_nothing_in_it_is_filled(store, content):
    write(store, content)
    assert (store.get(REG), store.users()) == (None, {})

    store.put(ME)

    assert store.get(REG) == ME
    json.loads(store.path.read_text(encoding="utf-8-sig"))


def test_only_its_owner_may_read_it(store):
    store.put(ME)
    assert store.path.stat().st_mode & 0o777 == 0o600
    assert store.path.parent.stat().st_mode & 0o777 == 0o700

    store.path.chmod(0o644)
    store.put(Login(REG, "you", "pw"))
    assert store.path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("entry", "login"),
    [
        (auth("me:pass:word"), Login(REG, "me", "pass:word")),
        (auth("me:pw\0\0"), Login(REG, "me", "pw")),
        ({"username": "me", "password": " pw"}, Login(REG, "me", " pw")),
        (auth("me:pw") | {"username": "x", "password": "y"}, Login(REG, "me", "pw")),
        (auth("me:") | {"identitytoken": "t"}, Login(REG, "me", "", "t")),
        ({"identitytoken": "t"}, Login(REG, "", "", "t")),
        ({}, None),
        (auth("me:"), None),
        ({"auth": 3, "email": "me@example.com"}, None),
    ],
)
def test_forms_of_an_entry(store, entry, login):
    write(store, {"auths": {REG: entry}})

    assert store.get(REG) == login


@pytest.mark.parametrize("entry", [{"auth": "%%%"}, {"auth": "bWU="}, {"auth": "//8="}, "x", 3])
def test_an_entry_that_is_no_login_is_told_without_its_content(store, entry):
    write(store, {"auths": {REG: entry, "other.example": auth("a:b")}})

    with pytest.raises(EntryUnreadable) as unreadable:
        store.get(REG)

    assert unreadable.value.subject == REG
    assert unreadable.value.__cause__ is None
    assert store.get("other.example") == Login("other.example", "a", "b")
    assert store.users() == {REG: "", "other.example": "a"}


@pytest.mark.parametrize(
    ("key", "registry"),
    [(HUB_KEY, HUB), ("docker.io", HUB), ("https://index.docker.io/v2/", HUB),
     ("https://reg.example/v1/", REG), ("http://reg.example", REG), ("Reg.Example", REG)],
)  # fmt: skip
def test_every_form_of_a_key_is_found_and_replaced(store, key, registry):
    write(store, {"auths": {"a.example": {}, key: auth("old:pw")}})
    assert store.get(registry) == Login(registry, "old", "pw")

    store.put(Login(registry, "new", "pw"))

    assert store.users() == {registry: "new"}
    assert len(json.loads(store.path.read_text())["auths"]) == 2


def test_the_key_that_docker_looks_for_counts_first(store):
    write(store, {"auths": {"https://reg.example/v1/": auth("b:b"), REG: auth("a:a")}})

    assert store.get(REG) == Login(REG, "a", "a")


def test_forgetting_takes_the_entry_away(store):
    write(store, {"auths": {REG: auth("a:b"), "https://reg.example": {}, "c": {}}, "x": 1})

    assert store.drop(REG) is True
    assert store.drop(REG) is False
    assert json.loads(store.path.read_text()) == {"auths": {"c": {}}, "x": 1}


def test_forgetting_what_was_never_there_writes_nothing(store):
    assert store.drop(REG) is False
    assert not store.path.exists()


def test_a_blanked_entry_keeps_its_place(store):
    write(store, {"auths": {REG: auth("a:b"), "c": {}}})

    store.blank(REG)

    assert json.loads(store.path.read_text())["auths"] == {REG: {}, "c": {}}


def test_everything_else_stays_letter_by_letter(store):
    text = (
        '{\r\n  "psFormat": "{{.ID}}\\t1e3",\r\n   "detachKeys" : "ctrl-e,e", "big": 1e400,\r\n'
        '  "auths": {"a.example":{"auth":"YTpi" , "email":""}},\r\n'
        '  "HttpHeaders": { "X": "\\u00fc" }, "HttpHeaders": {}\r\n}\r\n'
    )
    store.path.parent.mkdir()
    store.path.write_bytes(text.encode())

    store.put(Login(REG, "me", "pw"))

    assert store.path.read_bytes().decode() == text.replace(
        '{"a.example":{"auth":"YTpi" , "email":""}}',
        '{\r\n    "a.example": {"auth":"YTpi" , "email":""},\r\n'
        '    "reg.example": {"auth": "bWU6cHc="}\r\n  }',
    )


def test_a_byte_order_mark_stays(store):
    store.path.parent.mkdir()
    store.path.write_text('{"a": 1}', encoding="utf-8-sig")

    store.put(ME)

    assert store.path.read_bytes().startswith(b"\xef\xbb\xbf{")
    assert store.get(REG) == ME


@pytest.mark.parametrize(
    "content",
    ["{", "[]", '{"auths": []}', '{"auths": "x"}', '{"a": 1} x', "[" * 100_000, '{"a": nul}'],
)
def test_what_cannot_be_understood_is_never_overwritten(store, content):
    write(store, content)

    with pytest.raises(ConfigProblem):
        store.put(ME)

    assert store.path.read_text() == content
    assert list(store.path.parent.iterdir()) == [store.path]


def test_no_auths_may_also_be_null(store):
    write(store, '{"auths": null, "a": 1}')

    store.put(ME)

    assert store.get(REG) == ME


def test_a_file_that_is_no_text_is_never_overwritten(store):
    store.path.parent.mkdir()
    store.path.write_bytes(b'{"a": "\xff"}')

    with pytest.raises(ConfigProblem):
        store.put(ME)

    assert store.path.read_bytes() == b'{"a": "\xff"}'


def test_a_link_stays_a_link(store, tmp_path):
    real = tmp_path / "dotfiles" / "docker.json"
    real.parent.mkdir()
    real.write_text('{"a": 1}')
    store.path.parent.mkdir()
    store.path.symlink_to(real)

    store.put(ME)

    assert store.path.is_symlink()
    assert json.loads(real.read_text())["a"] == 1
    assert AuthsStore(real).get(REG) == ME


def test_a_folder_in_its_place_is_a_failure(store):
    store.path.mkdir(parents=True)

    with pytest.raises(LoginNotWritten) as failed:
        store.put(ME)

    assert failed.value.subject == str(store.path)


def test_a_file_in_place_of_the_folder_is_a_failure(store):
    store.path.parent.write_text("")

    with pytest.raises(LoginNotWritten):
        store.put(ME)


def test_it_gives_up_against_a_program_that_keeps_on_writing(store):
    write(store, "{}")

    def change(before: bytes | None) -> bytes:
        store.path.write_bytes(before + b" ")
        return b"ours"

    with pytest.raises(OSError, match="keeps on writing"):
        rewrite(store.path, change)

    assert store.path.read_text().strip() == "{}"
    assert list(store.path.parent.iterdir()) == [store.path]


def test_what_another_program_writes_meanwhile_is_kept(store):
    write(store, {"auths": {}})
    calls = []

    def change(before: bytes | None) -> bytes:
        if not calls:
            write(store, {"auths": {}, "theirs": True})
        calls.append(before)
        return with_member(before.decode(), "ours", "true").encode()

    rewrite(store.path, change)

    assert json.loads(store.path.read_text()) == {"auths": {}, "theirs": True, "ours": True}
    assert len(calls) == 2


@settings(max_examples=30)  # each syncs a disk three times
@given(objects, logins, st.sampled_from([None, 2, "\t"]))
def test_any_configuration_keeps_its_other_members(tmp_path_factory, config, login, indent):
    config.pop("auths", None)
    store = AuthsStore(tmp_path_factory.mktemp("config") / "config.json")
    store.path.write_text(json.dumps(config, indent=indent))

    store.put(login)
    assert store.get(login.registry) == login
    store.put(Login("other.example", "a", "b"))
    assert store.get(login.registry) == login
    store.drop(login.registry)
    store.drop("other.example")

    assert json.loads(store.path.read_text()) == config | {"auths": {}}


@given(objects, st.text(), values)
def test_any_member_of_any_object_can_be_set(known, key, value):
    text = json.dumps(known, indent=1)

    changed = with_member(text, key, json.dumps(value))

    assert json.loads(changed) == known | {key: value}
    assert [it.key for it in members(changed) if it.key != key] == [k for k in known if k != key]
