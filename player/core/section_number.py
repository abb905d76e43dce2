"""Section numbers such as 2.2.2.1.1: arithmetic on their parts. Finding them in a title is ``label``'s work."""

MAX_PARTS = 12
MAX_DIGITS = 6  # a part


class SectionNumber(tuple[int, ...]):
    """The parts of a section number, compared and hashed like the tuple it is: (2, 2, 10) comes after (2, 2, 9)."""

    __slots__ = ()

    def __str__(self) -> str:
        return ".".join(map(str, self))

    @property
    def parent(self) -> "SectionNumber":
        """One part less: of 2.2.1 it is 2.2; of 2 it is the empty number."""
        return SectionNumber(self[:-1])

    def is_under(self, other: tuple[int, ...]) -> bool:
        """Whether ``other`` is a proper prefix: 2.2.1 is under 2.2 and under 2."""
        return len(other) < len(self) and self[: len(other)] == other

    def neighbours(self) -> tuple["SectionNumber", "SectionNumber"]:
        """The numbers one before and one after at the same level; below nought is possible and never printed."""
        head, last = self[:-1], self[-1]
        return SectionNumber((*head, last - 1)), SectionNumber((*head, last + 1))
