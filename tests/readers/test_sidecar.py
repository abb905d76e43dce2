import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from player.core.reading import Reading
from player.readers import sidecar
from player.readers.sidecar import MAX_TEXT, read_sidecars
from player.readers.sidecar_name import MAX_SIDECARS, sidecar_state
from tests.builders import DATA, cue_sheet, ffmetadata, png

MARKS = [(0, "One"), (60_000, "Two"), (120_000, "Three")]
LENGTH_MS = 600_000
OGM = "CHAPTER01=00:00:00.000\nCHAPTER01NAME=One\nCHAPTER02=00:01:00.000\nCHAPTER02NAME=Two\n"
NOTES = "About this.\n\n0:00 One\n1:00 Two\n2:00 Three\n"
ABS = '{"chapters": [{"id": 0, "start": 0, "end": 60, "title": "One"}, {"start": 60, "title": "Two"}], "title": "T"}'


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """Its bytes are never looked at."""
    path = tmp_path / "My book.m4b"
    path.touch()
    return path


def write(sound: Path, name: str, text: str) -> None:
    (sound.parent / name).write_text(text, encoding="utf-8")


def sources(reading: Reading) -> list[str]:
    return [chapters.source for chapters in reading.chapter_lists]


def told(reading: Reading) -> list[str]:
    return [notice.message for notice in reading.notices]


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("My book.cue", cue_sheet(MARKS), "cue"),
        ("My book.m4b.cue", cue_sheet(MARKS), "cue"),
        ("MY BOOK.CUE", cue_sheet(MARKS), "cue"),
        ("My book.chapters.txt", OGM, "ogm"),
        ("My book.chapters", OGM, "ogm"),
        ("My book_chapters.txt", NOTES, "text"),
        ("My book-chapters.json", ABS, "audiobookshelf"),
        ("My book.ffmetadata", ffmetadata(MARKS), "ffmetadata"),
        ("My book.pbf", "[Bookmark]\n0=0*One*FFD8\n1=60000*Two*FFD8\n2=\n", "potplayer"),
        ("My book.txt", NOTES, "text"),
        ("My book.description", NOTES, "text"),
        ("metadata.json", ABS, "audiobookshelf"),
        ("chapters.txt", OGM, "ogm"),
        ("another name.cue", cue_sheet(MARKS), "cue"),
    ],
)
def test_file_of_chapters_is_found_by_its_name(sound: Path, name: str, text: str, kind: str) -> None:
    write(sound, name, text)
    reading = read_sidecars(sound, LENGTH_MS)
    assert sources(reading) == [f"{kind}:{name}"]
    assert [chapter.title for chapter in reading.chapter_lists[0].chapters][:2] == ["One", "Two"]
    assert told(reading) == []


@pytest.mark.parametrize(
    "name", ["My book 2.cue", "My bookends.txt", "Your book.txt", "cover.txt", "My book.srt", "x.json"]
)
def test_other_files_are_left_alone(sound: Path, name: str) -> None:
    write(sound, name, NOTES)
    assert replace(read_sidecars(sound, LENGTH_MS), sidecars=(), notes=None) == Reading()


@pytest.mark.parametrize("name", ["metadata.json", "chapters.txt", "another name.cue"])
def test_file_without_the_name_of_a_recording_belongs_to_none_of_several(sound: Path, name: str) -> None:
    write(sound, name, OGM)
    (sound.parent / "Another.mp3").touch()
    assert replace(read_sidecars(sound, LENGTH_MS), sidecars=(), notes=None) == Reading()


@pytest.mark.parametrize(
    "path", sorted(path for path in (DATA / "chapter-file").iterdir() if path.suffix != ".expected")
)
def test_every_kind_of_chapter_file_is_read_beside_a_sound(sound: Path, path: Path) -> None:
    end = "".join(path.suffixes[-2:]) if ".chapters" in path.name or ".info" in path.name else path.suffix
    (sound.parent / f"{sound.stem}{end}").write_bytes(path.read_bytes())
    if path.stem == "cue-several-files":
        sound = sound.rename(sound.with_name("cd2.m4b"))
        (sound.parent / f"My book{end}").rename(sound.parent / f"cd2{end}")
    (chapters,) = read_sidecars(sound, 400 * 3_600_000).chapter_lists
    assert len(chapters.chapters) > 1


