"""A copy of an MP3 with chapters in its tag. Everything else in it is the same, byte for byte."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from player.core.notice import Notice
from player.writers.document import Document, on_one_line
from player.writers.id3_frame import MOST_CHILDREN
from player.writers.id3_tag import HEADER, NewTag, tag_size, with_chapters
from player.writers.new_file import new_file

MakeTag = Callable[[bytes, Document], NewTag]

UNLISTED = Notice(
    "unlisted-lost", "So many chapters that are not listed would be taken for listed ones in a tag: they are left out."
)


def copy_name(source: Path) -> Path:
    """The path beside ``source`` that a copy with chapters has: "talk (chapters).mp3"."""
    return source.with_name(f"{source.stem} (chapters).mp3")


def write_copy(source: Path, target: Path, document: Document, make_tag: MakeTag = with_chapters) -> tuple[Notice, ...]:
    """Write the MP3 at ``source`` with the chapters of ``document`` to ``target``, and return what is to be said.

    ``make_tag`` is ``with_chapters``, wherever it is carried out: the tag comes from outside.
    Raises ExportError with a sentence, also where there is a file at ``target``; then nothing is left behind.
    """
    document, told = _fit(on_one_line(document))
    with new_file(target) as copy, source.open("rb") as file:
        size = tag_size(file.read(HEADER))
        file.seek(0)
        tag = make_tag(file.read(size), document)
        copy.write(tag.raw)
        shutil.copyfileobj(file, copy, 1 << 20)
    return (*told, *tag.notices)


def _fit(document: Document) -> tuple[Document, tuple[Notice, ...]]:
    """A chapter is not listed when no table names it; who finds many of those believes in none of the tables."""
    listed = tuple(chapter for chapter in document.chapters if chapter.is_listed)
    total = len(document.chapters)
    if len(listed) == total or (total <= MOST_CHILDREN and len(listed) * 2 >= total):
        return document, ()
    return replace(document, chapters=listed), (UNLISTED,)
