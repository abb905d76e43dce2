"""What every format must pass, whatever reads it."""

from pathlib import Path

import pytest

from player.core.notice import Notice
from player.readers.formats import FORMATS, format_of
from player.readers.head import Head, read_head
from player.readers.source import read_source
from tests.builders import (
    Mark,
    has_tool,
    make_audio,
    png,
    write_chpl,
    write_ffmpeg_chapters,
    write_id3_chapters,
    write_id3_tags,
    write_matroska_chapters,
    write_mp4_tags,
    write_overdrive_markers,
    write_quicktime_track,
    write_vorbis_chapters,
)

SOUNDS = {
    "a.mp3": "mp3",
    "a.m4a": "mp4",
    "a.m4b": "mp4",
    "a.mp4": "mp4",
    "a.ogg": "ogg",
    "a.opus": "ogg",
    "a.flac": "flac",
    "a.wav": "wav",
    "a.aiff": "aiff",
    "a.aac": "aac",
    "a.mka": "matroska",
    "a.webm": "matroska",
    "a.wma": "asf",
}
EXACT = {"mp3", "mp4", "ogg", "flac", "wav", "aiff", "aac", "matroska"}
TOLERANCE_MS = {"aac": 45, "matroska": 22}  # whole blocks of sound count: of AAC, and of Opus with what runs in
CHAPTERED = {
    "id3.mp3": write_id3_chapters,
    "id3.aac": write_id3_chapters,
    "id3.wav": write_id3_chapters,
    "id3.aiff": write_id3_chapters,
    "overdrive.mp3": write_overdrive_markers,
    "chpl.m4b": write_chpl,
    "track.m4b": write_quicktime_track,
    "comments.ogg": write_vorbis_chapters,
    "comments.opus": write_vorbis_chapters,
    "comments.flac": write_vorbis_chapters,
    "atoms.mka": write_matroska_chapters,
    "atoms.webm": write_matroska_chapters,
}
TOOLS = {write_matroska_chapters: "mkvpropedit"}
CASES: dict[str, list[Mark]] = {
    "one after the other": [(0, "One"), (1000, "Two"), (2000, "Three")],
    "any letters": [(0, "“Größe” – 100 %"), (1000, "十二 目次"), (2000, "Ещё раз: עברית 🎉")],
    "long titles": [(0, "x" * 126), (1000, "y" * 200), (2000, "z" * 255)],
    "the same title each time": [(0, "Part"), (1000, "Part"), (2000, "Part")],
    "what looks like mark-up": [(0, "<b>a</b> &amp; %s {0}"), (1000, "a=b;c#d\\e"), (2000, "'\"`$(x)")],
    "numbers": [(0, "1. A"), (500, "1.1 B"), (2000, "2 C")],
    "many": [(start * 10, f"Chapter {start}") for start in range(250)],
}


@pytest.fixture(scope="module")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sounds")
    for name in SOUNDS:
        make_audio(folder / name, 3)
    return folder


def copy_of(sounds: Path, folder: Path, name: str) -> Path:
    """A sound to be chaptered; the test is skipped when what writes its chapters is not installed."""
    tool = TOOLS.get(CHAPTERED[name])
    if tool and not has_tool(tool):
        pytest.skip(f"{tool} is not installed")
    path = folder / name
    path.write_bytes((sounds / f"a{path.suffix}").read_bytes())
    return path


@pytest.mark.parametrize("name", SOUNDS)
def test_sound_is_recognised_by_content_whatever_its_name(sounds: Path, tmp_path: Path, name: str) -> None:
    raw = (sounds / name).read_bytes()
    for disguise in (name, "a", "a.txt", "a.mp3", "a.json"):
        path = tmp_path / disguise
        path.write_bytes(raw)
        row = format_of(read_head(path))
        assert (row.name, row.is_sound) == (SOUNDS[name], True)


@pytest.mark.parametrize("name", SOUNDS)
def test_untagged_sound_is_read_without_a_word(sounds: Path, name: str) -> None:
    reading = read_source(sounds / name)
    assert reading.container == SOUNDS[name]
    assert (reading.title, reading.author, reading.cover, reading.chapter_lists) == (None, None, None, ())
    assert reading.notices == ()
    if reading.container in EXACT:
        assert reading.duration_ms == pytest.approx(3000, abs=TOLERANCE_MS.get(reading.container, 1))


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", CHAPTERED)
def test_chapters_are_read_as_they_were_written(sounds: Path, tmp_path: Path, name: str, case: str) -> None:
    path = copy_of(sounds, tmp_path, name)
    CHAPTERED[name](path, CASES[case])
    (chapters,) = read_source(path).chapter_lists
    assert [(chapter.start_ms, chapter.title) for chapter in chapters.chapters] == CASES[case]
    assert chapters.notices == ()


