"""Files that programs of others wrote are read: for each format the tool is named in the test, and needed by it."""

import subprocess
from pathlib import Path

import pytest

from player.core.outline import build
from player.core.reading import Reading
from player.readers.source import read_source
from tests.builders import (
    SEED_PAGE,
    SEED_SECONDS,
    Mark,
    cue_sheet,
    ffmpeg,
    has_tool,
    long_audio,
    make_audio,
    matroska_xml,
    seed_chapters,
    write_chpl,
    write_id3_chapters,
    write_id3_tags,
    write_matroska_chapters,
    write_vorbis_chapters,
)

MARKS: list[Mark] = [(0, 'Intro & "so"'), (1000, "1.1 Ünï = ; #"), (2000, "Ende")]
DEPTHS = [1, 2, 1]


def needs(tool: str, package: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not has_tool(tool), reason=f"{tool} (package {package}) is not installed")


def run(*arguments: str | Path) -> bytes:
    return subprocess.run([str(word) for word in arguments], check=True, capture_output=True).stdout


def marks(reading: Reading) -> list[Mark]:
    return [(mark.start_ms, mark.title) for mark in reading.chapter_lists[0].chapters]


def depths(reading: Reading) -> list[int | None]:
    return [mark.depth for mark in reading.chapter_lists[0].chapters]


