"""Lines of history become lines of a Dockerfile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.instructions import WORDS, Instruction, instruction

HASH = "73e2b2d48642b21b357384b0cb81c1869cc5e0c48a00f61553756196058304b9"


@pytest.mark.parametrize(
    ("created_by", "written"),
    [
        ('/bin/sh -ec #(nop)  CMD ["httpd" "-f"]', 'CMD ["httpd", "-f"]'),
        ('/bin/sh -c #(nop)  CMD ["sh" "-c" "a \\"b\\" c"]', 'CMD ["sh", "-c", "a \\"b\\" c"]'),
        ('/bin/sh -c #(nop)  ENTRYPOINT ["/bin/busybox"]', 'ENTRYPOINT ["/bin/busybox"]'),
        ('CMD ["nginx" "-g" "daemon off;"]', 'CMD ["nginx", "-g", "daemon off;"]'),
        ("/bin/sh -c #(nop)  ENV PATH=/bin LANG=C", "ENV PATH=/bin LANG=C"),
        ("/bin/sh -c #(nop) WORKDIR /srv", "WORKDIR /srv"),
        ("/bin/sh -c #(nop)  ONBUILD RUN echo built", "ONBUILD RUN echo built"),
        ("/bin/sh -c #(nop)  EXPOSE 443/udp 80/tcp", "EXPOSE 443/udp 80/tcp"),
        ("EXPOSE map[80/tcp:{} 443/udp:{}]", "EXPOSE 80/tcp 443/udp"),
        ("EXPOSE [80/tcp]", "EXPOSE 80/tcp"),
        ("/bin/sh -c #(nop)  VOLUME [/data /x]", "VOLUME /data /x"),
        (f"/bin/sh -c #(nop) COPY file:{HASH} in /bin/sh ", "COPY file:73e2b2d48642… /bin/sh"),
        (
            f"/bin/sh -c #(nop) COPY --chown=0:0file:{HASH} in /x ",
            "COPY --chown=0:0 file:73e2b2d48642… /x",
        ),
        (f"/bin/sh -c #(nop) ADD dir:{HASH} in / ", "ADD dir:73e2b2d48642… /"),
        ("COPY docker-entrypoint.sh / # buildkit", "COPY docker-entrypoint.sh /"),
        (
            'HEALTHCHECK &{["CMD-SHELL" "/bin/true || exit 1"] "30s" "3s" "0s" "0s" \'\\x03\'}',
            "HEALTHCHECK --interval=30s --timeout=3s --retries=3 CMD /bin/true || exit 1",
        ),
        (
            '/bin/sh -c #(nop)  HEALTHCHECK &{["CMD" "a" "b"] "0s" "0s" "5s" \'\\x00\'}',
            'HEALTHCHECK --start-period=5s CMD ["a", "b"]',
        ),
        (
            'HEALTHCHECK &{["CMD" "a"] "0s" "0s" "0s" \'\\n\'}',
            'HEALTHCHECK --retries=10 CMD ["a"]',
        ),
        ('HEALTHCHECK &{["NONE"] "0s" "0s" "0s" \'\\x00\'}', "HEALTHCHECK NONE"),
        ("/bin/sh -c apt-get update && apt-get install", "RUN apt-get update && apt-get install"),
        ("RUN /bin/sh -c bash -c 'x' # buildkit", "RUN bash -c 'x'"),
        ("RUN /bin/bash -o pipefail -c curl x | sh # buildkit", "RUN curl x | sh"),
        ("cmd /S /C dir", "RUN dir"),
        ("powershell -Command Get-Item", "RUN Get-Item"),
        ("RUN apt-get update", "RUN apt-get update"),
        ("/bin/busybox --install /bin", "RUN /bin/busybox --install /bin"),
        ("sleep 1000", "sleep 1000"),
        ("bazel build //x", "bazel build //x"),
        ("", ""),
    ],
)
def test_the_line_stands_as_it_was_written(created_by, written):
    assert str(instruction(created_by)) == written


@pytest.mark.parametrize(
    "created_by",
    [
        "|2 MODE=a b VERSION=2.0 /bin/sh -ec echo $VERSION",
        "RUN |2 MODE=a b VERSION=2.0 /bin/sh -ec echo $VERSION # buildkit",
    ],
)
def test_build_arguments_are_told_apart_from_the_command(created_by):
    assert instruction(created_by) == Instruction(
        "RUN", "echo $VERSION", ("MODE=a b", "VERSION=2.0")
    )


def test_a_run_without_a_shell_keeps_its_words():
    assert instruction("RUN |1 A=b /app/setup --all # buildkit") == Instruction(
        "RUN", "/app/setup --all", ("A=b",)
    )


NAMES = st.from_regex(r"[A-Z_][A-Z0-9_]{0,8}", fullmatch=True)
VALUES = st.from_regex(r"[a-z0-9./:-]{0,12}", fullmatch=True)
COMMANDS = st.from_regex(r"[a-z]{1,8}( [a-z0-9$&|;=-]{1,8}){0,6}", fullmatch=True)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=5), COMMANDS, st.booleans())
def test_builders_agree_on_a_run(pairs, command, buildkit):
    given_arguments = [f"{name}={value}" for name, value in pairs]
    seen = " ".join([f"|{len(pairs)}", *given_arguments, "/bin/sh -c", command])

    line = f"RUN {seen} # buildkit" if buildkit else seen

    assert instruction(line) == Instruction("RUN", command, tuple(given_arguments))


@given(st.sampled_from(sorted(WORDS - {"RUN"})), st.from_regex(r"[a-z/.=-]{1,20}", fullmatch=True))
def test_builders_agree_on_metadata(word, text):
    assert instruction(f"/bin/sh -c #(nop)  {word} {text}") == instruction(f"{word} {text}")


@given(st.text())
def test_no_text_is_refused(text):
    assert instruction(text).word in {"", *WORDS}


def test_megabytes_are_read_without_a_pause():
    for hostile in ("x" * 5_000_000, "/bin/sh -c " + "a/" * 2_500_000, "|3 " + "/" * 5_000_000):
        assert len(str(instruction(hostile))) <= 10_010
