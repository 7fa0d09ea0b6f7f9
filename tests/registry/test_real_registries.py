"""Images of every form through Docker's own registry, whatever it wants to be shown."""

import json
import os
import subprocess
from functools import partial
from pathlib import Path

import pytest

from fakes import registry_server
from fakes.blob_files import FileSink, FileSource, describe, manifest, wire
from fakes.token_server import giving_tokens
from layerhold.domain.descriptors import ATTESTATION, Descriptor
from layerhold.domain.login import Login
from layerhold.domain.progress import Phase
from layerhold.domain.references import parse
from layerhold.domain.registry_errors import (
    Damaged,
    LoginNeeded,
    LoginRefused,
    PlatformMissing,
    RegistryFailure,
    RegistryUnreachable,
)
from layerhold.registry import blobs, manifests, several, uploads
from layerhold.registry.documents import (
    DOCKER_LIST,
    DOCKER_MANIFEST,
    OCI_INDEX,
    OCI_MANIFEST,
    contents,
)
from layerhold.registry.manifests import Manifest
from layerhold.registry.session import Session
from layerhold.registry.tally import Tally
from layerhold.registry.trust import Trust
from live import docker_registry
from live.docker_registry import PASSWORD, USER
from needs import need

DOCKER = (
    DOCKER_MANIFEST,
    "application/vnd.docker.container.image.v1+json",
    "application/vnd.docker.image.rootfs.diff.tar.gzip",
)
OCI = (
    OCI_MANIFEST,
    "application/vnd.oci.image.config.v1+json",
    "application/vnd.oci.image.layer.v1.tar",
)
FOREIGN = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"


class Shelf:
    """Blobs and manifests in a folder, and their way to a registry and back."""

    def __init__(self, folder):
        self.folder = folder

    def keep(self, content, kind):
        blob = describe(content, kind)
        (self.folder / blob.digest).write_bytes(content)
        return blob

    def image(self, forms, layers, architecture="amd64"):
        kind, config, layer = forms
        told = json.dumps({"os": "linux", "architecture": architecture, "rootfs": {}}).encode()
        parts = [self.keep(each, layer) for each in layers]
        return manifest(kind, self.keep(told, config), parts), kind

    def push(self, session, reference, content, kind):
        said = contents(content)
        several.each(
            session,
            [blob for blob in said.blobs if not blob.is_foreign],
            partial(self._send, reference),
            Tally(str(reference), Phase.UPLOADING, said.blobs),
            lambda _: None,
        )
        put = Manifest(describe(content).digest, kind, content)
        manifests.put(session, reference, put)
        return put

    def pull(self, session, reference, platform="linux/amd64"):
        tree = manifests.read_tree(session, reference, platform)
        several.each(
            session,
            tree.contents.blobs,
            partial(self._fetch, reference),
            Tally(str(reference), Phase.DOWNLOADING, tree.contents.blobs),
            lambda _: None,
        )
        return tree

    def has_all_of(self, other):
        return all(
            (self.folder / file.name).read_bytes() == file.read_bytes()
            for file in other.folder.iterdir()
        )

    def _send(self, reference, session, blob, told):
        uploads.send(session, reference, blob, FileSource(self.folder / blob.digest), told)

    def _fetch(self, reference, session, blob, told):
        with FileSink(self.folder / blob.digest) as sink:
            blobs.fetch(session, reference, blob, sink, told)


@pytest.fixture
def here(tmp_path):
    (tmp_path / "here").mkdir()
    return Shelf(tmp_path / "here")


@pytest.fixture
def there(tmp_path):
    (tmp_path / "there").mkdir()
    return Shelf(tmp_path / "there")


@pytest.fixture
def session(real_registry):
    with Session(real_registry.host) as session:
        yield session


@pytest.mark.parametrize("forms", [DOCKER, OCI])
def test_an_image_comes_back_byte_by_byte(session, here, there, forms):
    app = parse(f"{session.registry}/form:1")
    put = here.push(session, app, *here.image(forms, [os.urandom(3_000_000), b"", b"x"]))

    tree = there.pull(session, app)

    assert (tree.manifest, tree.indexes, tree.platform) == (put, (), "")
    assert there.has_all_of(here)


@pytest.mark.parametrize("form", [OCI_INDEX, DOCKER_LIST])
def test_two_platforms_with_attestations(session, here, there, form):
    app = parse(f"{session.registry}/index:1")
    own = OCI if form == OCI_INDEX else DOCKER
    architectures = ("amd64", "arm64", "unknown")
    images = [here.image(own, [name.encode()], name) for name in architectures]
    put = [here.push(session, parse(f"{app}@{describe(it).digest}"), it, k) for it, k in images]
    entries = [
        wire(describe(each.content, each.media_type), platform={"os": os_, "architecture": name})
        for each, name, os_ in zip(put, architectures, ("linux", "linux", "unknown"), strict=True)
    ]
    entries[2]["annotations"] = {ATTESTATION: "attestation-manifest"}
    index = json.dumps({"schemaVersion": 2, "mediaType": form, "manifests": entries}).encode()
    top = here.push(session, app, index, form)

    tree = there.pull(session, app, "linux/arm64")

    assert tree.indexes == (top,)
    assert (tree.digest, tree.manifest, tree.platform) == (top.digest, put[1], "linux/arm64")
    listed = contents(index).manifests
    assert [entry.is_attestation for entry in listed] == [False, False, True]
    assert manifests.read_part(session, app, listed[2]) == put[2]
    with pytest.raises(PlatformMissing) as missing:
        manifests.read_tree(session, app, "linux/s390x")
    assert (missing.value.platform, missing.value.subject) == ("linux/s390x", str(app))


