import pytest

from layerhold.domain import credential_errors as errors
from layerhold.wording import explain

KINDS = [errors.CredentialFailure, *errors.CredentialFailure.__subclasses__()]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("facts", [(), ("docker-credential-pass",), ("reg.example", "no {way}")])
def test_every_failure_is_a_sentence(kind, facts):
    said = explain(kind(*facts))

    assert said.what[0].isupper()
    assert said.what.endswith(".")
    assert not said.hint or said.hint.endswith(".")
    assert "{" not in said.what + said.hint
    assert said.detail == (facts[1] if len(facts) > 1 else "")


def test_the_helper_to_try_is_named():
    said = explain(errors.HelperFailed("docker-credential-pass", "exit status 2"))

    assert said.what == "The credential helper docker-credential-pass failed."
    assert said.hint == "Try it in a terminal: docker-credential-pass list."
    assert said.detail == "exit status 2"