def test_of_a_sheet_about_several_files_the_part_about_this_one_is_read(sound: Path) -> None:
    sheet = (DATA / "chapter-file" / "cue-several-files.cue").read_text(encoding="utf-8")
    second = sound.rename(sound.with_name("CD2.mp3"))
    write(second, "CD2.cue", sheet)
    (chapters,) = read_sidecars(second, 40 * 60_000).chapter_lists
    titles = [(chapter.start_ms, chapter.title) for chapter in chapters.chapters]
    assert titles == [(0, "Begins in the pause of the first, plays in the second"), (600_000, "Fourth")]
    assert chapters.notices == ()


def test_of_several_files_the_best_list_comes_first(sound: Path) -> None:
    write(sound, "My book.chapters.txt", OGM)
    write(sound, "My book.cue", cue_sheet([*MARKS, (180_000, "Four")]))
    write(sound, "My book.chapters.xml", (DATA / "chapter-file" / "matroska-nested.xml").read_text(encoding="utf-8"))
    reading = read_sidecars(sound, 2 * 3_600_000)
    assert sources(reading) == ["matroska-xml:My book.chapters.xml", "cue:My book.cue", "ogm:My book.chapters.txt"]


def test_title_and_author_are_those_of_the_first_file_that_has_them(sound: Path) -> None:
    write(sound, "My book.chapters.txt", OGM)
    write(sound, "metadata.json", ABS.replace('"title": "T"', '"title": "T", "authors": ["A"]'))
    reading = read_sidecars(sound, LENGTH_MS)
    assert (reading.title, reading.author, reading.album) == ("T", "A", None)


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("My book.cue", "nonsense", "“My book.cue” beside it was left out: There are no tracks"),
        ("My book.chapters.txt", "Only words.", "“My book.chapters.txt” beside it was left out: No list"),
        ("My book.chapters.json", '{"chapters": [', "“My book.chapters.json” beside it was left out: This chapter"),
        ("metadata.json", '{"chapters": [', "“metadata.json” beside it was left out: This chapter file is damaged"),
        ("My book.xml", "<rss><", "“My book.xml” beside it was left out: This file is damaged"),
        ("My book.cue", cue_sheet([(900_000, "A"), (950_000, "B")]), "Its chapters lie beyond the end."),
        ("My book.cue", "", "“My book.cue” beside it was left out: The file is empty."),
    ],
)
def test_broken_file_is_a_notice(sound: Path, name: str, text: str, sentence: str) -> None:
    write(sound, name, text)
    reading = read_sidecars(sound, LENGTH_MS)
    assert reading.chapter_lists == ()
    (message,) = told(reading)
    assert sentence in message


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("My book.txt", "It was the best of times, it was the worst of times."),
        ("My book.nfo", "Encoded on 2020-01-01."),
        ("metadata.json", '{"authors": [], "narrators": [], "chapters": []}'),
        ("My book.info.json", '{"extractor": "x", "webpage_url": "y", "description": "no times"}'),
        ("My book.json", '{"a": 1}'),
        ("My book.xml", "<rss><channel><item/></channel></rss>"),
        ("My book.txt", "0:00 So\n0:04 hello and welcome\n0:07 to this\n0:12 talk about\n0:15 nothing\n"),
        ("My book.txt", NOTES + "word " * (MAX_TEXT // 5)),
    ],
)
def test_file_that_need_not_hold_chapters_is_passed_over_in_silence(sound: Path, name: str, text: str) -> None:
    write(sound, name, text)
    assert replace(read_sidecars(sound, LENGTH_MS), sidecars=(), notes=None) == Reading()


