import json
from pathlib import Path

import pytest

from layerhold.registry.docker_config import DockerConfig, folder, read


def test_helpers_are_told_and_secrets_are_not_read(tmp_path):
    config = {
        "currentContext": "work",
        "credsStore": "secretservice",
        "credHelpers": {"ecr.example": "ecr-login", "odd": 3},
        "auths": {"registry.example": {"auth": "bWU6c2VjcmV0"}},
    }
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8-sig")

    known, problem = read(tmp_path)

    assert problem is None
    assert known.current_context == "work"
    assert known.credential_store == "secretservice"
    assert known.credential_helpers == {"ecr.example": "ecr-login"}
    assert known.logins == ("registry.example",)
    assert "bWU6c2VjcmV0" not in repr(known)


def test_an_empty_helper_keeps_a_login_in_the_file(tmp_path):
    config = {"credsStore": "pass", "credHelpers": {"ecr.example": "ecr-login", "mine.example": ""}}
    (tmp_path / "config.json").write_text(json.dumps(config))

    known, _ = read(tmp_path)

    assert known.helper_for("ecr.example") == "ecr-login"
    assert known.helper_for("mine.example") == ""
    assert known.helper_for("other.example") == "pass"


def test_without_a_file_everything_has_its_default(tmp_path):
    assert read(tmp_path / "nosuch") == (DockerConfig(), None)


@pytest.mark.parametrize("content", ["", "\n", "\ufeff"])
def test_a_file_with_nothing_in_it_is_as_good_as_none(tmp_path, content):
    (tmp_path / "config.json").write_text(content)

    assert read(tmp_path) == (DockerConfig(), None)


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_a_folder_that_cannot_be_is_a_problem(name):
    known, problem = read(Path("/") / name)

    assert known == DockerConfig()
    assert problem is not None


def test_the_folder_follows_the_environment():
    assert folder({"DOCKER_CONFIG": "/etc/d"}, Path("/h")) == Path("/etc/d")
    assert folder({"DOCKER_CONFIG": ""}, Path("/h")) == Path("/h/.docker")
