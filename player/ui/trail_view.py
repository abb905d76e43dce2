"""Where the trail shows in the window besides the bar: the chip after a jump and the page of the history."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from player.session.session import Session
from player.ui.jump_chip import JumpChip
from player.ui.look import Look
from player.ui.work_pane import WorkPane

if TYPE_CHECKING:
    from player.ui.history import History


class TrailView:
    """Makes both and puts them where they belong: the chip above ``footing``, the page in ``work``."""

    def __init__(self, session: Session, look: Look, window: QWidget, work: WorkPane, footing: QWidget) -> None:
        self._session = session
        self._work = work
        self._look = look
        self._history: History | None = None
        self.chip = JumpChip(session, look, window, footing)
        self.chip.left.connect(work.outline.setFocus)
        session.trail.jumped.connect(self._put_in_tab_order)

    @property
    def history(self) -> "History":
        """The page, made when it is first asked for: the first paint does not wait for it."""
        if self._history is None:
            from player.ui.history import History

            self._history = History(self._session, self._look)
            self._history.closed.connect(self._work.show_outline_page)
            self._work.add_sheet(self._history)
        return self._history

    def set_look(self, look: Look) -> None:
        """Paint in another colour scheme."""
        self._look = look
        self.chip.set_look(look)
        if self._history:
            self._history.set_look(look)

    def toggle_history(self) -> None:
        """Show the history of the open work, or close it."""
        if self.history.isVisible():
            self._work.show_outline_page()
        elif self._session.episode:
            self._work.pages.setCurrentWidget(self.history)

    def _put_in_tab_order(self) -> None:
        """The chip comes after the outline: a jump is mostly asked there."""
        QWidget.setTabOrder(self._work.outline, self.chip.back)
        QWidget.setTabOrder(self.chip.back, self.chip.close_button)
