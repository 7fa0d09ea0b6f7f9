from pathlib import Path

import pytest

from layerhold.domain.errors import FileNotWritten
from layerhold.domain.login import Login
from layerhold.domain.registry_errors import RegistryFault, RegistryUnreachable
from layerhold.domain.trust_errors import NotACertificate
from layerhold.registry.checking import check
from layerhold.registry.trust import STRICT, Trust
from layerhold.registry.trusted import TrustedRegistries, trusted_registries

BOX = "box.example:5000"


@pytest.fixture
def trusted(tmp_path):
    return TrustedRegistries(tmp_path / "deep/registries.json")


def test_each_registry_is_kept_until_nothing_is_excepted(trusted):
    assert trusted.of(BOX) == STRICT
    trusted.keep(BOX, Trust(unverified=True))
    trusted.keep("other.example", Trust(plain=True))
    assert trusted.all() == {BOX: Trust(unverified=True), "other.example": Trust(plain=True)}
    trusted.keep(BOX, STRICT)
    assert trusted.all() == {"other.example": Trust(plain=True)}


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        f'{{"{BOX}": true}}',
        f'{{"{BOX}": {{"unverified": "yes", "plain": 1, "authorities": "ca.pem"}}}}',
    ],
)
def test_what_makes_no_sense_excepts_nothing(trusted, content):
    trusted.path.parent.mkdir()
    trusted.path.write_text(content)
    assert trusted.of(BOX) == STRICT


def test_an_authority_has_to_be_one(trusted, tmp_path):
    wrong = tmp_path / "ca.pem"
    wrong.write_text("not PEM")
    for path in (wrong, tmp_path / "nowhere.pem"):
        with pytest.raises(NotACertificate):
            trusted.keep(BOX, Trust(path))
    assert trusted.all() == {}


def test_what_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(FileNotWritten):
        TrustedRegistries(tmp_path / "file/registries.json").keep(BOX, Trust(plain=True))


def test_the_data_folder_of_the_user_has_it(home):
    assert trusted_registries().path == Path(home) / "data_home/layerhold/registries.json"


@pytest.mark.parametrize("how", ["authority", "unverified"])
def test_what_is_kept_counts_wherever_we_ask(tls_server, certificates, how):
    login = Login(tls_server.host, "me", "secret")
    with pytest.raises(RegistryUnreachable) as refused:
        check(login)
    assert (refused.value.why, refused.value.from_here) == (RegistryFault.CERTIFICATE, True)

    trust = Trust(certificates.authority) if how == "authority" else Trust(unverified=True)
    trusted_registries().keep(tls_server.host, trust)
    assert check(login) == login
