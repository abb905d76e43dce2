"""What every format is made of, and what it gives: values. Which formats there are is told in ``formats``."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from player.core.chapter import Chapter
from player.core.notice import Notice

_LINE_ENDS = "\t\n\r\v\f\x85\u2028\u2029"
_NOT_A_CHARACTER = "\ufffe\uffff"  # XML refuses them, and nobody needs them


@dataclass(frozen=True, slots=True)
class Document:
    """Chapters to write, in playing order, with a ``depth`` each where they are a tree, and what is known of the sound.

    ``file`` is the name of the file of sound, without folders.
    """

    chapters: tuple[Chapter, ...]
    title: str | None = None
    author: str | None = None
    album: str | None = None
    duration_ms: int | None = None
    file: str | None = None

    @property
    def is_tree(self) -> bool:
        """Whether any chapter lies in another."""
        return any((chapter.depth or 1) > 1 for chapter in self.chapters)


class Written(NamedTuple):
    """The text of a file, and what is to be said of it: what the format could not hold."""

    text: str
    notices: tuple[Notice, ...] = ()


def one_line(text: str) -> str:
    """``text`` on one line and without what no format can hold: control characters and halves of characters."""
    return "".join(map(_plain, text)).strip()


def on_one_line(document: Document) -> Document:
    """``document`` with all its words on one line each."""
    return replace(
        document,
        chapters=tuple(_with_plain_words(chapter) for chapter in document.chapters),
        title=one_line(document.title or "") or None,
        author=one_line(document.author or "") or None,
        album=one_line(document.album or "") or None,
        file=one_line(document.file or "") or None,
    )


def ends_ms(chapters: Iterable[Chapter], duration_ms: int | None) -> list[int]:
    """An end for every chapter: its own, else where the next one that starts later does, else that of the sound.

    The last one of a sound of unknown length ends a second after its start.
    """
    found = []
    later_ms, next_ms = duration_ms, None
    for chapter in reversed(list(chapters)):
        start_ms = chapter.start_ms
        if next_ms is not None and next_ms > start_ms:
            later_ms = next_ms
        next_ms = start_ms
        end_ms = later_ms if chapter.end_ms is None else chapter.end_ms
        found.append(end_ms if end_ms is not None and end_ms > start_ms else start_ms + 1000)
    return found[::-1]


def _with_plain_words(chapter: Chapter) -> Chapter:
    return replace(
        chapter, title=one_line(chapter.title), link=one_line(chapter.link) or None if chapter.link else None
    )


def _plain(character: str) -> str:
    if character in _LINE_ENDS:
        return " "
    is_unfit = character in _NOT_A_CHARACTER or unicodedata.category(character) in ("Cc", "Cs")
    return "" if is_unfit else character
