"""The outline while it is edited: takes what keys and tools ask to the selected section, and shows what became of it.

What can be done to an outline, and how it is kept, is told in ``core.edit`` and ``session.editing``.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from player.core.clock import exact_clock_text
from player.core.section import Section
from player.session.editing import Editing
from player.session.session import Session
from player.ui.edit_bar import EditBar
from player.ui.look import Look
from player.ui.outline_view import OutlineView

SECOND_MS, LITTLE_MS = 1_000, 100


class OutlineEditor(QObject):
    """Connects the bar of tools, the view of the outline and the editing. ``does`` is what each key does."""

    mode_changed = Signal(bool)
    sight_lost = Signal()  # a filter hides the section that was edited

    def __init__(self, session: Session, editing: Editing, view: OutlineView, look: Look) -> None:
        super().__init__(view)
        self._session, self._editing, self._view = session, editing, view
        self.bar = EditBar(look)
        self.bar.hide()
        self._is_new = False  # what was just added is named next
        self.does: dict[str, Callable[[], Any]] = {
            "edit_outline": self.toggle,
            "rename_section": self.rename,
            "start_here": lambda: self._on_row(lambda row: editing.set_start(row, session.place_ms)),
            "type_start": self.bar.type_start,
            "nudge_back": lambda: self._nudge(-SECOND_MS),
            "nudge_back_little": lambda: self._nudge(-LITTLE_MS),
            "nudge_little": lambda: self._nudge(LITTLE_MS),
            "nudge": lambda: self._nudge(SECOND_MS),
            "add_section": self._add,
            "delete_section": self._delete_by_key,
            "outdent": lambda: self._on_row(editing.outdent),
            "indent": lambda: self._on_row(editing.indent),
        }
        self._connect()

    def _connect(self) -> None:
        self.bar.asked.connect(self._ask)
        self.bar.start_typed.connect(self._type_start)
        self.bar.left.connect(self._leave_start)
        self._editing.mode_changed.connect(self._on_mode)
        self._editing.edited.connect(self._on_edited)
        self._editing.said.connect(self.bar.say)
        model = self._view.outline_model
        # Queued: the field of the title is still there, and the outline that it stands in is about to change.
        model.title_given.connect(lambda row, title: QTimer.singleShot(0, self, lambda: self._rename_to(row, title)))
        model.modelReset.connect(self._show_row)
        self._view.selectionModel().currentChanged.connect(self._show_row)
        self._session.outline_changed.connect(self._show_row)

    @property
    def is_on(self) -> bool:
        """Whether the outline is being edited."""
        return self._editing.is_on

    def toggle(self) -> None:
        """Begin or end editing."""
        (self._editing.end if self._editing.is_on else self._editing.begin)()

    def rename(self) -> None:
        """Edit the title of the selected section in its place."""
        self._editing.begin()
        section = self._view.selected_section()
        if section:
            self._view.edit_title(section)

    # --- asked ---

    def _ask(self, name: str) -> None:
        self.bar.say("")
        match name:
            case "undo":
                self._session.undo()
            case "undo_all":
                self._editing.undo_all()
            case "delete_section":
                self._on_row(self._editing.delete)
            case _:
                self.does[name]()

    def _on_row(self, act: Callable[[int], None]) -> None:
        self.bar.say("")
        section = self._view.selected_section()
        if section:
            act(section.row)

    def _delete_by_key(self) -> None:
        """The key means a section only where the outline has the keyboard."""
        if self._view.hasFocus():
            self._on_row(self._editing.delete)

    def _nudge(self, by_ms: int) -> None:
        self._on_row(lambda row: self._editing.nudge(row, by_ms))

    def _add(self) -> None:
        self.bar.say("")
        self._is_new = True
        self._editing.add(self._session.place_ms, self.tr("New section"))
        self._is_new = False

    def _rename_to(self, row: int, title: str) -> None:
        self.bar.say("")
        if row < len(self._session.outline):
            self._editing.rename(row, title)

    def _type_start(self, text: str) -> None:
        self._on_row(lambda row: self._editing.type_start(row, text))
        if not self.bar.words:
            self._view.setFocus()

    def _leave_start(self) -> None:
        self.bar.say("")
        self._show_row()
        self._view.setFocus()

    # --- shown ---

    def _on_mode(self, is_on: bool) -> None:
        self.bar.say("")
        self.bar.setVisible(is_on)
        self._view.set_editable(is_on)
        self.mode_changed.emit(is_on)
        if is_on and not self._view.selected_section() and len(self._session.outline):
            self._view.reveal(self._session.section or self._session.outline[0])
        self._show_row()

    def _on_edited(self, row: int) -> None:
        outline = self._session.outline
        if 0 <= row < len(outline):
            if not self._view.outline_model.index_of(row).isValid():
                self.sight_lost.emit()
            self._view.reveal(outline[row])
            if self._is_new:
                self._view.edit_title(outline[row])
        self._show_row()

    def _show_row(self, *_: object) -> None:
        """Show when the selected section begins, and what can be done to it."""
        if not self._editing.is_on:
            return
        section = self._view.selected_section()
        self._show_hint()
        self.bar.show_start(exact_clock_text(section.start_ms) if section else "")
        self.bar.set_possible(self._possible(section))

    def _show_hint(self) -> None:
        """Of an empty outline, say how it is begun."""
        hint = self.tr("No sections yet. Listen, and press + where one begins.")
        is_empty = not len(self._session.outline)
        if is_empty and not self.bar.words:
            self.bar.say(hint)
        elif not is_empty and self.bar.words == hint:
            self.bar.say("")

    def _possible(self, section: Section | None) -> dict[str, bool]:
        has_row = section is not None
        on_row = dict.fromkeys(
            ("start_here", "nudge_back", "nudge_back_little", "nudge_little", "nudge", "rename_section"), has_row
        )
        shown = self._view.outline_model.outline  # the view may not have heard yet of what the session has by now
        before = shown[section.row - 1] if section and section.row else None
        return {
            **on_row,
            "delete_section": has_row,
            "outdent": section is not None and section.depth > 1,
            "indent": section is not None and before is not None and section.depth <= before.depth,
            "undo": self._session.can_undo,
            "undo_all": self._editing.is_changed,
        }
