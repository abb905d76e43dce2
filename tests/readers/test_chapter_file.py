"""Every kind of chapter file from its pair in tests/data/chapter-file, and what all of them have in common."""

from pathlib import Path

import pytest

from player.core.chapter import MAX_CHAPTERS, Chapter
from player.core.errors import NoChaptersError, SourceError
from player.core.reading import Reading
from player.readers.chapter_file import MAX_BYTES, chapter_reading, text_in
from player.readers.formats import format_of
from player.readers.head import read_head
from player.readers.source import read_source
from tests.builders import DATA, clock

PAIRS = sorted(path for path in (DATA / "chapter-file").iterdir() if path.suffix != ".expected")


def written_down(reading: Reading) -> list[str]:
    """A reading as lines: what it is called, its chapters, its notices."""
    (chapters,) = reading.chapter_lists
    heads = {"source": chapters.source, "title": reading.title, "author": reading.author, "album": reading.album}
    lines = [f"{name} {value}" for name, value in heads.items() if value]
    lines += map(chapter_line, chapters.chapters)
    return lines + [f"notice {notice.code}: {notice.message}" for notice in chapters.notices]


def chapter_line(chapter: Chapter) -> str:
    """Start, indented by depth the title, then what else there is."""
    indent = "  " * ((chapter.depth or 1) - 1)
    end = "" if chapter.end_ms is None else f" <to {clock(chapter.end_ms)}>"
    link = f" <{chapter.link}>" if chapter.link else ""
    return f"{clock(chapter.start_ms)} {indent}{chapter.title}{end}{link}{'' if chapter.is_listed else ' <not listed>'}"


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.name)
def test_chapter_file_is_read_as_written_down(path: Path) -> None:
    expected = path.with_name(path.name + ".expected").read_text(encoding="utf-8")
    assert written_down(read_source(path)) == expected.splitlines()


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.name)
def test_kind_is_told_by_content_whatever_its_name(path: Path, tmp_path: Path) -> None:
    for name in ("a", "a.txt", "a.json", "a.cue", "a.mp3", "a.xml"):
        (tmp_path / name).write_bytes(path.read_bytes())
        assert format_of(read_head(tmp_path / name)).name == format_of(read_head(path)).name
        assert read_source(tmp_path / name) == read_source(path)


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.name)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_encodings_and_line_ends_are_no_matter(path: Path, tmp_path: Path, encoding: str) -> None:
    text = path.read_text(encoding="utf-8")
    if path.suffix in (".xml", ".psc", ".rss"):
        text = text.replace('encoding="UTF-8"', 'encoding="utf-16"' if encoding == "utf-16" else 'encoding="utf-8"')
        text = text.replace('encoding="utf-8"', f'encoding="{encoding.removesuffix("-sig")}"')
    if path.suffix != ".ffmetadata":  # where a line end may be within a title
        text = text.replace("\n", "\r\n")
    (tmp_path / path.name).write_bytes(text.encode(encoding))
    assert read_source(tmp_path / path.name) == read_source(path)


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.name)
@pytest.mark.parametrize("share", [0.05, 0.5, 0.9])
def test_cut_file_gives_what_is_left_or_a_sentence(path: Path, tmp_path: Path, share: float) -> None:
    raw = path.read_bytes()
    (tmp_path / path.name).write_bytes(raw[: int(len(raw) * share)])
    try:
        outcome = written_down(read_source(tmp_path / path.name))
    except SourceError as error:
        outcome = [str(error)]
    assert outcome[-1]


def test_file_beyond_its_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.cue").write_bytes(b" " * (MAX_BYTES + 1))
    with pytest.raises(SourceError, match="larger than 8 MB"):
        text_in(tmp_path / "a.cue")


def test_file_without_chapters_is_told_as_such() -> None:
    with pytest.raises(NoChaptersError, match=r"^There are no chapters in this file\.$"):
        chapter_reading("cue", [])


def many(kind: str, number: int) -> str:
    """A file of that kind with so many chapters."""
    rows = {
        "a.cue": "TRACK 01 AUDIO\nINDEX 01 {0}:00:00\n",
        "files.cue": 'FILE "{0}.wav" WAVE\nTRACK 01 AUDIO\nINDEX 01 {0}:00:00\n',
        "a.ffmetadata": "[CHAPTER]\nTIMEBASE=1/1\nSTART={0}\n",
        "ogm.txt": "CHAPTER{0}=00:00:{0}.000\n",
        "mp4chaps.txt": "100:00:00.{0:06} x\n",
        "labels.txt": "{0}.0\t{0}.0\tx\n",
        "a.pbf": "{0}={0}*x*\n",
        "a.psc": '<chapter start="{0}"/>',
        "a.json": '{{"start": {0}}},',
    }
    text = "".join(rows[kind].format(row) for row in range(number))
    wrapped = {
        "a.ffmetadata": f";FFMETADATA1\n{text}",
        "a.psc": f"<chapters>{text}</chapters>",
        "a.pbf": f"[Bookmark]\n{text}",
    }
    return wrapped.get(kind, f'{{"chapters": [{text}{{}}]}}' if kind == "a.json" else text)


@pytest.mark.parametrize(
    "kind", ["a.cue", "files.cue", "a.ffmetadata", "ogm.txt", "mp4chaps.txt", "labels.txt", "a.psc", "a.json", "a.pbf"]
)
def test_however_many_chapters_are_read_or_refused(tmp_path: Path, kind: str) -> None:
    (tmp_path / kind).write_text(many(kind, 99_999), encoding="utf-8")
    try:
        found = len(read_source(tmp_path / kind).chapter_lists[0].chapters)
    except NoChaptersError:
        found = 0
    assert found <= MAX_CHAPTERS
