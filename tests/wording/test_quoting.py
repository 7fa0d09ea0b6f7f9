import pytest

from layerhold.domain.errors import ContainerNotFound
from layerhold.wording import explain
from layerhold.wording.quoting import name

HEX = "0123456789abcdef" * 4


@pytest.mark.parametrize("identity", [HEX, f"sha256:{HEX}"])
def test_an_id_is_told_in_its_short_form(identity):
    assert name(identity) == "0123456789ab"


def test_a_name_is_told_as_it_is():
    assert name("web") == "web"
    assert name("0123456789abcdef") == "0123456789abcdef"


def test_a_container_that_is_gone_is_told_in_few_letters():
    assert explain(ContainerNotFound(HEX)).what == (
        "The container 0123456789ab is not there any more."
    )