@pytest.mark.parametrize("name", ["a.mp3", "a.m4b", "a.m4a", "a.opus", "a.mka", "a.webm"])
def test_chapters_written_by_ffmpeg_are_read(sounds: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes((sounds / name).read_bytes())
    write_ffmpeg_chapters(path, CASES["any letters"], 3000)
    chapters = read_source(path).chapter_lists[0]
    assert [(chapter.start_ms, chapter.title) for chapter in chapters.chapters] == CASES["any letters"]


@pytest.mark.parametrize("name", [name for name in CHAPTERED if name != "track.m4b"])  # whose times can only ascend
def test_odd_chapters_are_mended_and_told_alike(sounds: Path, tmp_path: Path, name: str) -> None:
    path = copy_of(sounds, tmp_path, name)
    CHAPTERED[name](path, [(2000, "C"), (0, "A"), (0, "A"), (1000, ""), (9_000_000, "X")])
    (chapters,) = read_source(path).chapter_lists
    assert [(chapter.start_ms, chapter.title) for chapter in chapters.chapters] == [
        (0, "A"),
        (1000, "Chapter 2"),
        (2000, "C"),
    ]
    assert [notice.code for notice in chapters.notices] == ["beyond-end", "repeat-dropped", "untitled"]


@pytest.mark.parametrize("name", ["a.mp3", "a.m4b", "a.aac"])
def test_title_author_and_cover_are_read(sounds: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes((sounds / name).read_bytes())
    if name == "a.m4b":
        write_mp4_tags(path, nam="Title", ART="Author", alb="Album", covr=[png()])
    else:
        write_id3_tags(path, "Title", "Author", "Album", png())
    reading = read_source(path)
    assert (reading.title, reading.author, reading.album) == ("Title", "Author", "Album")
    assert reading.cover is not None
    assert reading.cover.data == png()


@pytest.mark.parametrize("name", SOUNDS)
@pytest.mark.parametrize("share", [0.02, 0.5, 0.98])
def test_cut_sound_is_still_that_sound(sounds: Path, tmp_path: Path, name: str, share: float) -> None:
    raw = (sounds / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(raw[: max(64, int(len(raw) * share))])
    reading = read_source(path)
    assert reading.container == SOUNDS[name]
    assert all(isinstance(notice, Notice) and notice.message.endswith(".") for notice in reading.notices)


@pytest.mark.parametrize("name", SOUNDS)
def test_sound_alone_is_read_without_tags(sounds: Path, name: str) -> None:
    row = format_of(read_head(sounds / name))
    assert row.read_sound(sounds / name).container == SOUNDS[name]


def head(first: bytes, suffix: str = "") -> Head:
    return Head(suffix, first, first)


@pytest.mark.parametrize(
    ("first", "suffix", "name"),
    [
        (b'{"chapters": []}', "", "json"),
        (b'\xef\xbb\xbf {"a":1}', ".txt", "json"),
        (b'[{"a": 1}]', "", "json"),
        (b"[0:00] Intro", "", "text"),
        (b"0:00 Intro", ".mp3", "text"),
        (b"#EXTM3U\nhttp://x", ".mp3", "text"),
        (b"ffconcat version 1.0", ".mp3", "text"),
        (b"ID3\x04\0\0\0\0\0\0", "", "mp3"),
        (bytes(4096), ".mp3", "mp3"),
        (bytes(100) + b"\xff\xfb\x90\0", "", "mp3"),
        (bytes(4096), "", "text"),
        (b"FORM\0\0\0\0AIFC", "", "aiff"),
        (b"RF64\0\0\0\0WAVE", "", "wav"),
        (b"RIFF\0\0\0\0WEBP", "", "text"),
        (b"caff\0\1", "", "caf"),
    ],
)
def test_format_is_told_by_the_first_bytes(first: bytes, suffix: str, name: str) -> None:
    assert format_of(head(first, suffix)).name == name


def test_last_row_takes_whatever_no_other_does() -> None:
    assert FORMATS[-1].recognises(head(b"\x01\x02"))
    assert not FORMATS[-1].is_sound