def test_dense_list_is_read_where_the_name_says_that_it_is_one(sound: Path) -> None:
    write(sound, "My book.chapters.txt", "0:00 So\n0:04 hello\n0:07 to this\n")
    assert sources(read_sidecars(sound, LENGTH_MS)) == ["text:My book.chapters.txt"]


def test_reader_that_fails_in_any_way_is_a_notice(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_head: object) -> None:
        raise RecursionError

    write(sound, "My book.cue", cue_sheet(MARKS))
    monkeypatch.setattr(sidecar, "format_of", fail)
    assert told(read_sidecars(sound, LENGTH_MS)) == ["“My book.cue” beside it is damaged and was left out."]


def test_lone_chapter_that_fills_the_sound_says_nothing(sound: Path) -> None:
    write(sound, "My book.cue", cue_sheet([(0, "A"), (0, "A")]))
    (message,) = told(read_sidecars(sound, LENGTH_MS))
    assert "There are no tracks with times" in message


def test_chapters_beyond_the_end_are_left_out_and_told(sound: Path) -> None:
    write(sound, "My book.cue", cue_sheet([*MARKS, (700_000, "Beyond")]))
    (chapters,) = read_sidecars(sound, LENGTH_MS).chapter_lists
    assert len(chapters.chapters) == 3
    assert [notice.code for notice in chapters.notices] == ["beyond-end"]


def test_without_a_length_everything_is_kept(sound: Path) -> None:
    write(sound, "My book.cue", cue_sheet([(0, "A"), (9_000_000, "B")]))
    assert len(read_sidecars(sound, None).chapter_lists[0].chapters) == 2


def test_sound_and_pictures_by_such_names_are_not_read(sound: Path) -> None:
    (sound.parent / "My book.txt").write_bytes(b"ID3\x04\0\0\0\0\0\0" + bytes(100))
    (sound.parent / "My book.nfo").write_bytes(png())
    reading = read_sidecars(sound, LENGTH_MS)
    assert reading.chapter_lists == ()


def test_only_so_many_are_read(sound: Path) -> None:
    for number in range(MAX_SIDECARS + 5):
        separator = " ._-"[number % 4]
        end = ("txt", "json", "xml", "cue")[number // 4]
        write(sound, f"My book{separator}chapters.{end}", OGM)
    assert len(read_sidecars(sound, LENGTH_MS).chapter_lists) == MAX_SIDECARS


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names there")
def test_what_is_no_file_is_left_alone(sound: Path) -> None:
    os.mkfifo(sound.parent / "My book.cue")
    (sound.parent / "My book.chapters").mkdir()
    (sound.parent / "My book.pbf").symlink_to("My book.cue")
    (sound.parent / "My book.txt").symlink_to("/dev/zero")
    assert replace(read_sidecars(sound, LENGTH_MS), sidecars=(), notes=None) == Reading()


@pytest.mark.skipif(sys.platform != "linux", reason="names are text elsewhere")
def test_name_that_is_no_unicode_is_shown_safely(tmp_path: Path) -> None:
    sound = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.mp3"))
    sound.touch()
    sound.with_suffix(".cue").write_text(cue_sheet(MARKS), encoding="utf-8")
    assert sources(read_sidecars(sound, LENGTH_MS)) == ["cue:caf.cue"]


def test_folder_that_is_gone_holds_nothing(tmp_path: Path) -> None:
    assert read_sidecars(tmp_path / "gone" / "a.mp3", LENGTH_MS) == Reading()


def test_state_differs_when_a_file_comes_changes_or_goes(sound: Path) -> None:
    assert sidecar_state(sound) == ()
    write(sound, "My book.cue", cue_sheet(MARKS))
    (first,) = sidecar_state(sound)
    assert first.name == "My book.cue"
    write(sound, "My book.cue", cue_sheet(MARKS[:2]))
    assert sidecar_state(sound) != (first,)
    (sound.parent / "My book.cue").unlink()
    assert sidecar_state(sound) == ()
