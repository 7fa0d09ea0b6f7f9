"""The scripts behind `make` find what there is, and say plainly what there is not."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
SETUP = TOP / "packaging" / "setup"
SCRIPTS = sorted(SETUP.iterdir())
BASICS = (
    "sh",
    "sort",
    "tr",
    "mktemp",
    "rm",
    "cat",
    "sed",
    "dirname",
    "uname",
    "find",
    "grep",
    "tail",
)


@pytest.fixture
def machine(tmp_path):
    """A folder of programs that is all that a script can see."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in BASICS:
        path = next(p for p in (Path("/bin") / name, Path("/usr/bin") / name) if p.exists())
        (folder / name).symlink_to(path)
    return folder


def install(machine, name, script):
    program = machine / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def run(script, *args, path, **variables):
    environment = {"PATH": str(path), "HOME": str(path), **variables}
    return subprocess.run(
        [SETUP / script, *args],
        env=environment,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("script", [*SCRIPTS, TOP / ".ci" / "run"], ids=lambda path: path.name)
def test_every_script_can_be_run(script):
    assert script.stat().st_mode & stat.S_IXUSR
    assert subprocess.run(["sh", "-n", script], check=False).returncode == 0


def test_a_python_is_found_by_any_of_its_names(machine):
    install(machine, "python3", "exit 1")
    install(machine, "python3.12", f'exec {sys.executable} "$@"')

    assert run("find-python", path=machine).stdout.strip() == str(machine / "python3.12")


def test_a_shim_that_does_not_work_is_passed_over(machine):
    install(machine, "python3.14", "echo 'command not found' >&2; exit 127")
    install(machine, "python3.11", f'exec {sys.executable} "$@"')

    assert run("find-python", path=machine).stdout.strip() == str(machine / "python3.11")


def test_without_an_administrator_missing_packages_are_one_line_to_copy(machine):
    install(machine, "apt-get", "exit 99")
    install(machine, "id", "echo 1000")

    ended = run("install-packages", "libegl1=libEGL.so.1()(64bit)", "xvfb", "xvfb", path=machine)

    assert ended.returncode == 1
    assert "    sudo apt-get install --no-install-recommends libegl1 xvfb" in ended.stderr


def test_fedora_is_asked_for_the_library_itself(machine):
    install(machine, "dnf", "exit 99")
    install(machine, "id", "echo 1000")

    ended = run("install-packages", "libegl1=libEGL.so.1()(64bit)", "podman", path=machine)

    assert "    sudo dnf install 'libEGL.so.1()(64bit)' 'podman'" in ended.stderr


def test_an_administrator_gets_the_packages(machine, tmp_path):
    told = tmp_path / "told"
    install(machine, "id", "echo 0")
    install(machine, "apt-get", f'echo "$@" >>{told}')

    ended = run("install-packages", "libegl1=x", "fonts-dejavu-core=y", path=machine)

    assert ended.returncode == 0
    update, installation = told.read_text().splitlines()
    assert update == "-q update"
    assert installation.endswith("--no-install-recommends fonts-dejavu-core libegl1")


def test_what_apt_says_when_it_fails_is_shown(machine):
    install(machine, "id", "echo 0")
    install(machine, "apt-get", "echo E: no such host; exit 100")

    ended = run("install-packages", "libegl1", path=machine)

    assert ended.returncode == 1
    assert "E: no such host" in ended.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has packages to install")
def test_a_missing_library_is_named_by_its_package_instead_of_an_abort(machine, tmp_path):
    install(machine, "id", "echo 1000")
    install(machine, "apt-get", "exit 99")
    missing = ("libEGL.so.1", "libxkbcommon-x11.so.0", "libglib-2.0.so.0", "libxcb-icccm.so.4")
    install(machine, "ldd", "\n".join(f"echo '\t{name} => not found'" for name in missing))
    (machine / ".fonts").mkdir()
    (machine / ".fonts" / "a.ttf").touch()

    ended = run("check-system", "run", str(tmp_path), path=machine, DISPLAY=":0")

    assert ended.returncode == 1
    for package in ("libegl1", "libxkbcommon-x11-0", "libglib2.0-0", "libxcb-icccm4"):
        assert package in ended.stderr.split()


def test_this_machine_has_what_a_window_needs():
    venv = Path(sys.executable).parents[1]
    ended = run("check-system", "run", str(venv), path=os.environ["PATH"], DISPLAY=":0")

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
