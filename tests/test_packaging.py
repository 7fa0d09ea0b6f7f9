"""What packagers are given is complete and agrees with the program."""

import configparser
import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

import layerhold
from layerhold import resources

TOP = Path(__file__).parents[1]
PACKAGING = TOP / "packaging"
SOURCES = sorted((TOP / "gui").rglob("*.py"))
ICON = re.compile(r'\bicon\(\s*"([\w-]+)"')


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def launcher():
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(PACKAGING / "layerhold.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def test_the_launcher_starts_what_is_installed(project, launcher):
    assert launcher["Exec"] in project["project"]["gui-scripts"]
    assert launcher["Comment"] == project["project"]["description"]


def test_the_launchers_icon_is_ours(launcher):
    assert (resources.root() / "icons" / f"{launcher['Icon']}.svg").is_file()


def test_the_software_centre_knows_the_launcher():
    (path,) = PACKAGING.glob("*.metainfo.xml")
    component = ElementTree.parse(path).getroot()

    assert component.findtext("id") == path.name.removesuffix(".metainfo.xml")
    assert component.findtext("launchable") == "layerhold.desktop"
    assert component.findtext("project_license") == "MIT"


def test_every_icon_that_the_program_names_is_there():
    texts = (source.read_text(encoding="utf-8") for source in SOURCES)
    named = {name for text in texts for name in ICON.findall(text)}

    drawn = {path.name.removesuffix(".svg") for path in (resources.root() / "icons").iterdir()}

    assert named <= drawn
    assert "docker-off" in named


def test_old_pythons_get_bindings_that_do_not_abort(project):
    lines = [line for line in project["project"]["dependencies"] if line.startswith("PySide6")]

    assert any("<6.12" in line and "python_version < '3.12'" in line for line in lines)
    assert len(lines) == 2


def test_a_released_version_stands_in_the_changelog():
    text = (TOP / "CHANGELOG.md").read_text(encoding="utf-8")

    assert "## [Unreleased]" in text or f"## [{layerhold.__version__}]" in text
