import pytest

from fakes.docker_api import recorded
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.errors import Unsupported

CASES = recorded("recorded_archives")
FAULTS = {
    "load-nontar": ArchiveFault.NOT_AN_ARCHIVE,
    "load-empty": ArchiveFault.EMPTY,
    "load-zeros": ArchiveFault.EMPTY,
    "load-trunc.tar": ArchiveFault.TRUNCATED,
    "load-trunc_early.tar": ArchiveFault.TRUNCATED,
    "load-trunc_late.tar": ArchiveFault.TRUNCATED,
    "load-badlayer.tar": ArchiveFault.WRONG_DIGEST,
    "load-rootfs.tar": ArchiveFault.FILE_SYSTEM,
}
UNTOLD = {"load-empty", "load-zeros", "load-rootfs.tar"}
"""A containerd store and Podman say only that it is no archive of images."""


def failures():
    for case, fault in FAULTS.items():
        for name, (status, body) in CASES[case].items():
            graph_driver = name.startswith("d") and not name.endswith("ctd")
            # Podman's words were written down in part, without those about the layer.
            cut = name.startswith("p") and case == "load-badlayer.tar"
            known = not cut and (graph_driver or case not in UNTOLD)
            expected = fault if known else ArchiveFault.NOT_AN_ARCHIVE
            yield pytest.param(status, body, expected, id=f"{case}-{name}")


@pytest.mark.parametrize(("status", "body", "fault"), list(failures()))
def test_what_is_wrong_with_an_archive_that_is_not_loaded(api, engine, status, body, fault):
    api.answer("POST", "/images/load", body, status)

    with pytest.raises(ArchiveFailure) as caught:
        engine.load([b"archive"], lambda _progress: None)
    assert (caught.value.fault, caught.value.path) == (fault, "")
    assert caught.value.detail


PODMAN = """failed to load image: payload does not match any of the supported image formats:
 * oci-archive: loading index: open /var/tmp/oci3555575896/index.json: no such file or directory
 * docker-archive: writing blob: storing blob to file "/var/tmp/storage985075053/1": happened during
 read: Digest did not match, expected sha256:9a34, got sha256:7796
 * dir: open /var/tmp/api_load.tar2087444632/manifest.json: not a directory"""


def test_podman_tells_a_wrong_digest_among_its_guesses(api, podman):
    api.answer("POST", "/images/load", {"message": PODMAN}, 500)

    with pytest.raises(ArchiveFailure) as caught:
        podman.load([b"archive"], lambda _progress: None)
    assert caught.value.fault is ArchiveFault.WRONG_DIGEST


UNDATED = """failed to load image: payload does not match any of the supported image formats:
 * oci: initializing source oci:/var/tmp/load.tar:: open index.json: not a directory
 * docker-archive: determining manifest MIME type for docker-archive:/var/tmp/load.tar:a:1: decoding
 tar config 06c8.json: parsing time "yesterday" as "2006-01-02T15:04:05Z07:00"
 * dir: open /var/tmp/load.tar/manifest.json: not a directory"""


def test_podman_tells_what_is_wrong_with_an_image_among_its_guesses(api, podman):
    api.answer("POST", "/images/load", {"message": UNDATED}, 500)

    with pytest.raises(ArchiveFailure) as caught:
        podman.load([b"archive"], lambda _progress: None)
    assert caught.value.fault is ArchiveFault.UNUSABLE_IMAGE
    assert caught.value.detail.startswith("determining manifest MIME type")
    assert "dir:" not in caught.value.detail


@pytest.mark.parametrize(
    "words",
    [
        'parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday"',
        "json: cannot unmarshal string into Go struct field Config.config.Env of type []string",
        "cannot load windows image on linux",
        'invalid tag "scratch"',
    ],
)
def test_an_image_that_no_engine_takes_is_to_blame(api, engine, words):
    api.answer("POST", "/images/load", {"message": words}, 500)

    with pytest.raises(ArchiveFailure) as caught:
        engine.load([b"archive"], lambda _progress: None)
    assert caught.value.fault is ArchiveFault.UNUSABLE_IMAGE


@pytest.mark.parametrize("name", ["d26gd", "d28gd", "d26ctd", "d28ctd"])
def test_a_compression_that_the_engine_lacks_the_program_for(api, engine, name):
    status, body = CASES["load-ld.tar.xz"][name]
    api.answer("POST", "/images/load", body, status)

    with pytest.raises(ArchiveFailure) as caught:
        engine.load([b"archive"], lambda _progress: None)
    assert caught.value.fault is ArchiveFault.UNSUPPORTED_COMPRESSION


@pytest.mark.parametrize("name", ["d20", "d26gd", "d28gd"])
def test_a_layout_is_more_than_a_graph_driver_can_load(api, engine, name):
    status, body = CASES["load-oci.tar"][name]
    api.answer("POST", "/images/load", body, status)

    with pytest.raises(Unsupported):
        engine.load([b"archive"], lambda _progress: None)
