import os
from pathlib import Path

import pytest

from player.core.errors import LibraryError
from player.core.frame_table import FrameTable
from player.library.sample_table_cache import SampleTableCache
from player.readers.mp3_frames import scan

FRAME = b"\xff\xfb\x90\x64" + bytes(413)


@pytest.fixture
def episode(tmp_path: Path) -> Path:
    path = tmp_path / "episode.mp3"
    path.write_bytes(FRAME * 300)
    return path


def table_of(path: Path) -> FrameTable:
    return scan(str(path))


def test_what_was_kept_is_found_again_the_same(tmp_path: Path, episode: Path) -> None:
    made = SampleTableCache(tmp_path / "tables").source_for(str(episode), table_of(episode))
    assert SampleTableCache(tmp_path / "tables").find(str(episode)) == made
    assert made.is_table
    assert made.duration_ms == table_of(episode).duration_ms
    assert len(made.sync_points) == 16
    assert all(raw == FRAME[:4] for _, raw in made.sync_points)


def test_nothing_is_found_for_a_file_never_seen_or_gone(tmp_path: Path, episode: Path) -> None:
    cache = SampleTableCache(tmp_path / "tables")
    assert cache.find(str(episode)) is None
    cache.source_for(str(episode), table_of(episode))
    episode.unlink()
    assert cache.find(str(episode)) is None


def test_a_changed_file_has_no_table_until_it_is_made_anew(tmp_path: Path, episode: Path) -> None:
    cache = SampleTableCache(tmp_path / "tables")
    cache.source_for(str(episode), table_of(episode))
    os.utime(episode, ns=(1, 1))
    assert cache.find(str(episode)) is None
    cache.source_for(str(episode), table_of(episode))
    assert cache.find(str(episode)) is not None


@pytest.mark.parametrize("suffix", ["head", "list", "json"])
@pytest.mark.parametrize("damage", ["gone", "cut", "other bytes"])
def test_a_damaged_entry_is_not_found_and_is_made_again(
    tmp_path: Path, episode: Path, suffix: str, damage: str
) -> None:
    cache = SampleTableCache(tmp_path / "tables")
    made = cache.source_for(str(episode), table_of(episode))
    (file,) = (tmp_path / "tables").glob(f"*.{suffix}")
    content = file.read_bytes()
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(content[: len(content) // 2] if damage == "cut" else bytes(len(content)))
    assert cache.find(str(episode)) is None
    assert cache.source_for(str(episode), table_of(episode)) == made
    assert cache.find(str(episode)) == made


@pytest.mark.parametrize("name", ["100 %", "a#b", "a?b", "a\nb"])
def test_a_directory_that_the_sound_could_not_open_is_replaced_by_a_temporary_one(
    tmp_path: Path, episode: Path, name: str
) -> None:
    cache = SampleTableCache(tmp_path / name)
    made = cache.source_for(str(episode), table_of(episode))
    assert made.list_path is not None
    assert not set("%#?\n") & set(made.list_path)
    assert cache.find(str(episode)) == made
    assert not (tmp_path / name).exists()


def test_what_was_least_lately_used_goes_first_when_space_is_short(tmp_path: Path) -> None:
    cache = SampleTableCache(tmp_path / "tables", max_bytes=9_000)
    paths = []
    for number in range(4):
        path = tmp_path / f"{number}.mp3"
        path.write_bytes(FRAME * 300)
        paths.append(str(path))
        cache.source_for(str(path), table_of(path))
        for file in (tmp_path / "tables").iterdir():
            info = file.stat()
            os.utime(file, ns=(info.st_atime_ns, info.st_mtime_ns - 10**10))  # time goes by
        if number == 2:
            assert cache.find(paths[1]) is not None  # used again
    assert [cache.find(path) is not None for path in paths] == [False, True, True, True] or [
        cache.find(path) is not None for path in paths
    ] == [False, True, False, True]
    assert sum(file.stat().st_size for file in (tmp_path / "tables").iterdir()) <= 9_000


def test_the_entry_just_made_stays_however_large(tmp_path: Path, episode: Path) -> None:
    cache = SampleTableCache(tmp_path / "tables", max_bytes=10)
    cache.source_for(str(episode), table_of(episode))
    assert cache.find(str(episode)) is not None


def test_foreign_files_in_the_directory_are_left_alone(tmp_path: Path, episode: Path) -> None:
    (tmp_path / "tables").mkdir()
    foreign = tmp_path / "tables" / "precious.txt"
    foreign.write_bytes(bytes(5_000))
    SampleTableCache(tmp_path / "tables", max_bytes=10).source_for(str(episode), table_of(episode))
    assert foreign.exists()


def test_what_cannot_be_written_is_one_sentence(tmp_path: Path, episode: Path) -> None:
    (tmp_path / "tables").write_bytes(b"a file where the directory should be")
    with pytest.raises(LibraryError) as caught:
        SampleTableCache(tmp_path / "tables").source_for(str(episode), table_of(episode))
    assert str(caught.value).endswith(".")
