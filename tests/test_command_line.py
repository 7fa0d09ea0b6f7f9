import pytest

from layerhold import __version__
from layerhold.command_line import Options, parse
from layerhold.engine.candidates import Choice


def test_nothing_said_is_nothing_chosen():
    assert parse([]) == Options()
    assert Options().choice == Choice()


def test_everything_can_be_said():
    words = (
        "--host tcp://h:1 --screenshot a.png --select nginx:1 --tab layers --dialog remove "
        "--size 1280x800 --theme dark --scale 1.5 --wait all"
    )

    assert parse(words.split()) == Options(
        choice=Choice(host="tcp://h:1"),
        screenshot="a.png",
        select="nginx:1",
        tab="Layers",
        dialog="remove",
        size=(1280, 800),
        theme="dark",
        scale=1.5,
        wait="all",
    )


def test_the_doctor_takes_an_engine_on_either_side():
    asked = Options(Choice(context="work"), doctor=True)

    assert parse(["doctor", "--context", "work"]) == asked
    assert parse(["--context", "work", "doctor"]) == asked


def test_files_are_to_be_loaded():
    assert parse(["a.tar", "--theme", "dark", "b"]) == Options(theme="dark", files=("a.tar", "b"))
    assert parse(["./doctor"]).files == ("./doctor",)
    assert parse(["doctor", "a.tar"]).files == ("doctor", "a.tar")


def test_names_are_taken_as_the_window_shows_them():
    assert parse(["--tab", "used BY"]).tab == "Used by"
    assert parse(["--dialog", "Remove images"]).dialog == "remove"
    assert parse(["--dialog", "Log in to a registry"]).dialog == "log_in"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--size", "big"], "such as 1280x800"),
        (["--size", "1x99999999999"], "pixels"),
        (["--scale", "nan"], "a number from 0.5 to 4"),
        (["--scale", "0"], "a number from 0.5 to 4"),
        (["--tab", "Layer"], "there are Layers, Inspect"),
        (["--dialog", ""], "there are about"),
        (["--theme", "pink"], "invalid choice"),
        (["--host", " "], "is empty"),
        (["--host", "a", "--context", "b"], "not allowed with"),
        (["--host", "a", "--store", "b"], "not allowed with"),
        (["--store", ""], "is empty"),
        (["--wait", "some"], "invalid choice"),
        (["--nonsense"], "unrecognized"),
    ],
)
def test_what_makes_no_sense_is_told(capsys, words, told):
    with pytest.raises(SystemExit) as ended:
        parse(words)

    assert ended.value.code == 2
    assert told in capsys.readouterr().err


def test_the_version(capsys):
    with pytest.raises(SystemExit) as ended:
        parse(["--version"])

    assert ended.value.code == 0
    assert capsys.readouterr().out == f"Layerhold {__version__}\n"


def test_a_store_is_named_by_its_folder():
    assert parse(["--store", "images"]).choice == Choice(store="images")