def test_ffmetadata_of_ffmpeg(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.opus", 3)
    write_vorbis_chapters(path, MARKS)
    ffmpeg("-i", path, "-f", "ffmetadata", tmp_path / "a.txt")
    assert marks(read_source(tmp_path / "a.txt")) == MARKS


def test_json_of_ffprobe(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.mp3", 3)
    write_id3_tags(path, "Title", "Author")
    write_id3_chapters(path, MARKS, 3000)
    out = run("ffprobe", "-v", "error", "-show_chapters", "-show_format", "-of", "json", path)
    (tmp_path / "a.json").write_bytes(out)
    reading = read_source(tmp_path / "a.json")
    assert (reading.title, reading.author, marks(reading)) == ("Title", "Author", MARKS)


@needs("mkvmerge", "mkvtoolnix")
@pytest.mark.parametrize("name", ["b.mka", "b.mkv", "b.webm"])
def test_matroska_of_mkvmerge_is_a_tree(tmp_path: Path, name: str) -> None:
    path = make_audio(tmp_path / "a.webm", 3)
    (tmp_path / "x.xml").write_text(matroska_xml(MARKS, DEPTHS), encoding="utf-8")
    kind = ["--webm"] if name.endswith(".webm") else []
    run("mkvmerge", "-q", *kind, "-o", tmp_path / name, "--title", "Title", "--chapters", tmp_path / "x.xml", path)
    reading = read_source(tmp_path / name)
    assert (reading.title, marks(reading), depths(reading)) == ("Title", MARKS, DEPTHS)
    assert reading.notices == ()


@needs("mkvextract", "mkvtoolnix")
def test_xml_and_ogm_text_of_mkvextract(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.mka", 3)
    write_matroska_chapters(path, MARKS, 0, DEPTHS)
    run("mkvextract", path, "chapters", tmp_path / "x.xml")
    run("mkvextract", path, "chapters", "--simple", tmp_path / "x.txt")
    tree, flat = read_source(tmp_path / "x.xml"), read_source(tmp_path / "x.txt")
    assert (marks(tree), depths(tree)) == (MARKS, DEPTHS)
    assert (flat.chapter_lists[0].source, marks(flat)) == ("ogm", [MARKS[0], MARKS[2]])  # it drops what is nested


@needs("vorbiscomment", "vorbis-tools")
def test_comments_of_vorbiscomment(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.ogg", 3)
    text = "chapter00=00:00:00.000\nchapter00name=Intro\nCHAPTER01=00:00:01.500\nCHAPTER01NAME=1.1 Ünï\n"
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    run("vorbiscomment", "-R", "-w", "-c", tmp_path / "x.txt", path)
    assert marks(read_source(path)) == [(0, "Intro"), (1500, "1.1 Ünï")]


@needs("metaflac", "flac")
def test_cue_sheet_that_metaflac_put_into_a_comment(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.flac", 3)
    (tmp_path / "x.cue").write_text(cue_sheet(MARKS), encoding="utf-8")
    run("metaflac", f"--set-tag-from-file=CUESHEET={tmp_path / 'x.cue'}", path)
    assert marks(read_source(path)) == MARKS


@needs("cueconvert", "cuetools")
def test_cue_sheet_of_cueconvert(tmp_path: Path) -> None:
    (tmp_path / "x.cue").write_text(cue_sheet(MARKS), encoding="utf-8")
    run("cueconvert", "-i", "cue", "-o", "toc", tmp_path / "x.cue", tmp_path / "x.toc")
    run("cueconvert", "-i", "toc", "-o", "cue", tmp_path / "x.toc", tmp_path / "y.cue")
    assert marks(read_source(tmp_path / "y.cue"))[1:] == MARKS[1:]  # it loses a title with quotes in it


EYED3 = """
import sys, eyed3
file = eyed3.load(sys.argv[1])
file.tag or file.initTag()
for number, (start, end, title) in enumerate([(0, 1000, "Intro"), (1000, 2000, "1.1 Ünï"), (2000, 3000, "Ende")]):
    file.tag.chapters.set(b"ch%d" % number, (start, end)).title = title
file.tag.table_of_contents.set(b"toc", toplevel=True, ordered=True, child_ids=[b"ch0", b"ch1", b"ch2"])
file.tag.save()
"""


@needs("eyeD3", "eyed3")
def test_chapters_of_eyed3(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.mp3", 3)
    run("/usr/bin/python3", "-c", EYED3, path)
    assert marks(read_source(path)) == [(0, "Intro"), (1000, "1.1 Ünï"), (2000, "Ende")]


WORKED_CASE = [8, 31, 37, 26, 17]  # sections on each level of the seed


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Six hours in every container, with the seed's chapters in it."""
    folder = tmp_path_factory.mktemp("seeds")
    chapters = seed_chapters()
    found = {"text": SEED_PAGE}
    found["mp3"] = long_audio(folder / "a.mp3", SEED_SECONDS)
    write_id3_chapters(found["mp3"], chapters, SEED_SECONDS * 1000)
    found["m4b"] = folder / "a.m4b"
    silence = f"anullsrc=r=8000:cl=mono:d={SEED_SECONDS}"
    ffmpeg("-f", "lavfi", "-i", silence, "-c:a", "alac", "-f", "ipod", found["m4b"])  # AAC would take far longer
    write_chpl(found["m4b"], chapters)
    found["opus"] = long_audio(folder / "a.opus", SEED_SECONDS)
    write_vorbis_chapters(found["opus"], chapters)
    found["mka"] = folder / "a.mka"
    ffmpeg("-i", found["opus"], "-map_chapters", "-1", "-c", "copy", found["mka"])
    if has_tool("mkvpropedit"):
        write_matroska_chapters(found["mka"], chapters)
    else:
        ffmpeg("-i", found["opus"], "-c", "copy", found["mka"])
    return found


@pytest.mark.parametrize("name", ["text", "mp3", "m4b", "opus", "mka"])
def test_seed_gives_its_worked_case_from_text_and_every_container_alike(seeds: dict[str, Path], name: str) -> None:
    reading = read_source(seeds[name])
    chapters = reading.chapter_lists[0].chapters
    assert [(chapter.start_ms, chapter.title) for chapter in chapters] == list(seed_chapters())
    outline = build(chapters, SEED_SECONDS * 1000)
    assert [sum(section.depth == depth for section in outline.sections) for depth in range(1, 6)] == WORKED_CASE