def test_a_hundred_layers(session, here, there):
    app = parse(f"{session.registry}/layers:1")
    layers = [number.to_bytes(2, "big") * 500 for number in range(100)]
    here.push(session, app, *here.image(OCI, layers))

    tree = there.pull(session, app)

    assert len(tree.contents.layers) == 100
    assert there.has_all_of(here)


def test_a_foreign_layer_stays_where_it_lies(session, here, there, server):
    layer = describe(b"not for registries", FOREIGN)
    server.say("/layer", registry_server.answer(200, b"not for registries"))
    layer = Descriptor(FOREIGN, layer.digest, layer.size, urls=(f"{server.url}/layer",))
    config = here.keep(b"{}", DOCKER[1])
    app = parse(f"{session.registry}/foreign:1")
    here.push(session, app, manifest(DOCKER_MANIFEST, config, [layer]), DOCKER_MANIFEST)

    there.pull(session, app)

    assert (there.folder / layer.digest).read_bytes() == b"not for registries"


def test_a_manifest_goes_by_its_digest_too(session, here):
    content, kind = here.image(OCI, [b"x"])
    named = parse(f"{session.registry}/digest@{describe(content).digest}")

    here.push(session, named, content, kind)

    assert manifests.read(session, named).content == content


def test_a_manifest_whose_parts_are_missing(session):
    content = manifest(OCI_MANIFEST, describe(b"nowhere"), [])

    with pytest.raises(RegistryFailure, match="MANIFEST_BLOB_UNKNOWN") as failed:
        manifests.put(
            session,
            parse(f"{session.registry}/missing:1"),
            Manifest(describe(content).digest, OCI_MANIFEST, content),
        )

    assert failed.value.subject == f"{session.registry}/missing:1"


def test_a_part_of_another_size_than_told(session, here):
    app = parse(f"{session.registry}/size:1")
    put = here.push(session, app, *here.image(OCI, [b"x"]))

    with pytest.raises(Damaged, match="bytes, not"):
        manifests.read_part(session, app, Descriptor(OCI_MANIFEST, put.digest, 7))


def test_skopeo_reads_what_we_put(session, here):
    app = parse(f"{session.registry}/skopeo:1")
    put = here.push(session, app, *here.image(OCI, [b"x" * 1000]))

    command = [need("skopeo"), "inspect", "--raw", "--tls-verify=false", f"docker://{app.full}"]

    assert subprocess.run(command, check=True, capture_output=True).stdout == put.content


def test_a_password(here, there):
    with docker_registry.running(password=True) as registry:
        app = parse(registry.reference("app:1"))
        image = here.image(OCI, [os.urandom(2_000_000)])
        with Session(registry.host) as nobody, pytest.raises(LoginNeeded):
            here.push(nobody, app, *image)
        wrong = Login(registry.host, USER, "hunter2")
        with Session(registry.host, wrong) as nobody, pytest.raises(LoginRefused) as refused:
            here.push(nobody, app, *image)
        assert "hunter2" not in repr(refused.value)
        with Session(registry.host, Login(registry.host, USER, PASSWORD)) as session:
            here.push(session, app, *image)
            there.pull(session, app)

    assert there.has_all_of(here)


def test_tokens(here, there, tmp_path):
    with (
        giving_tokens(tmp_path) as tokens,
        docker_registry.running(token=tokens.settings) as registry,
    ):
        app, copy = map(parse, map(registry.reference, ("app:1", "copy:1")))
        image = here.image(OCI, [os.urandom(2_000_000), b"x"])
        with Session(registry.host) as nobody, pytest.raises(LoginNeeded):
            here.push(nobody, app, *image)
        with Session(
            registry.host, Login(registry.host, USER, registry_server.PASSWORD)
        ) as session:
            here.push(session, app, *image)
            mounted = [
                uploads.send(session, copy, blob, FileSource(there.folder), origin="app")
                for blob in contents(image[0]).blobs
            ]
        with Session(registry.host) as nobody:
            there.pull(nobody, app)

    assert {state.name for state in mounted} == {"MOUNTED"}
    assert there.has_all_of(here)


def test_a_certificate_of_its_own(here, there):
    with docker_registry.running(tls=True) as registry:
        app, own = parse(registry.reference("app:1")), registry.folder / "certificate.pem"
        image = here.image(OCI, [os.urandom(2_000_000)])
        with Session(registry.host) as doubtful, pytest.raises(RegistryUnreachable):
            here.push(doubtful, app, *image)
        with Session(registry.host, trust=Trust(own)) as session:
            here.push(session, app, *image)
        folder = Path(os.environ["XDG_CONFIG_HOME"]) / "containers/certs.d" / registry.host
        folder.mkdir(parents=True)
        (folder / "ca.crt").write_bytes(own.read_bytes())
        with Session(registry.host) as session:
            there.pull(session, app)

    assert there.has_all_of(here)
