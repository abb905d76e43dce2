"""Where the notes of the open episode show in the window: a page of the work pane, and the tabs that lead there."""

from collections.abc import Callable

from player.library.library import Library
from player.session.notes import Notes
from player.session.session import Session
from player.ui.look import Look
from player.ui.notes_page import NotesPage
from player.ui.work_pane import WorkPane
from player.ui.work_tabs import WorkTabs


class NotesView:
    """Makes both and puts them where they belong. The notes are read from the library when they come into view."""

    def __init__(self, session: Session, library: Library, look: Look, work: WorkPane) -> None:
        self._session = session
        self._notes = Notes(session, library)
        self._work = work
        self.page = NotesPage(look)
        self.tabs = WorkTabs()
        work.add_sheet(self.page)
        work.header.add_tabs(self.tabs)
        self.page.place_asked.connect(session.seek)
        self.tabs.outline_asked.connect(self.show_outline)
        self.tabs.notes_asked.connect(self.show)
        work.pages.currentChanged.connect(lambda _: self._on_page())
        session.episode_changed.connect(self._on_episode)
        session.outline_changed.connect(self._fill)
        self._on_episode()

    def set_look(self, look: Look) -> None:
        """Paint in another colour scheme."""
        self.page.set_look(look)

    @property
    def does(self) -> dict[str, Callable[[], None]]:
        """What the keys of the tabs do."""
        return {"outline_tab": self.show_outline, "notes_tab": self.show}

    def show(self) -> None:
        """Show the notes of the open episode."""
        if self._session.episode:
            self._work.pages.setCurrentWidget(self.page)
            self.page.setFocus()

    def show_outline(self) -> None:
        """Show the outline, whatever covers it."""
        self._work.show_outline_page()

    def _on_page(self) -> None:
        self.tabs.show_notes(self._is_in_view)
        self._fill()

    def _on_episode(self) -> None:
        if self._is_in_view:
            self.show_outline()
        self.page.show_notes("")
        self._show_tabs()

    def _fill(self) -> None:
        if self._is_in_view:
            self.page.show_notes(self._notes.html)
        self._show_tabs()

    def _show_tabs(self) -> None:
        self.tabs.set_wanted(self._notes.are_there)

    @property
    def _is_in_view(self) -> bool:
        return self._work.pages.currentWidget() is self.page
