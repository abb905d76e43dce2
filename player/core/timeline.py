"""Moving along an outline: which section a moment belongs to, and what comes before, after, beside and above it."""

from bisect import bisect_left, bisect_right

from player.core.outline import Outline
from player.core.section import Section


class Timeline:
    """Look-ups over one outline; the outline never changes, so neither does this."""

    __slots__ = ("_starts", "outline")

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self._starts = [section.start_ms for section in outline.sections]

    def section_at(self, ms: int) -> Section | None:
        """The section whose own span holds ``ms``: exact at every boundary, which belongs to what begins there.

        None before the first section. Past the end it is the last one.
        """
        row = bisect_right(self._starts, ms) - 1
        return self.outline[row] if row >= 0 else None

    def next(self, section: Section | None) -> Section | None:
        """The section that plays next and starts later; of None, the first."""
        row = 0 if section is None else bisect_right(self._starts, section.start_ms)
        return self.outline[row] if row < len(self.outline) else None

    def previous(self, section: Section) -> Section | None:
        """The section that plays before and starts earlier."""
        row = bisect_left(self._starts, section.start_ms) - 1
        return self.outline[row] if row >= 0 else None

    def next_sibling(self, section: Section) -> Section | None:
        """The next section at the same level; past the last of them, that of the enclosing one."""
        for row in range(section.row + 1, len(self.outline)):
            if self.outline[row].depth <= section.depth:
                return self.outline[row]
        return None

    def previous_sibling(self, section: Section) -> Section | None:
        """The section before at the same level; of the first of them, the enclosing one."""
        siblings = self._siblings(section)
        place = siblings.index(section.row)
        return self.outline[siblings[place - 1]] if place else self.parent(section)

    def parent(self, section: Section) -> Section | None:
        """The section that encloses this one."""
        return None if section.parent is None else self.outline[section.parent]

    def path(self, section: Section | None) -> tuple[Section, ...]:
        """From the top down to ``section`` itself; empty for None."""
        path: list[Section] = []
        while section is not None:
            path.append(section)
            section = self.parent(section)
        return tuple(reversed(path))

    def siblings(self, section: Section) -> tuple[Section, ...]:
        """All sections at its level under the same parent, itself among them."""
        return tuple(self.outline[row] for row in self._siblings(section))

    def _siblings(self, section: Section) -> tuple[int, ...]:
        if section.parent is not None:
            return self.outline[section.parent].children
        return tuple(each.row for each in self.outline.top)
