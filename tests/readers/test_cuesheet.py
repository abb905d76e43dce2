import subprocess
from pathlib import Path

import pytest
from mutagen.flac import FLAC, CueSheetTrack, CueSheetTrackIndex
from mutagen.flac import CueSheet as Block
from mutagen.oggopus import OggOpus

from player.core.chapter import ChapterList
from player.readers.cuesheet import cuesheet_chapters
from player.readers.source import read_source
from tests.builders import cue_sheet, has_tool, make_audio

RATE = 44_100
MARKS = [(0, "One"), (1000, "Two"), (2000, "Three")]


def block(*tracks: tuple[int, int, list[tuple[int, int]]]) -> Block:
    """Tracks as (number, offset, indexes as (number, offset from there))."""
    sheet = Block(None)
    for number, offset, indexes in tracks:
        track = CueSheetTrack(number, offset)
        track.indexes = [CueSheetTrackIndex(*index) for index in indexes]
        sheet.tracks.append(track)
    return sheet


def rows(chapters: ChapterList | None) -> list[tuple[int, str]]:
    assert chapters is not None
    return [(chapter.start_ms, chapter.title) for chapter in chapters.chapters]


def test_track_starts_at_its_index_01_and_the_lead_out_is_none() -> None:
    sheet = block((1, 0, [(1, 0)]), (2, RATE, [(0, 0), (1, RATE // 2)]), (3, 3 * RATE, []), (170, 9 * RATE, []))
    chapters = cuesheet_chapters([], sheet, RATE, "a", None)
    assert rows(chapters) == [(0, "Chapter 1"), (1500, "Chapter 2"), (3000, "Chapter 3")]


def test_track_without_index_01_starts_at_its_first_index() -> None:
    sheet = block((1, 0, [(1, 0)]), (2, RATE, [(2, RATE), (3, 2 * RATE)]))
    assert rows(cuesheet_chapters([], sheet, RATE, "a", None))[1] == (2000, "Chapter 2")


def test_comment_comes_before_the_block_since_it_has_titles() -> None:
    sheet = block((1, 0, [(1, 0)]), (2, RATE, [(1, 0)]), (255, 9 * RATE, []))
    comments = [("TITLE", "x"), ("CueSheet", cue_sheet(MARKS))]
    chapters = cuesheet_chapters(comments, sheet, RATE, "a", None)
    assert rows(chapters) == MARKS
    assert chapters is not None
    assert chapters.source == "cuesheet"


@pytest.mark.parametrize("comment", ["", "no sheet at all", 'FILE "x" WAVE'])
def test_comment_that_says_nothing_leaves_the_block(comment: str) -> None:
    sheet = block((1, 0, [(1, 0)]), (2, RATE, [(1, 0)]))
    assert len(rows(cuesheet_chapters([("CUESHEET", comment)], sheet, RATE, "a", None))) == 2


def test_without_either_there_are_no_chapters() -> None:
    assert cuesheet_chapters([("TITLE", "x")], None, RATE, "a", None) is None
    assert cuesheet_chapters([], block((1, 0, []), (170, 9, [])), 0, "a", None) is None


@pytest.mark.parametrize("name", ["a.flac", "a.opus"])
def test_comment_is_read_from_a_file(tmp_path: Path, name: str) -> None:
    path = make_audio(tmp_path / name, 3)
    file = FLAC(path) if name == "a.flac" else OggOpus(path)
    file["CUESHEET"] = cue_sheet(MARKS)
    file.save()
    assert rows(read_source(path).chapter_lists[0]) == MARKS


@pytest.mark.skipif(not has_tool("metaflac"), reason="metaflac (package flac) is not installed")
def test_block_written_by_metaflac_is_read(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.flac", 3, None, "-ar", "44100")
    (tmp_path / "x.cue").write_text(cue_sheet(MARKS), encoding="utf-8")
    subprocess.run(["metaflac", f"--import-cuesheet-from={tmp_path / 'x.cue'}", path], check=True, capture_output=True)
    (chapters,) = read_source(path).chapter_lists
    assert chapters.source == "cuesheet-block"
    assert rows(chapters) == [(0, "Chapter 1"), (1000, "Chapter 2"), (2000, "Chapter 3")]
