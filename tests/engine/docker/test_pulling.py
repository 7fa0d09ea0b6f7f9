import json
from urllib.parse import parse_qs, urlsplit

import pytest

from fakes.docker_api import DockerApi, recorded
from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled, EngineGone, ImageNotFound, InvalidReference
from layerhold.domain.transfers import PullWish
from layerhold.engine.docker.engine import connect

NAME = "127.0.0.1:5001/eng-x:1"
REPOSITORY = "127.0.0.1:5001/eng-x"
OLD, NEW = f"sha256:{'0' * 64}", f"sha256:{'1' * 64}"
WAS, IS = f"sha256:{'a' * 64}", f"sha256:{'b' * 64}"
CASES = recorded("recorded_registry")
DOCKER = (
    '{"status":"Pulling from eng-x","id":"1"}',
    '{"status":"Pulling fs layer","progressDetail":{},"id":"3833bd700a1c"}',
    '{"status":"Downloading","progressDetail":{"current":36445,"total":3281851},"id":"3833bd700a1c"}',
    '{"status":"Verifying Checksum","progressDetail":{},"id":"3833bd700a1c"}',
    '{"status":"Download complete","progressDetail":{},"id":"3833bd700a1c"}',
    '{"status":"Extracting","progressDetail":{"current":65536,"total":3281851},"id":"3833bd700a1c"}',
    '{"status":"Pull complete","progressDetail":{},"id":"3833bd700a1c"}',
    f'{{"status":"Digest: {IS}"}}',
    f'{{"status":"Status: Downloaded newer image for {NAME}"}}',
)
CONTAINERD = (
    DOCKER[0],
    DOCKER[1],
    DOCKER[2],
    '{"status":"Download complete","progressDetail":{"hidecounts":true},"id":"3833bd700a1c"}',
    '{"status":"Extracting","progressDetail":{"current":1,"units":"s"},"id":"3833bd700a1c"}',
    *DOCKER[6:],
)
PODMAN = (
    '{"status":"Pulling fs layer","progressDetail":{},"id":"3833bd700a1c"}',
    '{"status":"Downloading","progressDetail":{"current":36445,"total":3281851},"id":"3833bd700a1c"}',
    '{"status":"Download complete","progressDetail":{},"id":"3833bd700a1c"}',
    '{"status":"Pulling fs layer","progressDetail":{},"id":"111111111111"}',
    '{"status":"Download complete","progressDetail":{},"id":"111111111111"}',
    '{"status":"Download complete","progressDetail":{},"id":"111111111111"}',
)
NEWER_PODMAN = (
    *PODMAN[:-1],
    f'{{"status":"Download complete","progressDetail":{{}},"id":"{NEW}"}}',
)
SHAPES = {"d20": DOCKER, "d28gd": DOCKER, "d28ctd": CONTAINERD, "p43": PODMAN, "p58": NEWER_PODMAN}


class Shelf:
    """An engine on which a name stands for one image before a pull and for another after it."""

    def __init__(self, api: DockerApi, before: str, after: str) -> None:
        self.api, self.before, self.after = api, before, after
        self.pulls(DOCKER)
        self.show(before)

    def pulls(self, lines, *, end=True):
        def speak(handler):
            self.show(self.after)
            self.api.stream("POST", "/answer", [f"{line}\r\n".encode() for line in lines], end=end)
            self.api._speakers["POST", "/answer"](handler)

        self.api.speak("POST", "/images/create", speak)

    def show(self, image_id):
        digest = {OLD: WAS, NEW: IS}.get(image_id)
        image = {"Id": image_id, "RepoTags": [NAME], "RepoDigests": [f"{REPOSITORY}@{digest}"]}
        details = image | {"Os": "linux", "Architecture": "arm64", "Variant": "v8"}
        gone = {"message": f"No such image: {NAME}"}
        for name in (NAME, f"{REPOSITORY}@{IS}"):
            place = f"/images/{name}/json"
            self.api.answer("GET", place, details if image_id else gone, 200 if image_id else 404)
        self.api.answer("GET", "/images/json", [image] if image_id else [])


def pull(api, reference=NAME, report=lambda _: None, token=None, **wish):
    engine = connect(api.endpoint)
    try:
        return engine.pull(PullWish(reference, **wish), None, report, token)
    finally:
        engine.close()


def options(api):
    (asked,) = [urlsplit(each) for each in api.asked if "/images/create" in each]
    return {name: values[0] for name, values in parse_qs(asked.query).items()}


@pytest.mark.parametrize("name", SHAPES)
def test_every_engine_tells_what_came(api, name):
    api.be(name)
    Shelf(api, "", NEW).pulls(SHAPES[name])

    pulled = pull(api)

    (image,) = pulled.images
    assert (image.reference, image.image_id, image.digest) == (NAME, NEW, IS)
    assert (image.displaced, image.was_current) == ("", False)
    assert image.platform == ("" if name.endswith("ctd") else "linux/arm64/v8")
    assert (pulled.new_layers, pulled.received) == (1, 3_281_851)


