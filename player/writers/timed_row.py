"""What lists of chapters for people have in common: a time, a mark that sets it off, a title."""

import re
from collections.abc import Sequence

from player.core.chapter import Chapter
from player.core.clock import clock_text

HEADING = "Chapters"
LONGEST_TITLE = 400  # characters: a longer line is a paragraph to who reads such lists
HOUR_MS = 3_600_000

_TIME = re.compile(r"\d[:：]\d")
_LIST_NUMBER = re.compile(r"#?([0-9]{1,5})(?![0-9])")


def timed_row(chapter: Chapter, title: str) -> str:
    """ "1:02:03 - Title". Before another time stands a bar, since two times with a dash between are a range."""
    mark = "|" if _TIME.search(chapter.title) else "-"
    return f"{row_clock(chapter.start_ms)} {mark} {title}"


def row_clock(ms: int) -> str:
    """``ms`` with hours, and with thousandths where it is no whole second."""
    clock = clock_text(ms)
    return (
        ("" if ms >= HOUR_MS else "0:" if ms >= HOUR_MS // 6 else "0:0")
        + clock
        + (f".{ms % 1000:03}" if ms % 1000 else "")
    )


def are_counted(chapters: Sequence[Chapter]) -> bool:
    """Whether the titles begin with 1, 2, 3...: readers take such numbers for the list's own, if it has no others."""
    numbers = (_LIST_NUMBER.match(chapter.title) for chapter in chapters)
    return all(found is not None and int(found[1]) == row for row, found in enumerate(numbers, 1))
