import pytest

from fakes.docker_api import ENGINES, recorded
from layerhold.domain.errors import EngineRefused, ImageNotFound, InvalidReference, ReferenceFault
from layerhold.domain.outcomes import Removed

CASES = recorded()


def replay(api, method, path, case, name):
    status, body = CASES[case][name]
    api.answer(method, path, body, status)


def test_the_list_is_asked_for_in_one_call_without_extras(api, engine):
    api.answer("GET", "/images/json", [{"Id": "sha256:aa", "RepoTags": ["a:1"]}])

    (image,) = engine.list_images()

    assert image.tags == ("a:1",)
    assert api.asked[-1] == "GET /v1.41/images/json?all=1"


def test_podman_may_answer_with_an_empty_body(api, engine):
    api.answer("GET", "/images/json", "")

    assert engine.list_images() == ()


def test_inspect_gives_the_engine_s_own_bytes(api, engine):
    text = '{ "Id" : "sha256:aa",  "New": [1.0, null, "ü"] }\n'
    api.answer("GET", "/images/sha256:aa/json", text)

    assert engine.inspect("sha256:aa") == text.encode()


def test_one_image_as_it_is_now(api, engine):
    api.answer("GET", "/images/sha256:aa/json", {"Id": "sha256:aa", "RepoTags": ["a:1"], "Size": 3})

    image = engine.image("sha256:aa")

    assert (image.tags, image.size) == (("a:1",), 3)


def test_podman_tells_names_that_are_digests_only_in_its_list(api, podman):
    names = ["a@sha256:11", "a:1"]
    api.answer("GET", "/images/sha256:aa/json", {"Id": "sha256:aa", "RepoTags": ["a:1"]})
    api.answer("GET", "/images/json", [{"Id": "bb"}, {"Id": "aa", "RepoTags": names}])

    assert podman.image("sha256:aa").tags == tuple(names)
    assert api.asked[-1].endswith("/images/json?all=1&filters=%7B%22id%22%3A+%5B%22aa%22%5D%7D")


def test_podman_may_have_lost_an_image_before_it_lists_it(api, podman):
    api.answer("GET", "/images/sha256:aa/json", {"Id": "sha256:aa", "RepoTags": ["a:1"]})
    api.answer("GET", "/images/json", "[]")

    assert podman.image("sha256:aa").tags == ("a:1",)


@pytest.mark.parametrize("name", ENGINES)
def test_an_image_that_is_not_there(api, engine, name):
    replay(api, "GET", "/images/eng-nope:1/json", "inspect-nonexistent", name)

    with pytest.raises(ImageNotFound) as caught:
        engine.image("eng-nope:1")

    assert caught.value.subject == "eng-nope:1"


@pytest.mark.parametrize("name", ENGINES)
def test_what_a_removal_by_tag_took(api, engine, name):
    replay(api, "DELETE", "/images/eng-two:1", "rm-one-of-two-tags-running", name)

    removed = engine.remove("eng-two:1")

    prefix = "docker.io/library/" if name.startswith("p") else ""
    assert removed == Removed(untagged=(f"{prefix}eng-two:1",))


@pytest.mark.parametrize("name", ENGINES)
def test_what_a_forced_removal_by_id_took(api, engine, name):
    replay(api, "DELETE", "/images/sha256:x", "rm-multi-repo-by-ID-force", name)

    removed = engine.remove("sha256:x", force=True)

    assert len(removed.untagged) == 3
    assert len(removed.deleted) == 1
    assert removed.deleted[0].startswith("sha256:")
    assert api.asked[-1] == "DELETE /v1.41/images/sha256:x?force=true&noprune=false"


@pytest.mark.parametrize("target", ["box:5000/a/b:1", "a/b@sha256:12", "sha256:12", "ü b:1"])
def test_every_name_reaches_the_engine_as_it_is(api, engine, target):
    api.answer("DELETE", f"/images/{target}", None)

    assert engine.remove(target) == Removed()


@pytest.mark.parametrize("target", ["../containers/web", "a/../../info", "a//b", "", "."])
def test_a_name_cannot_lead_elsewhere(api, engine, target):
    before = list(api.asked)

    with pytest.raises(InvalidReference):
        engine.remove(target)

    assert api.asked == before


@pytest.mark.parametrize(
    ("reference", "query"),
    [
        ("a", "repo=a&tag="),
        ("a:1", "repo=a&tag=1"),
        ("box:5000/a/b", "repo=box%3A5000%2Fa%2Fb&tag="),
        ("box:5000/a/b:1", "repo=box%3A5000%2Fa%2Fb&tag=1"),
    ],
)
def test_tagging(api, engine, reference, query):
    api.answer("POST", "/images/sha256:aa/tag", "", 201)

    engine.tag("sha256:aa", reference)

    assert api.asked[-1] == f"POST /v1.41/images/sha256:aa/tag?{query}"


def test_success_that_did_nothing_is_none(api, engine):
    replay(api, "POST", "/images/sha256:aa/tag", "tag-empty-repo", "d28gd")

    with pytest.raises(EngineRefused):
        engine.tag("sha256:aa", "")


def test_a_refused_reference_is_named(api, engine):
    replay(api, "POST", "/images/sha256:aa/tag", "tag-invalid-upper", "d20")

    with pytest.raises(InvalidReference) as caught:
        engine.tag("sha256:aa", "Upper/Case:1")

    assert (caught.value.text, caught.value.fault) == ("Upper/Case:1", ReferenceFault.UPPERCASE)


def test_a_missing_source_is_what_is_missing(api, engine):
    replay(api, "POST", "/images/eng-nope:1/tag", "tag-nonexistent-src", "p54")

    with pytest.raises(ImageNotFound) as caught:
        engine.tag("eng-nope:1", "a:1")

    assert caught.value.subject == "eng-nope:1"
