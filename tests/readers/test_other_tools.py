"""Files that programs of others wrote are read: for each format the tool is named in the test, and needed by it.

What is in Debian runs here (packages in resources/apt-test.txt; without one its test is skipped). What is on PyPI alone
ran once, and its file is kept in tests/data/other-tools, named after it: WRITTEN has the versions.

| format                      | written by                                                                            |
|-----------------------------|---------------------------------------------------------------------------------------|
| ID3 CHAP, CTOC              | eyeD3, ffmpeg; mp3chaps2, audiobook-dl (no CTOC), toc2audio                           |
| ID3 CTOC within CTOC        | none found: only by our own export and by mutagen from hand-made frames               |
| OverDrive MediaMarkers      | none found: the shop itself writes them; sonus on PyPI reads them, as we do           |
| MP4 chpl                    | ffmpeg, mp4v2 (pymp4v2)                                                               |
| MP4 QuickTime chapter track | ffmpeg, mp4v2 (pymp4v2), toc2audio                                                    |
| Vorbis comments             | vorbiscomment, oggenc, opusenc, ffmpeg, toc2audio                                     |
| FLAC CUESHEET block         | flac                                                                                  |
| FLAC CUESHEET comment       | metaflac                                                                              |
| Matroska, WebM              | mkvmerge, mkvpropedit, ffmpeg                                                         |
| cue                         | cueconvert, mp3splt, shntool                                                          |
| ffmetadata                  | ffmpeg, m4b-util                                                                      |
| OGM text                    | mkvextract, chapter-converter                                                         |
| mp4chaps text               | m4b-merge (mp4chaps itself and m4b-tool are in neither Debian 12 nor PyPI)            |
| Matroska XML                | mkvextract                                                                            |
| Audacity labels             | m4b-util (Audacity writes them only by hand in its window)                            |
| Audiobookshelf, Audible and | none found: servers write them; the programs on PyPI only keep or read their answers  |
| Audnexus JSON               |                                                                                       |
| yt-dlp info.json            | yt-dlp                                                                                |
| ffprobe JSON                | ffprobe                                                                               |
| Podlove web player JSON     | django-cast                                                                           |
| Podcasting 2.0 JSON         | podcast-chapter-tools, django-cast                                                    |
| Podlove Simple Chapters     | podcast-chapter-tools; within RSS and Atom by django-cast                             |

GPAC has left Debian, and what PyPI has of it is for Windows.
"""

import subprocess
from pathlib import Path

import pytest

