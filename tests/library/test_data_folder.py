from pathlib import Path

import platformdirs
import pytest

from player.core.errors import LibraryError
from player.library.data_folder import data_folder, make_folder


def test_the_command_line_goes_before_the_environment(tmp_path: Path) -> None:
    folders = data_folder(str(tmp_path / "asked"), {"OUTSPOKEN_DATA_DIR": str(tmp_path / "other")})
    assert folders.data == tmp_path / "asked"
    assert folders.cache == tmp_path / "asked" / "cache"


def test_the_environment_goes_before_the_custom_of_the_system(tmp_path: Path) -> None:
    folders = data_folder(None, {"OUTSPOKEN_DATA_DIR": str(tmp_path)})
    assert folders == (tmp_path, tmp_path / "cache")


def test_an_empty_variable_counts_as_none() -> None:
    folders = data_folder(None, {"OUTSPOKEN_DATA_DIR": ""})
    assert folders.data == Path(platformdirs.user_data_dir("outspoken", appauthor=False))
    assert folders.cache == Path(platformdirs.user_cache_dir("outspoken", appauthor=False))


def test_a_relative_folder_and_a_tilde_are_resolved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert data_folder("here", {}).data == tmp_path / "here"
    assert data_folder("~/there", {}).data == tmp_path / "home" / "there"


def test_choosing_makes_nothing(tmp_path: Path) -> None:
    data_folder(str(tmp_path / "asked"), {})
    assert not (tmp_path / "asked").exists()


def test_a_made_folder_is_the_listeners_alone(tmp_path: Path) -> None:
    make_folder(tmp_path / "deep" / "data")
    assert (tmp_path / "deep" / "data").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_is_there_keeps_its_rights(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o755)
    make_folder(tmp_path / "data")
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o755


def test_a_file_in_the_way_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(LibraryError, match=r"^The folder .*file/data cannot be made \([^()]+\)\.$"):
        make_folder(tmp_path / "file" / "data")
