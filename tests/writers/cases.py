"""Hostile titles and trees for the writers, and what is to be read back of them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

from player.core.chapter import Chapter, ChapterList
from player.core.outline import build
from player.readers.chapter_list import chapter_list
from player.readers.source import read_source
from player.writers.document import Document, ends_ms
from player.writers.formats import write_text
from tests.builders import SEED_SECONDS, seed_chapters

SUFFIXES = {
    "json": ".json",
    "psc": ".psc",
    "ffmetadata": ".txt",
    "cue": ".cue",
    "matroska": ".xml",
    "text": ".txt",
    "markdown": ".md",
}

HOSTILE = (
    "",
    " ",
    'He said "no" and "yes"',
    '"',
    "two\nlines\r\nand a tab\t.",
    "a=b;c#d\\e\\",
    "[CHAPTER]",
    "<b>&amp;</b> ]]> '",
    "\U0001f600 emoji \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "שלום \u202eעולם",
    "مرحبا",
    "第十二章 十二",
    "x" * 1000,
    "\U0001f600" * 1000,
    "é" * 126,
    "NUL\0rubbish",
    "half \ud83d of one",
    "\ufffe\uffff",
    "INDEX 01 00:00:00",
    "0:00 - 1:30 times (2:00)",
    "1. One",
    "%s {} $HOME `x`",
)
TITLES = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Chapters in order, some with ends, links or not listed; half of the lists are trees."""
    steps = draw(st.lists(st.integers(0, 4_000_000), min_size=2, max_size=12))
    is_tree = draw(st.booleans())
    chapters: list[Chapter] = []
    start_ms = depth = 0
    for step in steps:
        start_ms += step
        depth = draw(st.integers(1, min(depth + 1, 12))) if is_tree else 0
        chapters.append(
            Chapter(
                start_ms,
                draw(TITLES),
                depth=depth or None,
                end_ms=draw(st.none() | st.integers(1, 5_000_000).map(start_ms.__add__)),
                link=draw(st.sampled_from((None, 'https://example.org/?a=1&b="2"#3\''))),
                is_listed=is_tree or draw(st.integers(0, 5)) > 0,
            )
        )
    return Document(tuple(chapters), *draw(st.tuples(TITLES, TITLES, TITLES)), duration_ms=None)


def seed() -> Document:
    """The seed's 119 chapters with their levels."""
    chapters = [Chapter(start_ms, title) for start_ms, title in seed_chapters()]
    sections = build(chapters, SEED_SECONDS * 1000).sections
    with_levels = (replace(chapter, depth=section.depth) for chapter, section in zip(chapters, sections, strict=True))
    return Document(tuple(with_levels), "Scheming AIs", "Joe Carlsmith", None, SEED_SECONDS * 1000, "scheming.mp3")


def read_back(name: str, document: Document, folder: Path) -> ChapterList:
    """What our readers find in the file that ``document`` becomes."""
    path = folder / f"chapters{SUFFIXES[name]}"
    path.write_bytes(write_text(name, document).text.encode())
    (found,) = read_source(path).chapter_lists
    return found


def expected(  # what a format holds is three yes or no
    document: Document, *, levels: bool = False, links: bool = False, unlisted: bool = False, ends: str = "none"
) -> tuple[Chapter, ...]:
    """The chapters as any reader gives them, less what the format cannot hold. ``ends`` are "none", "own" or "all"."""
    chapters: Sequence[Chapter] = [chapter for chapter in document.chapters if unlisted or chapter.is_listed]
    all_ends = ends_ms(chapters, document.duration_ms)
    kept = [
        replace(
            chapter,
            title=chapter.title.lstrip("\0").replace("\ufffe", "").replace("\uffff", ""),
            depth=chapter.depth if levels and document.is_tree else None,
            end_ms={"none": None, "own": chapter.end_ms, "all": end_ms}[ends],
            link=chapter.link if links else None,
        )
        for chapter, end_ms in zip(chapters, all_ends, strict=True)
    ]
    found = chapter_list("any", kept, None)
    return found.chapters if found else ()
