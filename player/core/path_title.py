"""Titles that begin with an earlier one: "Greece", "Greece: Athens", "Greece: Athens - The harbour".

Finds which rows do; how they make a tree together with labels is ``nesting``'s.
"""

import re
from collections.abc import Sequence
from itertools import islice

_JOINT = re.compile(r" [-–—] |: |：")
_MAX_JOINTS = 12  # a title


def earlier_titles(titles: Sequence[str]) -> list[tuple[int, ...]] | None:
    """For each row the earlier rows whose whole titles it begins with, longest first; None where few rows have any.

    Few: not more than half. Where a title came more than once, its last row before counts.
    """
    if sum(map("\n".join(titles).count, (": ", "：", " - ", " – ", " — "))) * 2 <= len(titles):
        return None  # the cheap first look
    if _count_longer(titles) * 2 <= len(titles):
        return None  # and the second
    rows: dict[str, int] = {}
    found: list[tuple[int, ...]] = []
    without = 0
    for row, title in enumerate(titles):
        starts = [title[: joint.start()].strip() for joint in islice(_JOINT.finditer(title), _MAX_JOINTS)]
        found.append(tuple(rows[start] for start in reversed(starts) if start in rows))
        without += not found[-1]
        if without * 2 >= len(titles):
            return None
        rows[title.strip()] = row
    return found


def _count_longer(titles: Sequence[str]) -> int:
    """How many titles begin with another one: in order of the alphabet these follow each other."""
    longer = 0
    open_titles: list[str] = []
    for title in sorted(map(str.strip, titles)):
        while open_titles and not title.startswith(open_titles[-1]):
            open_titles.pop()
        longer += bool(open_titles)
        open_titles.append(title)
    return longer