from player.core.outline import build
from player.core.reading import Reading
from player.readers.source import read_source
from tests.builders import (
    DATA,
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


@needs("mp3splt", "mp3splt")
def test_cue_sheet_of_mp3splt(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.mp3", 3)
    (tmp_path / "x.cue").write_text(cue_sheet([(0, "Intro"), (1000, "1.1 Ünï"), (2000, "Ende")]), encoding="utf-8")
    run("mp3splt", "-Q", "-P", "-c", tmp_path / "x.cue", "-E", "y.cue", "-d", tmp_path, path)
    assert marks(read_source(tmp_path / "y.cue")) == [(0, "Intro"), (1000, "1.1 Ünï"), (2000, "Ende")]


@needs("shntool", "shntool")
def test_cue_sheet_of_shntool(tmp_path: Path) -> None:
    parts = [make_audio(tmp_path / name, 2, None, "-ar", "44100", "-ac", "2") for name in ("1.wav", "2.wav")]
    (tmp_path / "x.cue").write_bytes(run("shntool", "cue", "-q", *parts))
    assert marks(read_source(tmp_path / "x.cue")) == [(0, "Chapter 1"), (2000, "Chapter 2")]  # it knows no titles


@needs("flac", "flac")
def test_cue_sheet_block_of_flac(tmp_path: Path) -> None:
    sound = make_audio(tmp_path / "a.wav", 3, None, "-ar", "44100")
    (tmp_path / "x.cue").write_text(cue_sheet(MARKS), encoding="utf-8")
    run("flac", "-s", f"--cuesheet={tmp_path / 'x.cue'}", "-o", tmp_path / "a.flac", sound)
    reading = read_source(tmp_path / "a.flac")
    assert marks(reading) == [(0, "Chapter 1"), (1000, "Chapter 2"), (2000, "Chapter 3")]  # a block has no titles
    assert reading.chapter_lists[0].source == "cuesheet-block"


@needs("opusenc", "opus-tools")
@needs("oggenc", "vorbis-tools")
@pytest.mark.parametrize("tool", ["opusenc", "oggenc"])
def test_comments_of_encoders(tmp_path: Path, tool: str) -> None:
    sound = make_audio(tmp_path / "a.wav", 3)
    rows = ("CHAPTER001=00:00:00.000", "CHAPTER001NAME=Intro", "CHAPTER002=00:00:01.500", "CHAPTER002NAME=1.1 Ünï")
    comments = [word for row in rows for word in ("--comment", row)]
    quiet, out = ("--quiet", (tmp_path / "a.ogg",)) if tool == "opusenc" else ("-Q", ("-o", tmp_path / "a.ogg"))
    sides = (*out, sound) if tool == "oggenc" else (sound, *out)
    run(tool, quiet, *comments, *sides)
    assert marks(read_source(tmp_path / "a.ogg")) == [(0, "Intro"), (1500, "1.1 Ünï")]


TITLES = ["Intro", "1.1 Ünï", "Ende"]
WRITTEN = [  # file in tests/data/other-tools, package on PyPI and version, sources found in it
    ("mp3chaps2.mp3", "mp3chaps2 1.0.5", ["id3"]),
    ("audiobook-dl.mp3", "audiobook-dl 0.7.3", ["id3"]),
    ("toc2audio.mp3", "toc2audio 1.2.0", ["id3"]),
    ("toc2audio.opus", "toc2audio 1.2.0", ["vorbis-comment"]),
    ("toc2audio.m4a", "toc2audio 1.2.0", ["quicktime-track", "chpl"]),
    ("mp4v2-track.m4b", "pymp4v2 0.1.13", ["quicktime-track"]),
    ("mp4v2-chpl.m4b", "pymp4v2 0.1.13", ["chpl"]),
    ("mp4v2-both.m4b", "pymp4v2 0.1.13", ["quicktime-track", "chpl"]),
    ("m4b-util.ffmeta", "m4b-util 2025.4.16", ["ffmetadata"]),
    ("m4b-util.labels.txt", "m4b-util 2025.4.16", ["audacity"]),
    ("m4b-merge.chapters.txt", "m4b-merge 0.5.3", ["mp4chaps"]),
    ("chapter-converter.txt", "chapter-converter 1.2.1", ["ogm"]),
    ("yt-dlp.info.json", "yt-dlp 2026.10.26", ["yt-dlp"]),
    ("podcast-chapter-tools.json", "podcast-chapter-tools 0.2.0", ["podcast-json"]),
    ("podcast-chapter-tools.psc", "podcast-chapter-tools 0.2.0", ["psc"]),
    ("django-cast-chapters.json", "django-cast 0.2.67", ["podcast-json"]),
    ("django-cast-podlove.json", "django-cast 0.2.67", ["podlove-player"]),
    ("django-cast.rss", "django-cast 0.2.67", ["psc"]),
    ("django-cast.xml", "django-cast 0.2.67", ["psc"]),
]


@pytest.mark.parametrize(("name", "tool", "sources"), WRITTEN)
def test_file_of_a_program_on_pypi(name: str, tool: str, sources: list[str]) -> None:
    reading = read_source(DATA / "other-tools" / name)
    assert [chapters.source for chapters in reading.chapter_lists] == sources
    last = 2500 if tool.startswith("yt-dlp") else 2000
    titles = [title for _, title in MARKS] if tool.startswith("django-cast") else TITLES
    for chapters in reading.chapter_lists:
        assert [(mark.start_ms, mark.title) for mark in chapters.chapters] == list(
            zip((0, 1000, last), titles, strict=True)
        )
        assert chapters.notices == ()


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
    sections = outline.sections
    assert [sum(section.depth == depth for section in sections) for depth in range(1, 6)] == WORKED_CASE
    assert (len(sections), sum(bool(section.children) for section in sections)) == (119, 28)
    assert [len(section.children) for section in sections if section.depth == 1] == [0, 2, 5, 5, 4, 7, 0, 8]
    starts = [section.start_ms for section in sections]
    assert (starts[0], starts[-1], starts) == (0, 21_984_000, sorted(set(starts)))
