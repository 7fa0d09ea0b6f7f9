import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.errors import InvalidReference, ReferenceFault
from layerhold.domain.references import parse
from layerhold.registry import hosts
from layerhold.registry.hosts import HUB, HUB_KEY, is_loopback, key, of_key, typed

registries = st.one_of(
    st.sampled_from(["localhost", "localhost:5000", "[::1]:5000", "docker.io", "10.0.0.1:443"]),
    st.from_regex(r"[a-z0-9]{1,8}\.[a-z]{2,4}(:[1-9][0-9]{1,3})?", fullmatch=True),
)


@pytest.mark.parametrize(
    ("text", "registry"),
    [
        ("", HUB),
        ("  ", HUB),
        ("docker.io", HUB),
        ("index.docker.io", HUB),
        ("registry-1.docker.io", HUB),
        ("hub.docker.com", HUB),
        ("https://index.docker.io/v1/", HUB),
        ("https://reg.example/", "reg.example"),
        ("HTTPS://Reg.Example:5000/v2/", "reg.example:5000"),
        ("reg.example/team/app", "reg.example"),
        (" localhost:5000 ", "localhost:5000"),
        ("http://[::1]:5000", "[::1]:5000"),
    ],
)
def test_what_people_type(text, registry):
    assert typed(text) == registry


@pytest.mark.parametrize(
    "text",
    ["myregistry", "ftp://reg.example", "a b.example", "reg.example:99999", "reg.example:0",
     "reg.example:", ":5000", "://", "https://", "-a.example", "ré.example", "reg.example?x=1"],
)  # fmt: skip
def test_nonsense_is_refused(text):
    with pytest.raises(InvalidReference) as refused:
        typed(text)
    assert refused.value.fault is ReferenceFault.BAD_REGISTRY


def test_a_password_in_the_address_is_refused_and_not_repeated():
    with pytest.raises(InvalidReference) as refused:
        typed("https://me:hunter2@reg.example")
    assert "hunter2" not in f"{refused.value!r} {refused.value.text} {refused.value.part}"


@given(registries)
def test_a_registry_is_found_again_by_every_form_of_its_key(registry):
    kept = key(registry)
    assert of_key(kept) == registry
    if kept != HUB_KEY:
        assert of_key(f"https://{kept}/v1/") == of_key(f"http://{kept}") == registry


@given(registries)
def test_what_can_be_typed_can_be_pulled_from(registry):
    assert parse(f"{typed(registry)}/a").registry == registry


@given(st.text())
def test_any_text_is_a_registry_or_refused(text):
    try:
        registry = typed(text)
    except InvalidReference:
        return
    assert typed(registry) == registry


def test_tokens_beside_a_login_are_no_logins():
    assert of_key("https://index.docker.io/v1/access-token") == ""
    assert of_key("https://index.docker.io/v1/refresh-token") == ""


@pytest.mark.parametrize(
    ("registry", "here"),
    [("localhost:5000", True), ("127.3.2.1", True), ("[::1]:5000", True), ("127.example", False),
     ("LOCALHOST:6102", True), ("localhost.example", False), ("10.0.0.1", False), (HUB, False)],
)  # fmt: skip
def test_what_is_on_this_machine(registry, here):
    assert is_loopback(registry) is here


def test_docker_hub_answers_elsewhere():
    assert hosts.api(HUB) == "registry-1.docker.io"
    assert hosts.api("reg.example:5000") == "reg.example:5000"
