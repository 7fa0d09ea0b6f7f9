import pytest

from layerhold.domain.container_errors import ContainerFault, InvalidChange, LogUnreadable
from layerhold.domain.errors import ContainerNotFound, EngineRefused
from layerhold.engine.docker.container_refusals import (
    change_meaning,
    container_meaning,
    log_meaning,
)

RUNC = (
    "failed to create task for container: failed to create shim task: OCI runtime create failed:"
    " runc create failed: unable to start container process: "
)
BIND = 'invalid mount config for type "bind": bind source path does not exist: /nowhere'
NAMED = 'includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]"'
PROXY = "driver failed programming external connectivity on endpoint web (0f3c): "


@pytest.mark.parametrize(
    ("words", "fault", "part"),
    [
        (
            'Conflict. The container name "/web" is already in use by container "0f3c". You have',
            ContainerFault.NAME_TAKEN,
            "web",
        ),
        (
            'container create: creating container storage: the container name "web" is already in'
            " use by 0f3c. You have to remove that container",
            ContainerFault.NAME_TAKEN,
            "web",
        ),
        (
            "Invalid container name (b c), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed",
            ContainerFault.BAD_NAME,
            "b c",
        ),
        (
            "container create: running container create option: names must match"
            " [a-zA-Z0-9][a-zA-Z0-9_.-]*: invalid argument",
            ContainerFault.BAD_NAME,
            "",
        ),
        (
            f"{PROXY}Bind for 0.0.0.0:8080 failed: port is already allocated",
            ContainerFault.PORT_TAKEN,
            "8080",
        ),
        (
            f"{PROXY}Error starting userland proxy: listen tcp4 0.0.0.0:8080: bind: address already"
            " in use",
            ContainerFault.PORT_TAKEN,
            "8080",
        ),
        (
            "failed to set up container networking: failed to bind host port 0.0.0.0:8080/tcp:"
            " address already in use",
            ContainerFault.PORT_TAKEN,
            "8080",
        ),
        (
            "cannot listen on the TCP port: listen tcp4 :8080: bind: address already in use",
            ContainerFault.PORT_TAKEN,
            "8080",
        ),
        (
            "rootlessport cannot expose privileged port 80, you can add 'net.ipv4.ip_unpriv",
            ContainerFault.BAD_PORT,
            "80",
        ),
        ('invalid port specification: "99999"', ContainerFault.BAD_PORT, "99999"),
        (
            "fill out specgen: invalid range format for --expose: 99999/tcp: strconv",
            ContainerFault.BAD_PORT,
            "99999",
        ),
        ("No command specified", ContainerFault.NO_COMMAND, ""),
        (
            "container create: no command or entrypoint provided, and no CMD or ENTRYPOINT from",
            ContainerFault.NO_COMMAND,
            "",
        ),
        ("network mine not found", ContainerFault.NO_NETWORK, "mine"),
        (
            "container create: unable to find network with name or ID mine: network not found",
            ContainerFault.NO_NETWORK,
            "mine",
        ),
        (
            f'{RUNC}exec: "mine": executable file not found in $PATH: unknown',
            ContainerFault.NOT_FOUND,
            "mine",
        ),
        (
            f'{RUNC}exec: "/x": stat /x: no such file or directory: unknown',
            ContainerFault.NOT_FOUND,
            "/x",
        ),
        (
            "crun: executable file `mine` not found in $PATH: No such file or directory: OCI",
            ContainerFault.NOT_FOUND,
            "mine",
        ),
        (f'{RUNC}exec: "/bin": permission denied: unknown', ContainerFault.NOT_EXECUTABLE, "/bin"),
        (f'{RUNC}exec: "/bin": is a directory: unknown', ContainerFault.NOT_EXECUTABLE, "/bin"),
        (f"{RUNC}exec /bin/sh: exec format error", ContainerFault.OTHER_PLATFORM, ""),
        (
            "unable to find user app: no matching entries in passwd file",
            ContainerFault.NO_USER,
            "app",
        ),
        (
            "can't create 'AutoRemove' container with restart policy",
            ContainerFault.RESTARTS_AND_GOES,
            "",
        ),
        (
            "fill out specgen: the --rm option conflicts with --restart, when the restartPolicy",
            ContainerFault.RESTARTS_AND_GOES,
            "",
        ),
        (
            "error while creating mount source path '/usr/x': mkdir /usr/x: read-only file system",
            ContainerFault.READ_ONLY,
            "/usr/x",
        ),
        (
            "invalid volume specification: 'a:b': invalid mount config for type \"volume\": invalid"
            " mount path: 'b' mount path must be absolute",
            ContainerFault.BAD_MOUNT,
            "",
        ),
        (
            'container create: invalid container path "b", must be an absolute path',
            ContainerFault.BAD_MOUNT,
            "b",
        ),
        ("Duplicate mount point: /data", ContainerFault.BAD_MOUNT, "/data"),
        (
            "fill out specgen: /data: duplicate mount destination",
            ContainerFault.BAD_MOUNT,
            "/data",
        ),
        ("invalid mode: zz", ContainerFault.BAD_MOUNT, ""),
        (f'create x y: "x y" {NAMED}', ContainerFault.BAD_MOUNT, ""),
        (BIND, ContainerFault.BAD_MOUNT, ""),
        (
            f'{RUNC}error during container init: error mounting "/etc/passwd" to rootfs at "/bin":'
            " mount /etc/passwd:/bin (via /proc/self/fd/6), flags: 0x5000: not a directory",
            ContainerFault.BAD_MOUNT,
            "/etc/passwd",
        ),
    ],
)
def test_words_of_engines(words, fault, part):
    failure = container_meaning(EngineRefused("a:1", words, 500))

    assert (failure.fault, failure.part) == (fault, part)
    assert (failure.subject, failure.detail) == ("a:1", words)


def test_words_that_nobody_knows_stay_what_they_are():
    refused = EngineRefused("a:1", "the moon is in the wrong house", 500)

    assert container_meaning(refused) is refused
    assert log_meaning(refused) is refused
    assert change_meaning(refused) is None


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("run is not a valid change command", "run"),
        ("RUN is not a valid change command", "RUN"),
        ('CommitFailure: invalid change "RUN x" - invalid instruction RUN', "RUN x"),
        ('unable to import tarball: invalid change "ENV" - must be formatted', "ENV"),
        ("dockerfile parse error on line 1: unknown instruction: HELLO", "HELLO"),
        ("ENV requires at least one argument", ""),
    ],
)
def test_instructions_that_engines_do_not_take(words, part):
    failure = change_meaning(EngineRefused("a:1", words, 400))

    assert isinstance(failure, InvalidChange)
    assert (failure.subject, failure.part, failure.detail) == ("a:1", part, words)


def test_a_container_that_is_about_to_go_is_gone():
    words = "can not get logs from container which is dead or marked for removal"

    assert isinstance(log_meaning(EngineRefused("c1", words, 409)), ContainerNotFound)


@pytest.mark.parametrize(
    "words",
    [
        "configured logging driver does not support reading",
        "failed to obtain logs for Container 'w': this container is using the 'none' log driver,"
        " cannot read logs: this container is not logging output",
    ],
)
def test_engines_that_keep_no_log(words):
    assert isinstance(log_meaning(EngineRefused("c1", words, 500)), LogUnreadable)
