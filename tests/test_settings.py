import pytest
from PySide6.QtCore import QByteArray, QSettings

from layerhold.settings import Layout, Settings


def store(tmp_path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


def test_what_is_saved_is_loaded(tmp_path):
    chosen = Settings(theme="dark", show_intermediate=True)
    kept = store(tmp_path)
    chosen.save(kept)
    kept.sync()

    assert Settings.load(store(tmp_path)) == chosen


def test_an_empty_or_broken_store_gives_the_defaults(tmp_path):
    (tmp_path / "settings.ini").write_text("[preferences]\nshow_intermediate=perhaps\n\0\n")

    assert Settings.load(store(tmp_path)) == Settings()


def test_the_layout_is_kept_by_part(tmp_path):
    layout = Layout(store(tmp_path))
    layout.keep({"window": QByteArray(b"abc")}, {"Activity": False})

    assert layout.state("window") == QByteArray(b"abc")
    assert layout.state("other").isEmpty()
    assert not layout.shown("Activity")
    assert layout.shown("Views")


@pytest.mark.parametrize("folders", [(), ("/one",), ("/one", "/two, three")])
def test_lists_come_back_whatever_their_length(tmp_path, folders):
    kept = store(tmp_path)
    Settings(archive_folders=folders).save(kept)
    kept.sync()

    assert Settings.load(store(tmp_path)).archive_folders == folders
