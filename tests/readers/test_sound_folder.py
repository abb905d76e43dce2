import os
import tempfile
from pathlib import Path

import pytest

from player.core.notice import Notice
from player.readers import sound_folder as module
from player.readers.sound_folder import walk


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    for name in ("b10.mp3", "b9.mp3", ".hidden.mp3", "cover.jpg", "A/1.opus", ".git/2.mp3", "A/B/3.m4b", "C/notes.txt"):
        path = tmp_path / "shelf" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return tmp_path / "shelf"


def names(folder: Path) -> tuple[list[str], list[str]]:
    """The files found beneath ``folder``, and what was told."""
    told: list[Notice] = []
    found = [os.path.relpath(file.path, folder) for files in walk(str(folder), told.append) for file in files]
    return found, [notice.message for notice in told]


def test_sound_is_found_by_name_in_natural_order_and_hidden_files_are_passed_over(shelf: Path):
    assert names(shelf) == (["b9.mp3", "b10.mp3", "A/1.opus", "A/B/3.m4b"], [])


def test_links_are_followed_once(shelf: Path):
    (shelf / "A" / "round").symlink_to(shelf)
    (shelf / "A" / "self").symlink_to(shelf / "A")
    (shelf / "other").symlink_to(shelf / "A" / "B")
    (shelf / "b9 again.mp3").symlink_to(shelf / "b9.mp3")
    found, told = names(shelf)
    assert sorted(found) == ["A/1.opus", "A/B/3.m4b", "b10.mp3", "b9.mp3"]
    assert len(told) == 3
    assert all("a second time" in sentence for sentence in told)


def test_what_is_no_file_or_leads_nowhere_is_told(shelf: Path):
    os.mkfifo(shelf / "pipe.mp3")
    (shelf / "gone.mp3").symlink_to(shelf / "nowhere.mp3")
    (shelf / "gone.txt").symlink_to(shelf / "nowhere.txt")
    (shelf / "round.mp3").symlink_to("round.mp3")
    found, told = names(shelf)
    assert len(found) == 4
    assert len(told) == 3
    assert "“pipe.mp3” was left out: it is not a regular file." in told


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX here")
def test_a_folder_that_may_not_be_looked_into_is_told():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        Path(folder, "b.mp3").write_bytes(b"x")
        Path(folder, "A").mkdir()
        Path(folder, "A").chmod(0)
        is_root = os.geteuid() == 0
        os.seteuid(65534 if is_root else os.geteuid())  # root may look into everything
        try:
            found, told = names(Path(folder))
        finally:
            os.seteuid(0 if is_root else os.geteuid())
    assert found == ["b.mp3"]
    assert told == ["“A” could not be looked into: Permission denied."]


def test_depth_and_number_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    deep = tmp_path
    for _ in range(40):
        deep = deep / "d"
        deep.mkdir()
        (deep / "a.mp3").write_bytes(b"x")
    found, told = names(tmp_path)
    assert len(found) == module.DEEPEST - 1
    assert told == ["“d” lies more than 32 folders deep and was left out."]
    monkeypatch.setattr(module, "MOST", 3)
    found, told = names(tmp_path)
    assert len(found) == 3
    assert told == ["There are more than 3 files; the others were left out."]


def test_a_walk_that_is_no_longer_wanted_ends(shelf: Path):
    assert list(walk(str(shelf), lambda _: None, lambda: False)) == []


@pytest.mark.parametrize("name", ["missing", "b9.mp3"])
def test_what_is_no_folder_is_an_error(shelf: Path, name: str):
    with pytest.raises(OSError, match=r"."):
        list(walk(str(shelf / name), lambda _: None))


def test_a_name_that_is_no_text_is_found(shelf: Path):
    (shelf / "\udcff.mp3").write_bytes(b"x")
    assert "\udcff.mp3" in names(shelf)[0]