def test_what_the_tag_was_taken_from_is_told(api):
    Shelf(api, OLD, NEW)

    (image,) = pull(api).images

    assert (image.displaced, image.was_current) == (OLD, False)


@pytest.mark.parametrize("name", ["d20", "d28gd", "d26ctd", "d28ctd"])
def test_what_was_there_already_is_told_with_what_the_engine_warns_of(api, name):
    api.be(name)
    body = CASES["pull-wrong-platform"][name][1].splitlines()
    Shelf(api, NEW, NEW).pulls([body[0], f'{{"status":"Digest: {IS}"}}', *body[2:]])

    pulled = pull(api, platform="linux/arm64")

    assert pulled.images[0].was_current
    assert (pulled.new_layers, pulled.received) == (0, 0)
    assert [words.partition(":")[0] for words in pulled.warnings] == ["WARNING"] * (name == "d28gd")
    assert options(api)["platform"] == "linux/arm64"


def test_the_same_image_under_a_new_digest_is_not_what_was_there(api):
    shelf = Shelf(api, NEW, NEW)
    shelf.pulls([DOCKER[0], f'{{"status":"Digest: {WAS}"}}', DOCKER[-1]])

    assert not pull(api).images[0].was_current


def test_a_variant_that_is_added_is_not_what_was_there(api):
    api.be("d28ctd")
    Shelf(api, NEW, NEW).pulls(CONTAINERD)

    (image,) = pull(api, platform="linux/arm64").images

    assert (image.was_current, image.displaced) == (False, "")


def test_names_are_sent_whole(api):
    api.stream("POST", "/images/create", [b'{"error":"no"}'])
    api.answer(
        "GET", "/images/docker.io/library/nginx:latest/json", {"message": "No such image"}, 404
    )

    with pytest.raises(Exception, match="no"):
        pull(api, "nginx")

    assert options(api) == {"fromImage": "docker.io/library/nginx", "tag": "latest"}


def test_beside_a_digest_a_tag_means_nothing(api):
    Shelf(api, "", NEW)

    (image,) = pull(api, f"{NAME}@{IS}").images

    assert image.reference == f"{REPOSITORY}@{IS}"
    assert options(api) == {"fromImage": REPOSITORY, "tag": IS}


def test_all_tags(api):
    listed = [
        {"Id": NEW, "RepoTags": [f"{REPOSITORY}:1", f"{REPOSITORY}:2"]},
        {"Id": OLD, "RepoTags": [f"{REPOSITORY}-other:1"]},
    ]
    api.answer("GET", "/images/json", listed)
    lines = (
        '{"status":"Pulling from eng-x","id":"1"}',
        f'{{"status":"Digest: {WAS}"}}',
        '{"status":"Pulling from eng-x","id":"2"}',
        f'{{"status":"Digest: {IS}"}}',
        f'{{"status":"Status: Downloaded newer image for {REPOSITORY}"}}',
    )
    api.stream("POST", "/images/create", ["\n".join(lines).encode()])

    pulled = pull(api, NAME, all_tags=True)

    digests = {image.reference: image.digest for image in pulled.images}
    assert digests == {f"{REPOSITORY}:1": WAS, f"{REPOSITORY}:2": IS}
    assert options(api) == {"fromImage": REPOSITORY}


@pytest.mark.parametrize("name", SHAPES)
def test_a_stream_that_ends_before_the_image_is_named_is_a_loss(api, name):
    api.be(name)
    Shelf(api, "", NEW).pulls(SHAPES[name][:-1])

    with pytest.raises(EngineGone):
        pull(api)


@pytest.mark.parametrize("name", ["d20", "p43"])
def test_a_stream_that_breaks_is_a_loss(api, name):
    api.be(name)
    Shelf(api, "", NEW).pulls(SHAPES[name], end=False)

    with pytest.raises(EngineGone):
        pull(api)


def test_what_vanishes_again_at_once_is_not_found(api):
    Shelf(api, "", "")

    with pytest.raises(ImageNotFound):
        pull(api)


def test_a_report_may_stop_it(api):
    Shelf(api, "", NEW)
    token = Token()

    def stop(_snapshot):
        token.cancel()
        token.check()

    with pytest.raises(Cancelled):
        pull(api, report=stop, token=token)


def test_what_is_no_reference_is_not_asked_for(api):
    with pytest.raises(InvalidReference):
        pull(api, "Nginx")

    assert not any("create" in each for each in api.asked)


def test_the_last_report_is_all_of_it(api):
    Shelf(api, "", NEW)
    told = []

    pull(api, report=told.append)

    assert (told[-1].share, told[-1].done, told[-1].total) == (1, 3_281_851, 3_281_851)
    assert json.dumps([layer.state.value for layer in told[-1].layers]) == '["Pull complete"]'
