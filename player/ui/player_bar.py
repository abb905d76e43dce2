"""What stands under the outline: the path, the bar, the controls; wired to the session in one place."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from player.session.session import Session
from player.ui.bar import Bar
from player.ui.breadcrumb import Breadcrumb
from player.ui.look import GRID, Look
from player.ui.trail_buttons import TrailButtons
from player.ui.transport import Transport


class PlayerBar(QWidget):
    """Shows the session's place in every way at once, and passes on what is asked."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown_second = -1
        self.trail = TrailButtons(session.trail, look, self)
        self.breadcrumb = Breadcrumb(look, self)
        self.bar = Bar(look, self)
        self.transport = Transport(look, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        path = QHBoxLayout()
        path.setSpacing(GRID)
        path.addWidget(self.trail)
        path.addWidget(self.breadcrumb, 1)
        column.addLayout(path)
        column.addWidget(self.bar)
        column.addWidget(self.transport)
        self._connect()

    def _connect(self) -> None:
        session = self._session
        session.episode_changed.connect(self._show_episode)
        session.outline_changed.connect(self._show_episode)
        session.section_changed.connect(self._show_section)
        session.place_changed.connect(self._show_place)
        session.heard_changed.connect(self._show_heard)
        session.playing_changed.connect(self.transport.show_playing)
        session.speed_changed.connect(self._show_speed)
        session.trail.changed.connect(self._show_stops)
        session.volume.changed.connect(self._show_volume)
        self.bar.seek_asked.connect(session.seek)
        self.breadcrumb.section_asked.connect(session.play_section)
        self.breadcrumb.scope_asked.connect(self.bar.set_scope)
        self.transport.play_asked.connect(session.toggle_play)
        self.transport.skip_asked.connect(session.skip)
        self.transport.next_asked.connect(session.moves.next_section)
        self.transport.previous_asked.connect(session.moves.previous_section)
        self.transport.speed_asked.connect(session.set_speed)
        self.transport.volume_asked.connect(session.volume.set)
        self.transport.mute_asked.connect(session.volume.toggle_mute)
        self.transport.times_toggled.connect(self._show_times)
        self._show_volume()

    def set_look(self, look: Look) -> None:
        """Paint in another colour scheme."""
        for part in (self.trail, self.breadcrumb, self.bar, self.transport):
            part.set_look(look)

    def _show_episode(self) -> None:
        session = self._session
        self.setEnabled(session.episode is not None)
        self.bar.show_outline(session.timeline, session.duration_ms, session.heard)
        self._show_section()
        self._show_speed()
        self._show_place(session.place_ms)

    def _show_section(self) -> None:
        self.breadcrumb.show_path(self._session.timeline, self._session.section)
        self._show_times()

    def _show_place(self, ms: int) -> None:
        self.bar.set_place(ms)
        if ms // 1000 != self._shown_second:
            self._show_times()
            self.trail.refresh()

    def _show_stops(self) -> None:
        self.bar.stops.show(self._session.trail.stops, self._session.trail.now)
        self.bar.update()

    def _show_heard(self, is_anywhere: bool) -> None:
        self.bar.set_heard(self._session.heard)
        if is_anywhere:
            self.bar.update()

    def _show_speed(self) -> None:
        self.transport.show_speed(self._session.speed)
        self._show_times()

    def _show_times(self) -> None:
        session = self._session
        self._shown_second = session.place_ms // 1000
        self.transport.show_times(session.place_ms, session.duration_ms, session.section, session.speed)

    def _show_volume(self) -> None:
        self.transport.show_volume(self._session.volume.level, is_muted=self._session.volume.is_muted)
