"""A Section: one node of the outline. How it is found is ``outline``'s work."""

from typing import NamedTuple

from player.core.section_number import SectionNumber


class Section(NamedTuple):
    """One chapter with its place in the tree.

    ``row`` is its place in playing order, ``parent`` the row of the section it lies in (None at the top), ``depth``
    is 1 at the top, ``children`` are rows. ``label`` is the number as printed without closing punctuation, ``title``
    the whole title as the source has it, ``rest`` the title without its label. The own span runs from ``start_ms`` to
    ``end_ms`` (the start of the next section), the whole span to ``whole_end_ms`` (past the last descendant); an end is
    None where the length is unknown. ``is_late`` says that a sibling with a higher number plays before it.
    """

    row: int
    parent: int | None
    depth: int
    number: SectionNumber | None
    label: str | None
    title: str
    rest: str
    start_ms: int
    end_ms: int | None
    whole_end_ms: int | None
    children: tuple[int, ...]
    is_late: bool = False
    link: str | None = None

    @property
    def own_ms(self) -> int | None:
        """The length of its own opening stretch, without its descendants."""
        return None if self.end_ms is None else self.end_ms - self.start_ms

    @property
    def whole_ms(self) -> int | None:
        """The length with all its descendants."""
        return None if self.whole_end_ms is None else self.whole_end_ms - self.start_ms

    @property
    def is_parent(self) -> bool:
        """Whether it has sections beneath it."""
        return bool(self.children)
