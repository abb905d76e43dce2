import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from player.core.errors import SourceError
from player.core.reading import Reading
from player.isolation import batch as module
from player.isolation.batch import read_batch
from player.isolation.children import Children
from player.isolation.reading import read_isolated
from tests.builders import cue_sheet, make_audio, png, write_id3_chapters, write_id3_tags
from tests.isolation.test_reading import bomb


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    with Children(2) as own:
        yield own


def always() -> bool:
    return True


def read_all(paths: list[Path], children: Children) -> list[Reading | SourceError]:
    """All of ``paths``, as often as it takes."""
    found: list[Reading | SourceError] = []
    while len(found) < len(paths):
        found += read_batch([str(path) for path in paths[len(found) :]], children, always)
    return found


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A tagged MP3, one with a cue sheet beside it, text, and nothing."""
    folder = tmp_path_factory.mktemp("shelf")
    first, second = make_audio(folder / "a.mp3", 2), make_audio(folder / "b.mp3", 2)
    write_id3_tags(first, "Title", cover=png())
    write_id3_chapters(first, [(0, "A"), (1000, "B")])
    (folder / "b.cue").write_text(cue_sheet([(0, "C"), (1000, "D")], "b.mp3"))
    (folder / "c.txt").write_text("Nothing here.")
    return [first, second, folder / "c.txt", folder / "missing.mp3"]


def test_many_are_read_as_each_is_alone(shelf: list[Path], children: Children):
    found = read_all(shelf, children)
    for path, outcome in zip(shelf, found, strict=True):
        if isinstance(outcome, Reading):
            alone = read_isolated(path, children)
            assert outcome.frame_table is None
            assert outcome == module.replace(alone, frame_table=None)
            assert outcome.chapter_lists
        else:
            with pytest.raises(SourceError, match=str(outcome)[:20]):
                read_isolated(path, children)
    assert [isinstance(outcome, SourceError) for outcome in found] == [False, False, True, True]


def test_a_hostile_file_costs_none_of_the_others(shelf: list[Path], children: Children):
    hostile = shelf[0].with_name("hostile.mp3")
    hostile.write_bytes(bomb() + shelf[1].read_bytes())
    os.mkfifo(shelf[0].with_name("pipe.mp3"))
    try:
        paths = [shelf[0], hostile, shelf[0].with_name("pipe.mp3"), shelf[1]]
        first, bombed, pipe, last = read_all(paths, children)
    finally:
        hostile.unlink()
        shelf[0].with_name("pipe.mp3").unlink()
    assert isinstance(first, Reading)
    assert first.title == "Title"
    assert isinstance(last, Reading)
    assert last.duration_ms
    assert isinstance(pipe, SourceError)
    assert isinstance(bombed, Reading)
    assert any(notice.code in ("tags-too-much", "tags-unreadable") for notice in bombed.notices)


def test_what_is_no_longer_wanted_is_not_read(shelf: list[Path], children: Children):
    assert read_batch([str(path) for path in shelf], children, lambda: False) == []


def test_a_call_gives_back_what_a_moment_allows(shelf: list[Path], children: Children, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "SIZE", 2)
    assert len(read_batch([str(path) for path in shelf], children, always)) == 2
