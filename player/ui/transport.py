"""The row of controls under the bar: times, previous, back, play, forward, next, speed, volume. Asks; plays nothing."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QIcon, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QSizePolicy, QSlider, QToolButton, QWidget

from player.core.clock import at_speed, clock_text
from player.core.section import Section
from player.core.speed import OFFERED
from player.ui.icon import icon
from player.ui.look import GRID, Look

TARGET = 36  # pixels: at least 32 to hit
PLAY_TARGET = 48
SCALES = (1, 0.9, 0.8, 0.7, 0.6)  # of the size of the text


def speed_text(speed: float) -> str:
    """The speed as the window writes it: 1×, 1.25×."""
    return f"{speed:g}×"


class RoundButton(QToolButton):
    """The play button: a filled circle with an icon."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.setFixedSize(PLAY_TARGET, PLAY_TARGET)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            circle = QRectF(self.rect()).adjusted(2, 2, -2, -2)
            ground = self.look.colour("accent" if self.isEnabled() else "groove")
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(
                ground.darker(112) if self.isDown() else ground.lighter(108) if self.underMouse() else ground
            )
            painter.drawEllipse(circle)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(self.look.colour("text"))
                painter.drawEllipse(circle.adjusted(-1.5, -1.5, 1.5, 1.5))
            side = 20
            left = (self.width() - side) // 2
            self.icon().paint(painter, left, left, side, side)


