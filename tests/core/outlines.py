"""Reading and printing the pairs of tests/data/outline: a list of chapters, and the tree that it should become."""

from collections.abc import Sequence
from pathlib import Path

from player.core.chapter import Chapter
from player.core.clock import clock_text
from player.core.outline import Outline, build

DATA = Path(__file__).parents[1] / "data" / "outline"


def chapters_of(text: str) -> list[Chapter]:
    """One chapter a line, "h:mm:ss title", behind as many ">" as its depth in the source's own tree; ";" is a note."""
    chapters = []
    for line in text.split("\n"):
        if not line or line.startswith(";"):
            continue
        marks, _, rest = line.partition(" ") if line.startswith(">") else ("", "", line)
        time, _, title = rest.partition(" ")
        hours, minutes, seconds = map(int, time.split(":"))
        start_ms = ((hours * 60 + minutes) * 60 + seconds) * 1000
        chapters.append(Chapter(start_ms, title, depth=len(marks) or None))
    return chapters


def tree_of(outline: Outline) -> str:
    """One section a line, indented by its level: its start, its label in brackets, the rest of its title."""
    lines = [
        f"{'    ' * (section.depth - 1)}{clock_text(section.start_ms)} [{section.label or ''}] {section.rest}"
        + (" (late)" if section.is_late else "")
        for section in outline.sections
    ]
    return "\n".join([*lines, *(f"; {notice.message}" for notice in outline.notices)]) + "\n"


def outline_of(*titles: str, every_ms: int = 1000, duration_ms: int | None = None) -> Outline:
    """The outline of ``titles``, one every second unless said otherwise."""
    return build(flat(titles, every_ms), duration_ms)


def flat(titles: Sequence[str], every_ms: int = 1000) -> list[Chapter]:
    """A chapter of each title, without depth."""
    return [Chapter(row * every_ms, title) for row, title in enumerate(titles)]
