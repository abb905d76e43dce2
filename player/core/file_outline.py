"""The outline of several files: each file a section, with its own chapters beneath it.

Files nest among themselves by their titles, the chapters of a file among themselves, and neither ever in the other
way: a file called "2.1" lies in the file "2", whatever chapters that one has.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from player.core.chapter import MAX_TIME_MS, Chapter
from player.core.nesting import Labels, Parents, nest
from player.core.outline import Outline, assemble
from player.core.shape import Shape
from player.core.title_label import find_labels

COVERS_MS = 1_000  # a lone chapter that begins before this is the whole file


class FileChapters(NamedTuple):
    """One file on the whole time line; its ``chapters`` are on its own. ``is_exact``: see ``nest``."""

    title: str
    start_ms: int
    duration_ms: int | None
    chapters: tuple[Chapter, ...] = ()
    is_exact: bool = False


def build_files(files: Sequence[FileChapters], duration_ms: int | None = None, shape: Shape = Shape.AUTO) -> Outline:
    """The outline of ``files`` in the order of listening; ``duration_ms`` is their whole length. Linear in all rows."""
    rows: list[Chapter] = []
    labels: Labels = []
    parents: Parents = []
    late: dict[int, int] = {}
    heads = [Chapter(file.start_ms, file.title) for file in files]
    nested = nest(heads, shape, found=find_labels([file.title for file in files]))
    at: list[int] = []
    for file, head, label, parent in zip(files, heads, nested.labels, nested.parents, strict=True):
        at.append(len(rows))
        rows.append(head)
        labels.append(label)
        parents.append(None if parent is None else at[parent])
        inner = chapters_in(file, is_last=len(at) == len(files))
        within = nest(inner, shape, is_exact=file.is_exact)
        late |= _moved(within.late, range(len(rows), len(rows) + len(inner)))
        above = None if shape is Shape.FLAT else at[-1]
        parents += [above if each is None else each + len(rows) for each in within.parents]
        rows += inner
        labels += within.labels
    late |= _moved(nested.late, at)
    return assemble(rows, labels, parents, dict(sorted(late.items())), duration_ms)


def chapters_in(file: FileChapters, *, is_last: bool) -> list[Chapter]:
    """The chapters of ``file`` on the whole time line; none where they say no more than the file itself.

    A file of unknown length has no stretch of its own on the whole time line, unless it is the last.
    """
    listed = sorted((each for each in file.chapters if each.is_listed), key=lambda chapter: chapter.start_ms)
    if len(listed) == 1 and listed[0].start_ms < COVERS_MS:
        return []
    last_ms = MAX_TIME_MS if is_last and file.duration_ms is None else file.duration_ms or 0
    return [replace(each, start_ms=file.start_ms + min(each.start_ms, last_ms), end_ms=None) for each in listed]


def _moved(late: Mapping[int, int], to: Sequence[int]) -> dict[int, int]:
    return {to[row]: to[before] for row, before in late.items()}


def names_of(titles: Iterable[str | None], paths: Iterable[str]) -> list[str]:
    """What to call files: by their titles, unless these are missing or all the same; else by their names."""
    given = list(titles)
    says_nothing = len(given) > 1 and len(set(given)) == 1
    return [title if title and not says_nothing else _name(path) for title, path in zip(given, paths, strict=True)]


def _name(path: str) -> str:
    """The name of the file at ``path`` without its suffix, safe to show."""
    name = path.rpartition("/")[2].rpartition("\\")[2]
    stem, dot, suffix = name.rpartition(".")
    shown = (stem if dot and stem and len(suffix) <= 5 else name).encode("utf-8", "replace").decode("utf-8")
    return "".join(character if character.isprintable() else " " for character in shown).strip() or "?"
