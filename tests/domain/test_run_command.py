import shlex
from argparse import ArgumentParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.run_command import command_line
from layerhold.domain.running import Mount, Port, Restart, RunWish

words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=15)
names = st.text("abcXYZ_09", min_size=1, max_size=8)
argv = st.lists(words, max_size=4).map(tuple)
wishes = st.builds(
    RunWish,
    image=st.sampled_from(["nginx:1", "sha256:abcd"]),
    name=st.sampled_from(["", "web"]),
    command=argv,
    entrypoint=st.none() | argv,
    environment=st.lists(st.tuples(names, words), max_size=3).map(tuple),
    ports=st.lists(st.builds(Port, st.integers(1, 65535)), max_size=2).map(tuple),
    mounts=st.lists(st.builds(Mount, st.just("/d"), st.just("/a b")), max_size=2).map(tuple),
    network=st.sampled_from(["", "none", "my net"]),
    restart=st.sampled_from(Restart),
    retries=st.integers(0, 3),
    auto_remove=st.booleans(),
    tty=st.booleans(),
    interactive=st.booleans(),
)


def read(line):
    """What a shell and the CLI would make of the line."""
    parser = ArgumentParser(exit_on_error=False, allow_abbrev=False)
    for name in ("name", "restart", "network", "entrypoint"):
        parser.add_argument(f"--{name}")
    for name in ("publish", "volume", "env"):
        parser.add_argument(f"--{name}", action="append", default=[])
    for name in ("detach", "rm", "tty", "interactive"):
        parser.add_argument(f"--{name}", action="store_true")
    program, verb, *options = shlex.split(line)
    assert (program, verb) == ("docker", "run")
    # Every option comes before the image, and each value is a word of its own.
    image = next(at for at, word in enumerate(options) if word in {"nginx:1", "sha256:abcd"})
    pairs = [
        word.replace("-", "\0", 1) if at and is_value(options, at) else word
        for at, word in enumerate(options[:image])
    ]
    return parser.parse_args(pairs), options[image], tuple(options[image + 1 :])


def is_value(options, at):
    return options[at - 1] in {"--env", "--entrypoint"} and options[at].startswith("-")


@given(wishes)
def test_a_shell_reads_back_what_was_wished(wish):
    told, image, arguments = read(command_line(wish))

    assert told.detach
    assert (told.name or "", told.network or "", image) == (wish.name, wish.network, wish.image)
    assert (told.rm, told.tty, told.interactive) == (
        wish.auto_remove,
        wish.tty,
        wish.interactive,
    )
    assert [entry.replace("\0", "-", 1) for entry in told.env] == [
        f"{name}={value}" for name, value in wish.environment
    ]
    assert told.publish == [str(port) for port in wish.ports]
    assert told.volume == [str(mount) for mount in wish.mounts]
    program = () if told.entrypoint is None else (told.entrypoint.replace("\0", "-", 1),)
    expected = wish.entrypoint if wish.entrypoint != () else ("",)
    assert (*program, *arguments) == (*(expected or ()), *wish.command)


def test_the_usual_line():
    wish = RunWish(
        "nginx:1.27",
        name="web",
        command=("nginx", "-g", "daemon off;"),
        environment=(("GREETING", "it's me"),),
        ports=(Port(80, "8080", "127.0.0.1"), Port(53, "53", protocol="udp")),
        mounts=(Mount("/usr/share/nginx/html", "/srv/my site", ("ro",)), Mount("/cache")),
        restart=Restart.UNLESS_STOPPED,
    )

    assert command_line(wish, "podman") == (
        "podman run --detach --name web --restart unless-stopped"
        " --publish 127.0.0.1:8080:80/tcp --publish 53:53/udp"
        " --volume '/srv/my site:/usr/share/nginx/html:ro' --volume /cache"
        " --env 'GREETING=it'\"'\"'s me' nginx:1.27 nginx -g 'daemon off;'"
    )


@pytest.mark.parametrize(
    ("restart", "retries", "word"),
    [
        (Restart.ON_FAILURE, 3, "on-failure:3"),
        (Restart.ON_FAILURE, 0, "on-failure"),
        (Restart.ALWAYS, 3, "always"),
    ],
)
def test_a_limit_of_restarts_is_for_failures(restart, retries, word):
    line = command_line(RunWish("a:1", restart=restart, retries=retries))

    assert shlex.split(line)[3:5] == ["--restart", word]


def test_no_entrypoint_at_all_is_an_empty_one():
    line = command_line(RunWish("a:1", entrypoint=(), command=("true",)))

    assert line == "docker run --detach --entrypoint '' a:1 true"


def test_more_than_a_program_goes_before_the_command():
    line = command_line(RunWish("a:1", entrypoint=("sh", "-c"), command=("id",)))

    assert line == "docker run --detach --entrypoint sh a:1 -c id"
