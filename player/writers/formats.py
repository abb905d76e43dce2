"""The one table of text formats that chapters are written in, and what each of them can hold.

A new format is a new file beside this one and a new row here. Tags in a file of sound are ``mp3_tag``'s.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from player.core.notice import Notice
from player.writers import cue, ffmetadata, markdown, matroska_xml, plain_text, podcast_json, simple_chapters
from player.writers.document import Document, Written, ends_ms, on_one_line


class Format(NamedTuple):
    """One row: ``words`` name it in a sentence, ``suffix`` is that of its files, ``has_...`` say what they can hold.

    ``is_loose`` says that it is for people: whether a program finds every title in it depends on the titles.
    """

    words: str
    suffix: str
    write: Callable[[Document], Written]
    has_levels: bool = False
    has_links: bool = False
    has_unlisted: bool = False
    has_ends: bool = False
    is_loose: bool = False


FORMATS = {
    "json": Format(
        "Podcasting 2.0 JSON", ".json", podcast_json.write, has_links=True, has_unlisted=True, has_ends=True
    ),
    "psc": Format("Podlove Simple Chapters", ".psc", simple_chapters.write, has_links=True),
    "ffmetadata": Format("FFmpeg metadata", ".txt", ffmetadata.write, has_ends=True),
    "cue": Format("a cue sheet", ".cue", cue.write),
    "matroska": Format("Matroska XML", ".xml", matroska_xml.write, has_levels=True, has_ends=True),
    "text": Format("a list of times in text", ".txt", plain_text.write, is_loose=True),
    "markdown": Format("Markdown", ".md", markdown.write, has_levels=True, has_links=True, is_loose=True),
}


def write_text(name: str, document: Document) -> Written:
    """``document`` in the format called ``name``; what that cannot hold is left out and told, each in one sentence."""
    row = FORMATS[name]
    told = tuple(_losses(row, document))
    kept = tuple(chapter for chapter in document.chapters if chapter.is_listed or row.has_unlisted)
    written = row.write(on_one_line(replace(document, chapters=kept)))
    return Written(written.text, (*told, *written.notices))


def _losses(row: Format, document: Document) -> Iterator[Notice]:
    unlisted = sum(not chapter.is_listed for chapter in document.chapters)
    if unlisted and not row.has_unlisted:
        verb = "is" if unlisted == 1 else "are"
        chapters = _count(unlisted, "chapter that is not listed", "chapters that are not listed")
        yield Notice(
            "unlisted-lost", f"There is room only for listed chapters in {row.words}: {chapters} {verb} left out."
        )
    if document.is_tree and not row.has_levels:
        yield Notice("levels-lost", f"There is no room for levels in {row.words}: only numbers in titles tell them.")
    links = sum(bool(chapter.link) for chapter in document.chapters)
    if links and not row.has_links:
        verb = "is" if links == 1 else "are"
        yield Notice(
            "links-lost",
            f"There is no room for links in {row.words}: {_count(links, 'link', 'links')} {verb} left out.",
        )
    if not row.has_ends and _has_gaps(document):
        yield Notice("ends-lost", f"There is no room for ends in {row.words}: each chapter lasts until the next one.")


def _has_gaps(document: Document) -> bool:
    """Whether a chapter ends elsewhere than where the next one begins."""
    listed = [chapter for chapter in document.chapters if chapter.is_listed]
    natural = ends_ms((replace(chapter, end_ms=None) for chapter in listed), document.duration_ms)
    return any(
        chapter.end_ms not in (None, end_ms, document.duration_ms)
        for chapter, end_ms in zip(listed[:-1], natural[:-1], strict=True)
    )


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
