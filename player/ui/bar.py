"""The bar: an overview of the whole above, the section in scope below. Shows the place and asks for another.

Pixels become milliseconds through ``core.scale`` only.
"""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from player.core.clock import clock_text
from player.core.coverage import NOTHING_HEARD, Coverage
from player.core.outline import EMPTY_OUTLINE
from player.core.scale import Scale
from player.core.section import Section
from player.core.timeline import Timeline
from player.session.trail import Stopped
from player.ui.bar_paint import (
    HANDLE,
    TICK_HEIGHTS,
    merged,
    paint_labels,
    paint_overview,
    paint_scope,
    paint_ticks,
    paint_zoom,
)
from player.ui.bar_stops import BarStops
from player.ui.look import GRID, Look, tabular

TWO_SCALES_FROM = 13  # sections; fewer fit one bar
SNAP = 6  # pixels
EDGE = HANDLE + 2
OVERVIEW_TOP, OVERVIEW_HEIGHT = 6, 6
ZOOM_HEIGHT = 14
GROOVE_HEIGHT = 6
LABEL_SCALE = 0.8  # of the text size


class Bar(QWidget):
    """One bar in two scales."""

    seek_asked = Signal(int)  # ms

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._timeline = Timeline(EMPTY_OUTLINE)
        self._duration_ms = 0
        self._heard = NOTHING_HEARD
        self._place_ms = 0
        self._chosen: Section | None = None  # the scope that the listener chose
        self._scope: Section | None = None
        self._dragged_ms: int | None = None
        self._is_on_overview = False
        self._stopped: Stopped | None = None  # the place of the trail under the pointer
        self.stops = BarStops()
        self._hint = QLabel(self.window())
        self._hint.setObjectName("chip")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.hide()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Place"))

    # --- what is shown ---

    @property
    def has_two_scales(self) -> bool:
        """Whether the overview is shown."""
        return len(self._timeline.outline) >= TWO_SCALES_FROM

    @property
    def scope(self) -> Section | None:
        """The section that the lower scale spreads out; None for the whole."""
        return self._scope

    def show_outline(self, timeline: Timeline, duration_ms: int | None, heard: Coverage) -> None:
        """Show another outline."""
        self._timeline = timeline
        self._duration_ms = duration_ms or 0
        self._heard = heard
        self._chosen = None
        self._dragged_ms = None
        self._scope = self._natural_scope()
        self.updateGeometry()
        self.update()

    def set_look(self, look: Look) -> None:
        """Paint in another colour scheme."""
        self._look = look
        self.update()

    def set_heard(self, heard: Coverage) -> None:
        """Show what is heard by now; painted with the next move of the place."""
        self._heard = heard

    def set_place(self, ms: int) -> None:
        """Move the handle; paints only when a pixel changed."""
        before = self._pixels()
        self._place_ms = ms
        scope = self._natural_scope()
        if scope is not self._scope or self._pixels() != before:
            self._scope = scope
            self.update()
        where = self._timeline.section_at(ms)
        label = where.label or where.title if where else ""
        words = self.tr("{0} of {1}").format(clock_text(ms), clock_text(self._duration_ms))
        if label:
            words += self.tr(", section {0}").format(label)
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    def set_scope(self, section: Section | None) -> None:
        """Spread ``section`` out for as long as the place is in it; None follows the place."""
        self._chosen = section
        self._scope = self._natural_scope()
        self.update()

    # --- where things are ---

    def _natural_scope(self) -> Section | None:
        """The chosen section while the place is in it, else the top-level section around the place."""
        if not self.has_two_scales:
            return None
        path = self._timeline.path(self._timeline.section_at(self._place_ms))
        if self._chosen is not None and self._chosen.row in [section.row for section in path]:
            return self._chosen
        self._chosen = None
        return path[0] if path else None

    def _overview(self) -> Scale:
        return Scale(0, self._duration_ms, EDGE, self.width() - 2 * EDGE)

    def _lower(self) -> Scale:
        scope = self._scope
        if scope is None:
            return self._overview()
        return Scale(scope.start_ms, scope.whole_end_ms or self._duration_ms, EDGE, self.width() - 2 * EDGE)

    def _groove(self) -> QRectF:
        top = OVERVIEW_TOP + OVERVIEW_HEIGHT + ZOOM_HEIGHT + HANDLE if self.has_two_scales else HANDLE + 2
        return QRectF(EDGE, top - GROOVE_HEIGHT / 2, self.width() - 2 * EDGE, GROOVE_HEIGHT)

    def _pixels(self) -> tuple[int, int]:
        return round(self._overview().x(self._place_ms) * 2), round(self._lower().x(self._place_ms) * 2)

    def _ticked(self) -> tuple[Section, ...]:
        """The sections that start inside the scope."""
        sections = self._timeline.outline.sections
        if self._scope is None:
            return sections
        end_ms = self._scope.whole_end_ms
        inside = []
        for section in sections[self._scope.row + 1 :]:
            if end_ms is not None and section.start_ms >= end_ms:
                break
            inside.append(section)
        return tuple(inside)

    def _ms_under(self, point: QPoint, *, snaps: bool) -> int:
        scale = self._overview() if self._is_on_overview else self._lower()
        if self._stopped:
            return self._stopped.ms
        starts = [section.start_ms for section in self._timeline.outline.sections]
        return scale.snap(point.x(), starts, SNAP) if snaps else scale.ms(point.x())

    def _is_above(self, point: QPoint) -> bool:
        return self.has_two_scales and point.y() < OVERVIEW_TOP + OVERVIEW_HEIGHT + ZOOM_HEIGHT / 2

    def _look_under(self, point: QPoint) -> None:
        """Find out which scale the pointer is on, and which place of the trail: these lie above the grooves."""
        self._is_on_overview = self._is_above(point)
        bottom = OVERVIEW_TOP + OVERVIEW_HEIGHT / 2 if self._is_on_overview else self._groove().top()
        scale = self._overview() if self._is_on_overview else self._lower()
        self._stopped = self.stops.under(scale, point.x()) if point.y() <= bottom else None

    # --- pointing and dragging ---

    def _show_hint(self, ms: int) -> None:
        section = self._timeline.section_at(ms)
        words = clock_text(ms)
        if self._stopped:
            words = self.stops.words(self._stopped)
        elif section:
            words += f" · {section.title}" if section.label is None else f" · {section.label} {section.rest}"
        window = self.window()
        if self._hint.parent() is not window:
            self._hint.setParent(window)
        longest = max(120, window.width() - 8 * GRID)
        self._hint.setText(self._hint.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, longest - 32))
        self._hint.adjustSize()
        scale = self._overview() if self._is_on_overview else self._lower()
        here = self.mapTo(window, QPoint(round(scale.x(ms)), 0))
        left = min(max(here.x() - self._hint.width() // 2, GRID), window.width() - self._hint.width() - GRID)
        self._hint.move(left, here.y() - self._hint.height() - GRID)
        self._hint.raise_()
        self._hint.show()

    def _stop_dragging(self) -> None:
        self._dragged_ms = None
        self._hint.hide()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._duration_ms:
            return
        self._look_under(event.position().toPoint())
        self._drag_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._duration_ms:
            return
        if self._dragged_ms is not None:
            self._stopped = None  # dragging away from it
            self._drag_to(event)
        elif not event.buttons():
            self._look_under(event.position().toPoint())
            self._show_hint(self._ms_under(event.position().toPoint(), snaps=not _is_free(event)))

    def _drag_to(self, event: QMouseEvent) -> None:
        self._dragged_ms = self._ms_under(event.position().toPoint(), snaps=not _is_free(event))
        self._show_hint(self._dragged_ms)
        self.grabKeyboard()  # so that Escape reaches us wherever the focus is
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.releaseKeyboard()
        if self._dragged_ms is not None and event.button() == Qt.MouseButton.LeftButton:
            asked_ms = self._dragged_ms
            self._stop_dragging()
            self.seek_asked.emit(asked_ms)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._dragged_ms is not None:
            self.releaseKeyboard()
            self._stop_dragging()
            return
        super().keyPressEvent(event)

    def leaveEvent(self, event: object) -> None:
        if self._dragged_ms is None:
            self._hint.hide()

    # --- Qt's side ---

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def sizeHint(self) -> QSize:
        labels = QFontMetrics(tabular(self.font(), scale=LABEL_SCALE)).height()
        return QSize(300, round(self._groove().bottom() + GRID + max(TICK_HEIGHTS[0], labels + 2) + 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            shown_ms = self._place_ms if self._dragged_ms is None else self._dragged_ms
            lower, groove = self._lower(), self._groove()
            if self.has_two_scales:
                upper = self._overview()
                self.stops.paint(painter, upper, OVERVIEW_TOP - 1, self._look)
                area = QRectF(EDGE, OVERVIEW_TOP, upper.width, OVERVIEW_HEIGHT)
                top = self._timeline.outline.top
                segments = [(section.start_ms, section.whole_end_ms or self._duration_ms) for section in top]
                scope = (lower.start_ms, lower.end_ms)
                paint_zoom(painter, upper, lower, area.bottom() + 3, groove.top() - 5, self._look)
                paint_overview(painter, upper, area, merged(upper, segments), scope, self._heard, shown_ms, self._look)
            ticked = self._ticked()
            depth = self._scope.depth if self._scope else 0
            below = groove.bottom() + 4
            paint_ticks(painter, lower, below, ticked, depth, self._look)
            nearest = [section for section in ticked if section.depth == depth + 1]
            paint_labels(painter, lower, below + 2, nearest, tabular(self.font(), scale=LABEL_SCALE), self._look)
            self.stops.paint(painter, lower, groove.top() - 1, self._look)
            paint_scope(painter, lower, groove, self._heard, shown_ms, self._look, has_focus=self.hasFocus())


def _is_free(event: QMouseEvent) -> bool:
    """Whether the listener holds Shift, which keeps the pointer from snapping to ticks."""
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
