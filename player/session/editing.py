"""Editing the outline of the open episode: each change is kept at once as the listener's own, and can be undone.

It holds no chapters of its own: each change begins from the outline in use. What can be done to an outline is told in
``core.edit``; the sound of a boundary is the session's peek.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from player.core import edit
from player.core.chapter_choice import ChapterChoice
from player.core.clock import exact_clock_text, typed_ms
from player.core.edit import Chapters, Edited
from player.core.episode import OWN_SOURCE
from player.core.episode_outline import outline_of
from player.core.errors import EditError
from player.core.shape import Shape
from player.session.session import Session
from player.session.undo import Deed, Did

REPLACED = "The chapters that you had given before were replaced; undo brings them back."
NO_ROOM = "It cannot go further: there is the section beside it, or the end of the sound."
SHOWN_FLAT = "The outline is shown as a flat list; shown as a tree it has levels to change."
NO_TIME = "A time is written like 1:23:45 or 1:23:45.5."


Operation = Callable[[], Edited]


class Editing(QObject):
    """Operations on sections, by their row in the outline. What makes no sense is ``said`` in a sentence."""

    mode_changed = Signal(bool)  # whether the outline is being edited
    edited = Signal(int)  # the row to look at, -1 when no section is left
    said = Signal(str)  # why something cannot be done, or what else it did

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._is_on = False
        self._at_first: ChapterChoice | None = None
        session.left.connect(self.end)

    # --- the mode ---

    @property
    def is_on(self) -> bool:
        """Whether the outline is being edited."""
        return self._is_on

    def begin(self) -> None:
        """Begin editing: "undo all" goes back to what is now."""
        if not self._is_on and self._session.episode:
            self._is_on = True
            self._at_first = self._session.choosing.choice
            self.mode_changed.emit(True)

    def end(self) -> None:
        """End editing; everything is kept already."""
        if self._is_on:
            self._is_on = False
            self.mode_changed.emit(False)

    @property
    def is_changed(self) -> bool:
        """Whether there is something for "undo all" to undo."""
        return self._is_on and self._session.choosing.choice != self._at_first

    def undo_all(self) -> None:
        """Show the chapters that were shown when editing began; what was done since can be had back by undoing this."""
        if self.is_changed and self._at_first:
            self._session.choosing.choose(self._at_first, Deed(Did.UNDO_ALL))

    # --- what can be asked ---

    @property
    def chapters(self) -> Chapters:
        """The sections in use as chapters that say how deep they stand, whatever shape they are shown in."""
        episode = self._session.episode
        if episode is None:
            return ()
        if episode.shape is not Shape.FLAT:
            return edit.editable(self._session.outline)
        return edit.editable(outline_of(replace(episode, shape=Shape.AUTO), self._session.duration_ms))

    def rename(self, row: int, title: str) -> None:
        """Give the section another title."""
        chapters = self.chapters
        if title != chapters[row].title:
            self._try(Did.RENAME, chapters[row].title, lambda: edit.rename(chapters, row, title))

    def set_start(self, row: int, ms: int) -> None:
        """Let the section begin at ``ms``, which must lie between where its neighbours begin."""
        chapters = self.chapters
        room = edit.room(chapters, row, self._session.duration_ms)
        if room.holds(ms):
            self._move(chapters, row, ms)
        else:
            first, last = exact_clock_text(room.first_ms), exact_clock_text(room.last_ms)
            self.said.emit(f"This section can begin between {first} and {last}, not at {exact_clock_text(ms)}.")

    def type_start(self, row: int, text: str) -> None:
        """``set_start`` with a time as people write it."""
        ms = typed_ms(text)
        if ms is None:
            self.said.emit(f"“{text.strip()}” is no time. {NO_TIME}" if text.strip() else NO_TIME)
        else:
            self.set_start(row, ms)

    def nudge(self, row: int, by_ms: int) -> None:
        """Move the boundary a little, as far as its neighbours leave room, and let it be heard."""
        chapters = self.chapters
        start_ms = chapters[row].start_ms
        target_ms = edit.room(chapters, row, self._session.duration_ms).nearest(start_ms + by_ms)
        self._move(chapters, row, target_ms)
        if target_ms == start_ms:
            self.said.emit(NO_ROOM)
        self._session.peek(target_ms)

    def add(self, ms: int, title: str) -> None:
        """A new section at ``ms``."""
        chapters = self.chapters
        self._try(Did.ADD, title, lambda: edit.add(chapters, ms, title, self._session.duration_ms))

    def delete(self, row: int) -> None:
        """Take the section away; its stretch goes to the one before it."""
        chapters = self.chapters
        self._try(Did.DELETE, chapters[row].title, lambda: edit.delete(chapters, row))

    def indent(self, row: int) -> None:
        """Let the section lie in the one before it."""
        chapters = self.chapters
        self._try(Did.INDENT, chapters[row].title, lambda: edit.indent(chapters, row), of_levels=True)

    def outdent(self, row: int) -> None:
        """Lift the section one level up."""
        chapters = self.chapters
        self._try(Did.OUTDENT, chapters[row].title, lambda: edit.outdent(chapters, row), of_levels=True)

    # --- how it is done ---

    def _move(self, chapters: Chapters, row: int, ms: int) -> None:
        if ms != chapters[row].start_ms:
            duration_ms = self._session.duration_ms
            self._try(Did.MOVE, chapters[row].title, lambda: edit.move(chapters, row, ms, duration_ms))

    def _try(self, did: Did, subject: str, operation: Operation, *, of_levels: bool = False) -> None:
        episode = self._session.episode
        if episode is None:
            return
        try:
            if of_levels and episode.shape is Shape.FLAT:
                raise EditError(SHOWN_FLAT)
            chapters, row = operation()
        except EditError as error:
            self.said.emit(str(error))
            return
        if episode.chapters_from != OWN_SOURCE and OWN_SOURCE in episode.chapter_sources:
            self.said.emit(REPLACED)
        self._session.choosing.use_chapters(chapters, Deed(did, subject))
        self.edited.emit(-1 if row is None else row)