class SkipButton(QToolButton):
    """An arrow around the number of seconds it skips."""

    def __init__(self, look: Look, seconds: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._seconds = seconds
        self.setIconSize(QSize(26, 26))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            font = QFont(self.font())
            font.setPixelSize(9)
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(self.look.colour("text" if self.isEnabled() else "groove"))
            painter.drawText(self.rect().adjusted(0, 1, 0, 1), Qt.AlignmentFlag.AlignCenter, str(self._seconds))


class Transport(QWidget):
    """The controls. ``show_*`` says what is; the signals say what is asked."""

    play_asked = Signal()
    skip_asked = Signal(int)  # ms
    next_asked = Signal()
    previous_asked = Signal()
    speed_asked = Signal(float)
    volume_asked = Signal(float)
    mute_asked = Signal()
    times_toggled = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._is_playing = False
        self._shows_section = False
        self._shown_speed = 1.0
        self._volume, self._is_muted = 1.0, False
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as time does on the bar, in every language
        self._build()
        self._tint()

    def _build(self) -> None:
        self._elapsed = self._time_button(self.tr("Time gone by: in all, or in this section"))
        self._left = self._time_button(self.tr("Time left: in all, or in this section"))
        self._previous = self._button(self.tr("Previous section"), self.previous_asked.emit)
        self._back = SkipButton(self._look, 15)
        self._set_up(self._back, self.tr("Back 15 seconds"), lambda: self.skip_asked.emit(-15_000))
        self._play = RoundButton(self._look)
        self._play.setAccessibleName(self.tr("Play"))
        self._play.clicked.connect(self.play_asked)
        self._forward = SkipButton(self._look, 30)
        self._set_up(self._forward, self.tr("Forward 30 seconds"), lambda: self.skip_asked.emit(30_000))
        self._next = self._button(self.tr("Next section"), self.next_asked.emit)
        self._speed = self._button(self.tr("Speed"), self._open_speeds)
        self._mute = self._button(self.tr("Mute"), self.mute_asked.emit)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, 100)
        self._slider.setFixedWidth(84)
        self._slider.setAccessibleName(self.tr("Volume"))
        self._slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._slider.valueChanged.connect(lambda value: self.volume_asked.emit(value / 100))
        self._arrange()

    def _arrange(self) -> None:
        left, middle, right = (QHBoxLayout() for _ in range(3))
        self._middle, self._sides = middle, (left, right)
        for row in (left, middle, right):
            row.setSpacing(GRID)
        left.addWidget(self._elapsed)
        left.addStretch(1)
        for button in (self._previous, self._back, self._play, self._forward, self._next):
            middle.addWidget(button)
        right.addStretch(1)
        for widget in (self._speed, self._mute, self._slider, self._left):
            right.addWidget(widget)
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(GRID, 0, GRID, 0)
        grid.addLayout(left, 0, 0)
        grid.addLayout(middle, 0, 1)
        grid.addLayout(right, 0, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)

    def _time_button(self, tip: str) -> QToolButton:
        button = QToolButton()
        self._set_up(button, tip, self._toggle_times)
        button.setObjectName("time")
        button.setMinimumSize(0, TARGET)  # in width as wide as its text: nothing is cut off a time
        button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        return button

    def _button(self, tip: str, clicked: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        self._set_up(button, tip, clicked)
        return button

    @staticmethod
    def _set_up(button: QToolButton, tip: str, clicked: Callable[[], object]) -> None:
        button.setMinimumSize(TARGET, TARGET)
        button.setIconSize(button.iconSize() if isinstance(button, SkipButton) else QSize(20, 20))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(lambda _=False: clicked())

    def _tint(self) -> None:
        text = self._look.text
        for button, name in (
            (self._previous, "skip-back"),
            (self._next, "skip-forward"),
            (self._back, "rotate-ccw"),
            (self._forward, "rotate-cw"),
        ):
            button.setIcon(icon(name, text))
        self._play.setIcon(self._play_icon())
        self._show_volume_icon()

    def _play_icon(self) -> QIcon:
        return icon("pause" if self._is_playing else "play", self._look.on_accent, is_filled=True)

    # --- what is shown ---

    def set_look(self, look: Look) -> None:
        """Paint in another colour scheme."""
        self._look = self._play.look = self._back.look = self._forward.look = look
        self._tint()

    def set_narrow(self, is_narrow: bool) -> None:
        """Leave out what a narrow window has no room for; it is in the menu then."""
        for widget in (self._slider, self._mute, self._speed):
            widget.setVisible(not is_narrow)
        self._middle.setSpacing(0 if is_narrow else GRID)
        self._fit()

    def _fit(self) -> None:
        """Write the times smaller where large ones have no room beside the buttons."""
        self._speed.setMinimumWidth(max(TARGET, self._speed.sizeHint().width()))
        for scale in SCALES:
            font = QFont(self.font())
            font.setPointSizeF(font.pointSizeF() * scale)
            for button in (self._elapsed, self._left):
                button.setFont(font)
            for row in (*self._sides, self._grid):
                row.invalidate()
            if self._grid.minimumSize().width() <= self.width():
                break

    def show_playing(self, is_playing: bool) -> None:
        """Whether it sounds."""
        self._is_playing = is_playing
        self._play.setIcon(self._play_icon())
        self._play.setAccessibleName(self.tr("Pause") if is_playing else self.tr("Play"))
        self._play.setToolTip(self._play.accessibleName())

    def show_speed(self, speed: float) -> None:
        """The speed of the episode."""
        self._shown_speed = speed
        self._set_text(self._speed, speed_text(speed))

    def show_volume(self, volume: float, *, is_muted: bool) -> None:
        """How loud it is."""
        self._volume, self._is_muted = volume, is_muted
        self._slider.blockSignals(True)
        self._slider.setValue(round(volume * 100))
        self._slider.blockSignals(False)
        self._show_volume_icon()

    def _show_volume_icon(self) -> None:
        name = "volume-x" if self._is_muted or not self._volume else "volume-1" if self._volume < 0.5 else "volume-2"
        self._mute.setIcon(icon(name, self._look.text))
        self._mute.setAccessibleName(self.tr("Sound on") if self._is_muted else self.tr("Mute"))
        self._mute.setToolTip(self._mute.accessibleName())

    def show_times(self, ms: int, duration_ms: int | None, section: Section | None, speed: float) -> None:
        """The clocks: what is gone by, and what is left at ``speed``."""
        start_ms, end_ms = 0, duration_ms
        if self._shows_section and section is not None:
            start_ms, end_ms = section.start_ms, section.whole_end_ms
        self._set_text(self._elapsed, clock_text(ms - start_ms))
        left = "" if end_ms is None else f"−{clock_text(at_speed(max(0, end_ms - ms), speed))}"
        self._set_text(self._left, left)

    def _set_text(self, button: QToolButton, text: str) -> None:
        if button.text() != text:
            is_longer = len(button.text()) != len(text)
            button.setText(text)
            button.setAccessibleDescription(text)  # the name says what it is, this how much
            if is_longer:
                self._fit()

    def _toggle_times(self) -> None:
        self._shows_section = not self._shows_section
        self.times_toggled.emit()

    # --- choosing a speed ---

    def _open_speeds(self) -> None:
        menu = self.speed_menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._speed.mapToGlobal(self._speed.rect().topLeft()) - menu.rect().bottomLeft())

    def speed_menu(self, parent: QWidget) -> QMenu:
        """A menu of speeds, also for the menu of a narrow window."""
        menu = QMenu(self.tr("Speed"), parent)
        for speed in OFFERED:
            action = menu.addAction(speed_text(speed))
            action.setCheckable(True)
            action.setChecked(speed == self._shown_speed)
            action.triggered.connect(lambda _=False, asked=speed: self.speed_asked.emit(asked))
        return menu

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._speed.geometry().contains(event.position().toPoint()):
            self.speed_asked.emit(self._shown_speed + (0.05 if event.angleDelta().y() > 0 else -0.05))
            event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()
