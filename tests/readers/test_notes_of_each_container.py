"""Where notes lie in each container, and beside it; written by mutagen, ffmpeg and programs that are not ours."""

import json
import subprocess
from pathlib import Path

import pytest
from mutagen.id3 import COMM, ID3, TDES, USLT
from mutagen.oggopus import OggOpus

from player.isolation.reading import read_isolated
from player.readers.source import read_source
from tests.builders import ffmpeg, has_tool, make_audio, write_mp4_tags

WORDS = "What this talk is about: plans, and what comes of them. " * 5
LYRICS = "These are the words of the talk from beginning to end. " * 9


def notes(path: Path) -> str:
    return read_source(path).notes or ""


@pytest.mark.parametrize("name", ["a.mp3", "a.m4b", "a.opus", "a.ogg", "a.flac", "a.mka", "a.wma"])
@pytest.mark.parametrize("tag", ["description", "comment"])
def test_what_ffmpeg_writes_is_read(tmp_path: Path, name: str, tag: str) -> None:
    made = make_audio(tmp_path / f"made-{name}", 1)
    ffmpeg("-i", made, "-metadata", f"{tag}={WORDS}", "-c", "copy", tmp_path / name)
    assert WORDS.strip() in notes(tmp_path / name)


def write_id3(path: Path, *frames: object) -> Path:
    tags = ID3()
    for frame in frames:
        tags.add(frame)
    tags.save(path)
    return path


def test_id3_comments_descriptions_and_lyrics_are_read_and_what_programs_keep_there_is_not(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.mp3", 1)
    inner = COMM(encoding=3, lang="eng", desc="iTunSMPB", text=" 00000000 00000210" * 40)
    assert notes(write_id3(path, inner)) == ""
    assert "About" in notes(write_id3(path, inner, COMM(encoding=3, lang="eng", desc="", text="About it")))
    assert "told" in notes(write_id3(path, TDES(encoding=3, text="told")))
    assert "from beginning" in notes(write_id3(path, USLT(encoding=3, lang="eng", desc="", text=LYRICS)))
    both = (COMM(encoding=3, lang="eng", desc="", text=WORDS), USLT(encoding=3, lang="eng", desc="", text=LYRICS))
    assert "plans" in notes(write_id3(path, *both))


def test_the_longest_of_the_mp4_descriptions_is_taken(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.m4b", 1)
    write_mp4_tags(path, desc="Short", ldes=WORDS, cmt="By x")
    assert "plans" in notes(path)


@pytest.mark.skipif(not has_tool("AtomicParsley"), reason="AtomicParsley (package atomicparsley) is not installed")
def test_long_description_of_atomicparsley(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.m4a", 1)
    subprocess.run(["AtomicParsley", path, "--longdesc", WORDS, "--overWrite"], check=True, capture_output=True)
    assert "plans" in notes(path)


def test_notes_with_mark_up_are_made_safe_in_every_container(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.opus", 1)
    tags = OggOpus(path)
    tags["DESCRIPTION"] = '<p onclick=x>At <b>0:30</b> <img src=http://x> <a href="javascript:x">y</a>'
    tags.save()
    assert notes(path) == '<p>At <b><a href="place:30000">0:30</a></b>  y</p>'


def test_chapters_in_the_notes_of_a_recording_come_last(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.opus", 90)
    tags = OggOpus(path)
    tags["DESCRIPTION"] = "0:00 Intro\n0:30 Talk\n1:00 End"
    for number, start in enumerate(("00:00:00.000", "00:00:40.000"), 1):
        tags[f"CHAPTER{number:03}"] = start
        tags[f"CHAPTER{number:03}NAME"] = "Own"
    tags.save()
    assert [found.source for found in read_source(path).chapter_lists] == ["vorbis-comment", "notes"]


@pytest.mark.parametrize("name", ["a.description", "a.txt", "a.html", "a.md"])
def test_a_text_beside_a_recording_is_its_notes_with_or_without_chapters(tmp_path: Path, name: str) -> None:
    path = make_audio(tmp_path / "a.opus", 90)
    (tmp_path / name).write_text("Plans, plans, plans.", encoding="utf-8")
    assert read_isolated(path).notes == "<p>Plans, plans, plans.</p>"
    (tmp_path / name).write_text("Plans.\n\n0:00 Intro\n0:30 Talk\n1:00 End\n", encoding="utf-8")
    reading = read_isolated(path)
    assert "Plans." in (reading.notes or "")
    assert [found.source for found in reading.chapter_lists] == [f"text:{name}"]


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("a.info.json", {"extractor": "x", "webpage_url": "y", "description": "Plans."}),
        ("metadata.json", {"authors": [], "narrators": [], "chapters": [], "description": "<p>Plans."}),
        ("metadata.json", {"metadata": {"description": "Plans."}, "chapters": [{"start": 0, "title": "A"}]}),
        ("a.json", {"description": "Plans."}),
    ],
)
def test_a_description_in_json_beside_a_recording_is_its_notes(tmp_path: Path, name: str, document: object) -> None:
    path = make_audio(tmp_path / "a.opus", 2)
    (tmp_path / name).write_text(json.dumps(document), encoding="utf-8")
    assert read_isolated(path).notes == "<p>Plans.</p>"


def test_the_longer_of_the_notes_inside_and_beside_is_taken(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.m4b", 1)
    write_mp4_tags(path, desc=WORDS)
    (tmp_path / "a.description").write_text("Short.", encoding="utf-8")
    assert "plans" in (read_isolated(path).notes or "")
    (tmp_path / "a.description").write_text(LYRICS, encoding="utf-8")
    assert "from beginning" in (read_isolated(path).notes or "")


def test_a_list_of_chapters_and_a_transcript_are_no_notes(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.opus", 90)
    (tmp_path / "a.chapters.txt").write_text("00:00:00.000 A\n00:00:30.000 B\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("0:00 So\n0:04 hello and\n0:07 to this\n0:12 talk about\n", encoding="utf-8")
    (tmp_path / "a.json").write_text('{"description": 7}', encoding="utf-8")
    reading = read_isolated(path)
    assert reading.notes is None
    assert len(reading.chapter_lists) == 1
