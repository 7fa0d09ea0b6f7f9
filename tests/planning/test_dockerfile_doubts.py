from layerhold.domain.builders import Limit
from layerhold.domain.dockerfile import read
from layerhold.engine.docker.building import choosing
from layerhold.planning.build_registries import registries
from layerhold.planning.dockerfile_doubts import Doubt, DoubtKind, are_certain, doubts

CLASSIC = frozenset((Limit.MOUNTS, Limit.HEREDOCS))
BUILDKIT = frozenset()


def found(text, limits=BUILDKIT):
    return doubts(read(text), limits)


def test_a_sound_dockerfile_raises_none():
    assert (
        found("ARG V=1\nFROM a:$V AS b\nRUN --mount=type=cache,target=/c make <<EOF\nx\nEOF\n")
        == ()
    )


def test_what_is_no_instruction_is_named_with_its_line():
    assert found("FROM a\n\nFORM b\nrun it\n") == (Doubt(DoubtKind.UNKNOWN, 3, "FORM"),)


def test_what_stands_before_the_first_from():
    assert found("RUN it\nFROM a\n") == (Doubt(DoubtKind.TOO_EARLY, 1, "RUN"),)


def test_no_from_at_all():
    assert found("ARG a\n") == (Doubt(DoubtKind.NO_BASE),)
    assert found("# nothing\n") == ()


def test_what_only_buildkit_knows():
    text = (
        "FROM a\nRUN --mount=type=cache,target=/c make\nCOPY --chown=1 --link a b\nRUN <<EOF\nEOF\n"
    )
    assert found(text, CLASSIC) == (
        Doubt(DoubtKind.FLAG, 2, "RUN --mount"),
        Doubt(DoubtKind.FLAG, 3, "COPY --link"),
        Doubt(DoubtKind.HEREDOC, 4, "RUN"),
    )
    assert found(text) == ()
    assert found("FROM a\nRUN echo --mount=x\nCOPY --from=x a b\n", CLASSIC) == ()


def test_what_a_builder_is_sure_to_stumble_over():
    unknown, early, no_base = found("FROM a\nFORM b\n"), found("RUN it\nFROM a\n"), found("ARG a\n")
    assert all(are_certain(each, choosing.CLASSIC) for each in (unknown, early, no_base))
    assert are_certain(no_base, choosing.BUILDAH)
    assert not are_certain(early, choosing.BUILDAH)
    assert not any(are_certain(each, BUILDKIT) for each in (unknown, early, no_base))
    needs_buildkit = found("FROM a\nRUN --mount=type=cache,target=/c make\n", CLASSIC)
    assert not are_certain(needs_buildkit, choosing.CLASSIC)


def test_the_registries_of_every_image_that_is_named():
    text = """ARG BASE=ghcr.io/me/base:1
FROM ${BASE} AS one
FROM quay.io/${NAME:-app} AS two
COPY --from=one /a /
COPY --from=localhost:5000/tool /a /
COPY --from=0 /a /
FROM one
FROM scratch
FROM debian
"""
    hosts = ("ghcr.io", "quay.io", "localhost:5000", "docker.io")
    assert registries(read(text), {}) == hosts
    assert registries(read(text), {"BASE": "r.example/b"})[0] == "r.example"
    assert registries(read("FROM scratch\n"), {}, ("c.example/cache:1", "type=local")) == (
        "c.example",
    )
    assert registries(read("FROM $NOTHING\n"), {}) == ()
