"""A list for show notes and descriptions: one line a chapter, "1:02:03 - Title", beneath a heading."""

from player.writers.document import Document, Written
from player.writers.timed_row import HEADING, are_counted, timed_row


def write(document: Document) -> Written:
    """``document`` as lines of text; titles that count the list are given a list that counts itself."""
    is_counted = are_counted(document.chapters)
    rows = [
        (f"{number}. " if is_counted else "") + timed_row(chapter, chapter.title)
        for number, chapter in enumerate(document.chapters, 1)
    ]
    return Written("\n".join([HEADING, *rows]) + "\n")
