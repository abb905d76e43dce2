"""From titles to the label and the parent of each row: which of the signs of a tree a list follows.

A tree of the source's own comes first, then titles that begin with earlier ones, then labels. Spans and sections are
made in ``outline``.
"""

from collections.abc import Sequence

from player.core.chapter import Chapter
from player.core.closing_word import is_closing
from player.core.label import Label, find_label
from player.core.numbering import Numbering, number_rows, settle_plain_rows
from player.core.path_title import earlier_titles
from player.core.shape import Shape

CROWDED = 12  # a level of a source's own tree with more flat siblings than this is numbered like a flat list

Labels = list[Label | None]
Parents = list[int | None]


def nest(
    rows: Sequence[Chapter], shape: Shape = Shape.AUTO, *, is_exact: bool = False, found: Labels | None = None
) -> Numbering:
    """The label and the parent of each of ``rows``, which play in this order.

    ``is_exact``: where every row has a depth, that is all that counts, whatever the titles say. ``found``: the
    labels of the titles, where these are not at their starts.
    """
    titles = [row.title for row in rows]
    found = [find_label(title) for title in titles] if found is None else found
    has_own_tree = any((row.depth or 1) > 1 for row in rows)
    numbering, is_tree = _nest_titles(titles, found)
    if shape is Shape.FLAT:
        return _flat(numbering)
    is_exact = is_exact and all(row.depth for row in rows)
    if has_own_tree or is_exact:
        return _nest_each_level(titles, found, numbering.labels, _parents_by_depth(rows), is_exact=is_exact)
    return numbering if is_tree or shape is Shape.TREE else _flat(numbering)


def _flat(numbering: Numbering) -> Numbering:
    return Numbering(numbering.labels, (None,) * len(numbering.labels))


def _nest_titles(titles: Sequence[str], found: Labels) -> tuple[Numbering, bool]:
    """The numbering of a flat list, and whether it carries a tree."""
    closing = {row for row, label in enumerate(found) if label is None and is_closing(titles[row])}
    numbering = number_rows(found, closing)
    earlier = earlier_titles(titles)
    if earlier is None:
        return numbering, numbering.is_tree
    parents = _nest_under_earlier(earlier, found, numbering.labels)
    return Numbering(numbering.labels, tuple(parents)), True


def _nest_under_earlier(earlier: Sequence[tuple[int, ...]], found: Labels, labels: Sequence[Label | None]) -> Parents:
    """Each row under the longest earlier title that it begins with and that is open; the others by their labels."""
    others = [row for row, rows in enumerate(earlier) if not rows]
    among_others = number_rows([found[row] for row in others])
    inner = among_others.parents if among_others.is_tree else [None] * len(others)
    parents: Parents = [None] * len(earlier)
    for row, parent in zip(others, inner, strict=True):
        parents[row] = None if parent is None else others[parent]
    named = {row for rows in earlier for row in rows}
    is_plain = [not rows and row not in named and labels[row] is None for row, rows in enumerate(earlier)]
    open_rows: list[int] = []
    is_open: set[int] = set()
    for row, rows in enumerate(earlier):
        if is_plain[row]:
            continue
        # A late title at the top closes what a number would have hung under.
        above = rows or ((parents[row],) if parents[row] is not None else ())
        parents[row] = next((each for each in above if each in is_open), None)
        while open_rows and open_rows[-1] != parents[row]:
            is_open.discard(open_rows.pop())
        open_rows.append(row)
        is_open.add(row)
    return settle_plain_rows(is_plain, parents)


def _parents_by_depth(rows: Sequence[Chapter]) -> Parents:
    parents: Parents = []
    path: list[tuple[int, int]] = []
    for row, chapter in enumerate(rows):
        depth = chapter.depth or 1
        while path and path[-1][1] >= depth:
            path.pop()
        parents.append(path[-1][0] if path else None)
        path.append((row, depth))
    return parents


def _nest_each_level(
    titles: Sequence[str], found: Labels, in_all: Sequence[Label | None], parents: Parents, *, is_exact: bool
) -> Numbering:
    """Numbers within the levels of the source's own tree: each level may count for itself, from 1 again.

    A level that the source left flat, with more than ``CROWDED`` siblings, is nested by its titles unless the tree is
    ``is_exact``.
    """
    levels: dict[int | None, list[int]] = {}
    for row, parent in enumerate(parents):
        levels.setdefault(parent, []).append(row)
    labels, nested = list(in_all), list(parents)
    for siblings in levels.values():
        numbering, is_tree = _nest_titles([titles[row] for row in siblings], [found[row] for row in siblings])
        for row, label in zip(siblings, numbering.labels, strict=True):
            labels[row] = labels[row] or label
        is_crowded = not is_exact and len(siblings) > CROWDED and levels.keys().isdisjoint(siblings)
        if is_crowded and is_tree:
            for row, inner in zip(siblings, numbering.parents, strict=True):
                nested[row] = parents[row] if inner is None else siblings[inner]
    return Numbering(tuple(labels), tuple(nested))
