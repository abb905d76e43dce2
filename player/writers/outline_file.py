"""An outline written to a new file in any of the formats, and what is to be said of it. Reads nothing back itself."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from player.core.chapter import Chapter
from player.core.edit import editable
from player.core.episode import Episode
from player.core.errors import NoChaptersError
from player.core.notice import Notice
from player.core.outline import Outline
from player.core.reading import Reading
from player.writers.document import Document, one_line
from player.writers.formats import FORMATS, write_text
from player.writers.new_file import new_file

ReadText = Callable[[str, int | None], Reading]

SEVERAL_FILES = Notice("several-files", "The times are those of all files of this recording, one after the other.")


def document_of(episode: Episode, outline: Outline) -> Document:
    """``episode`` with the levels of ``outline``, as it is shown; of one file also what its outline does not show."""
    chapters: tuple[Chapter, ...] = editable(outline)
    if len(episode.files) == 1 and (used := episode.files[0].chapters(episode.chapter_source)):
        chapters = used.chapters
    return Document(
        with_levels(chapters, outline),
        episode.title,
        episode.author,
        None,
        outline.duration_ms,
        Path(episode.files[0].path).name if len(episode.files) == 1 else None,
    )


def with_levels(chapters: Iterable[Chapter], outline: Outline) -> tuple[Chapter, ...]:
    """``chapters`` in playing order, each listed one as deep as it stands in ``outline``, which was made of them."""
    sections = iter(outline.sections)
    in_order = sorted(chapters, key=lambda chapter: chapter.start_ms)
    return tuple(
        replace(chapter, depth=None if outline.is_flat or not chapter.is_listed else next(sections).depth)
        for chapter in in_order
    )


def write_file(name: str, document: Document, target: Path, read_text: ReadText) -> tuple[Notice, ...]:
    """Write ``document`` in the format called ``name`` to ``target``; returns what is to be said.

    Raises ExportError with a sentence, also where there is a file at ``target``; then nothing is left behind.
    """
    written = write_text(name, document)
    with new_file(target) as file:
        file.write(written.text.encode())
    return (*written.notices, *lost_in_text(name, document, written.text, read_text))


def lost_in_text(name: str, document: Document, text: str, read_text: ReadText) -> Iterator[Notice]:
    """What a list for people does not give back: only reading it tells, since that depends on the titles."""
    if not FORMATS[name].is_loose:
        return
    try:
        found = read_text(text, None).chapter_lists[0].chapters
    except NoChaptersError:
        found = ()
    if lost := _count_lost(document, found):
        verb = "chapter is" if lost == 1 else "chapters are"
        yield Notice("read-back", f"{lost:,} {verb} read back differently from this text; --format json keeps all.")


def lost_in_copy(document: Document, found: Reading) -> Iterator[Notice]:
    """What was ``found`` differently in a copy of a sound than it was written."""
    lists = [each.chapters for each in found.chapter_lists if each.source == "id3"]
    if lost := _count_lost(document, lists[0] if lists else ()):
        verb = "chapter is" if lost == 1 else "chapters are"
        yield Notice("read-back", f"{lost:,} {verb} read back differently from this copy.")


def _count_lost(document: Document, found: Iterable[Chapter]) -> int:
    listed = ((chapter.start_ms, one_line(chapter.title)) for chapter in document.chapters if chapter.is_listed)
    return (Counter(listed) - Counter((chapter.start_ms, chapter.title) for chapter in found)).total()
