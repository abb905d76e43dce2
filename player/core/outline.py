"""From a flat list of chapters to the tree its author meant.

Always true: every chapter is exactly one section, top to bottom is playing order, titles stay as written, and the same
chapters give the same outline. Numbers nest sections; they never re-order them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

from player.core.chapter import Chapter
from player.core.nesting import nest
from player.core.notice import Notice
from player.core.numbering import Labels, Parents, is_in_order
from player.core.section import Section
from player.core.shape import Shape


@dataclass(frozen=True, slots=True)
class Outline:
    """All sections in playing order, which is also the order of the tree read from top to bottom."""

    sections: tuple[Section, ...] = ()
    duration_ms: int | None = None
    notices: tuple[Notice, ...] = ()

    def __len__(self) -> int:
        return len(self.sections)

    def __getitem__(self, index: int) -> Section:
        return self.sections[index]

    @property
    def top(self) -> tuple[Section, ...]:
        """The sections at the top level."""
        return tuple(section for section in self.sections if section.parent is None)

    @property
    def is_flat(self) -> bool:
        """Whether no section lies in another."""
        return all(section.parent is None for section in self.sections)


EMPTY_OUTLINE = Outline()


def build(
    chapters: Iterable[Chapter],
    duration_ms: int | None = None,
    shape: Shape = Shape.AUTO,
    *,
    is_exact: bool = False,
) -> Outline:
    """The outline of ``chapters``; ``duration_ms`` ends the last section, which stays open where it is None.

    ``shape`` is what the listener chose for this episode: a tree where the rules see one, a flat list, or a tree also
    where they are in doubt. ``is_exact`` says that chapters which all have a depth lie exactly there: the listener put
    them there.

    Chapters that are not listed are left out. Equal starts keep the order in which they were given.
    """
    rows = sorted((chapter for chapter in chapters if chapter.is_listed), key=lambda chapter: chapter.start_ms)
    nested = nest(rows, shape, is_exact=is_exact)
    return assemble(rows, nested.labels, nested.parents, nested.late, duration_ms)


def assemble(
    rows: Sequence[Chapter], labels: Labels, parents: Parents, late: Mapping[int, int], duration_ms: int | None = None
) -> Outline:
    """The outline of ``rows`` in playing order, where the label and the parent of each, and what is late, are known."""
    sections = _sections(rows, labels, parents, late, duration_ms)
    oddities = _order_breaks(sections, late) if is_in_order(labels, late) else _disorder(late)
    return Outline(sections, duration_ms, tuple(oddities))


def _sections(
    rows: Sequence[Chapter], labels: Labels, parents: Parents, late: Mapping[int, int], duration_ms: int | None
) -> tuple[Section, ...]:
    """Column by column, and all rows of them at once: ten thousand one by one take half as long again."""
    depths, children = _depths_and_children(parents)
    starts = [chapter.start_ms for chapter in rows]
    last_end = None if duration_ms is None else max([duration_ms, *starts[-1:]])
    titles = [chapter.title for chapter in rows]
    columns = (
        range(len(rows)),
        parents,
        depths,
        [None if label is None or label.is_lettered else label.number for label in labels],
        [label and label.printed for label in labels],
        titles,
        [title[label.end :].strip() if label else title for title, label in zip(titles, labels, strict=True)],
        starts,
        [*starts[1:], last_end][: len(rows)],
        _whole_ends(starts, depths, last_end),
        [tuple(children[row]) if row in children else () for row in range(len(rows))],
        [row in late for row in range(len(rows))],
        [chapter.link for chapter in rows],
    )
    return tuple(map(tuple.__new__, repeat(Section), zip(*columns, strict=True)))


def _depths_and_children(parents: Parents) -> tuple[list[int], dict[int, list[int]]]:
    """The depth of each row, and the children of those that have any."""
    depths: list[int] = []
    children: dict[int, list[int]] = {}
    for row, parent in enumerate(parents):
        if parent is None:
            depths.append(1)
            continue
        depths.append(depths[parent] + 1)
        if parent in children:
            children[parent].append(row)
        else:
            children[parent] = [row]
    return depths, children


def _whole_ends(starts: list[int], depths: list[int], last_end: int | None) -> list[int | None]:
    """The start of the next row that is no deeper, for every row at once."""
    ends: list[int | None] = [last_end] * len(starts)
    open_rows: list[int] = []
    for row, depth in enumerate(depths):
        while open_rows and depths[open_rows[-1]] >= depth:
            ends[open_rows.pop()] = starts[row]
        open_rows.append(row)
    return ends


def _order_breaks(sections: Sequence[Section], late: Mapping[int, int]) -> Iterable[Notice]:
    for row, before in late.items():
        first, second = sections[before].label, sections[row].label
        yield Notice("order-break", f"{first} plays before {second}; both stay where they play.")


def _disorder(late: Mapping[int, int]) -> Iterable[Notice]:
    """One sentence for a list whose numbers are all over the place."""
    yield Notice("order-break", f"{len(late)} numbers come after a higher one; all sections stay where they play.")
