"""The chip that shows for a while after a jump: where it led, and one button that takes it back."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from player.core.clock import clock_text
from player.session.session import Session
from player.ui.icon import icon
from player.ui.look import GRID, Look
from player.ui.stop_words import named

SHOWN_FOR_MS = 12_000
LONGEST_NAME = 28  # characters
LEAST_WORDS = 110  # pixels; with less room the words are left out, never the way back


class JumpChip(QFrame):
    """Lies over ``parent``, above ``footing``. It stays while the pointer or the keyboard is on it."""

    left = Signal()  # it went while it had the keyboard

    def __init__(self, session: Session, look: Look, parent: QWidget, footing: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._over, self._footing = parent, footing
        self.setObjectName("chip")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target = ""
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self.back = QPushButton()
        self.back.setObjectName("link")
        self.back.setMinimumHeight(32)
        self.back.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.close_button = QToolButton()
        self.close_button.setMinimumSize(32, 32)
        self.close_button.setAccessibleName(self.tr("Close this message"))
        self.close_button.setToolTip(self.close_button.accessibleName())
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_FOR_MS)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * GRID, GRID, GRID, GRID)
        row.setSpacing(2 * GRID)
        for widget in (self._words, self.back, self.close_button):
            row.addWidget(widget)
        self._connect()
        self.set_look(look)
        self.hide()

    def _connect(self) -> None:
        trail = self._session.trail
        trail.jumped.connect(self._show)
        trail.returned.connect(self.hide)
        self._session.episode_changed.connect(self.hide)
        self._timer.timeout.connect(self._hide_unless_used)
        self.back.clicked.connect(trail.back)
        self.back.clicked.connect(self.left)
        self.close_button.clicked.connect(self.hide)
        for watched in (self._over, self._footing):
            watched.installEventFilter(self)

    def set_look(self, look: Look) -> None:
        """Paint in another colour scheme."""
        self.close_button.setIcon(icon("x", look.dim))
        self.close_button.setIconSize(QSize(16, 16))

    @property
    def words(self) -> str:
        """What it says, with what it offers."""
        return f"{self._target} · {self.back.text()}"

    def _show(self, left_ms: int) -> None:
        self._target = self.tr("Jumped to {0}").format(self._name())
        self.back.setText(self.tr("Go back to {0}").format(clock_text(left_ms)))
        self.setAccessibleName(self.words)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.words))

    def _name(self) -> str:
        """What the jump led to."""
        section = self._session.timeline.section_at(self._session.place_ms)
        if section is None:
            return clock_text(self._session.place_ms)
        name = section.label or named(section)
        return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"

    def _place(self) -> None:
        self._words.setText(self._target)
        self._words.show()
        too_wide = self.sizeHint().width() - (self._over.width() - 2 * GRID)
        if too_wide > 0:
            metrics = self._words.fontMetrics()
            room = metrics.horizontalAdvance(self._target) - too_wide
            self._words.setText(metrics.elidedText(self._target, Qt.TextElideMode.ElideRight, room))
            self._words.setVisible(room >= LEAST_WORDS)
        self.adjustSize()
        top = self._footing.mapTo(self._over, self._footing.rect().topLeft()).y()
        self.move((self._over.width() - self.width()) // 2, top - self.height() - 2 * GRID)

    def _hide_unless_used(self) -> None:
        if self.underMouse() or self.back.hasFocus() or self.close_button.hasFocus():
            self._timer.start()
        else:
            self.hide()

    # --- Qt's side ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_over_or_below = watched in (self._over, self._footing)
        if is_over_or_below and event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
            return
        super().keyPressEvent(event)
