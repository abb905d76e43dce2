"""Going by sections: to the next, to the one before, beside or around. Where they are is told by the outline."""

from collections.abc import Callable

from player.core.section import Section
from player.core.timeline import Timeline

PREVIOUS_WITHIN_MS = 3_000  # "previous" in the first 3 s of a section goes to the one before


class Moves:
    """``timeline``, ``section`` and ``place_ms`` give what is now, ``seek`` goes to a moment."""

    def __init__(
        self,
        timeline: Callable[[], Timeline],
        section: Callable[[], Section | None],
        place_ms: Callable[[], int],
        seek: Callable[[int], None],
    ) -> None:
        self._timeline = timeline
        self._section = section
        self._place_ms = place_ms
        self._seek = seek

    def next_section(self) -> None:
        """Go to the section that plays next."""
        self._go_to(self._timeline().next(self._section()))

    def previous_section(self) -> None:
        """Go to the start of this section; within its first seconds, of the one before."""
        section = self._section()
        if section is None:
            self._seek(0)
        elif self._place_ms() - section.start_ms > PREVIOUS_WITHIN_MS:
            self._go_to(section)
        else:
            self._go_to(self._timeline().previous(section) or section)

    def next_sibling(self) -> None:
        """Go to the next section of the same level, past everything beneath this one."""
        if section := self._section():
            self._go_to(self._timeline().next_sibling(section))

    def previous_sibling(self) -> None:
        """Go to the section before on the same level."""
        if section := self._section():
            self._go_to(self._timeline().previous_sibling(section))

    def enclosing_section(self) -> None:
        """Go to the start of the section around this one."""
        if section := self._section():
            self._go_to(self._timeline().parent(section) or section)

    def _go_to(self, section: Section | None) -> None:
        if section:
            self._seek(section.start_ms)
