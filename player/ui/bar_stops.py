"""The places of the trail on the bar: small pennants above a scale, where they are, and what is said of them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from player.core.clock import clock_text
from player.core.scale import Scale
from player.session.trail import Stopped
from player.ui.look import Look
from player.ui.stop_words import remembered

WIDTH, HEIGHT = 7, 5  # pixels
REACH = 6  # pixels from the pointer
MOST = 20  # the last ones; the history has them all


class BarStops:
    """Painted above ticks and grooves, so that neither hides the other."""

    def __init__(self) -> None:
        self._stops: tuple[Stopped, ...] = ()
        self._now: Callable[[], int] = lambda: 0

    def show(self, stops: Sequence[Stopped], now: Callable[[], int]) -> None:
        """Show the last of these from now on; ``now`` gives milliseconds since 1970 UTC."""
        self._stops, self._now = tuple(stops[-MOST:]), now

    def under(self, scale: Scale, x: float) -> Stopped | None:
        """The stop that the pointer at pixel ``x`` means; of equally near ones the last."""
        near = [stopped for stopped in self._within(scale) if abs(scale.x(stopped.ms) - x) <= REACH]
        return min(reversed(near), key=lambda stopped: abs(scale.x(stopped.ms) - x), default=None)

    def words(self, stopped: Stopped) -> str:
        """What is said of a stop."""
        return f"{clock_text(stopped.ms)} · {remembered(stopped.stop, self._now())}"

    def paint(self, painter: QPainter, scale: Scale, bottom: float, look: Look) -> None:
        """A pennant for each stop on ``scale``, its point at ``bottom``; of those that would touch the last is seen."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent"))
        drawn: list[int] = []
        for stopped in reversed(self._within(scale)):
            x = round(scale.x(stopped.ms))
            if all(abs(x - other) >= WIDTH for other in drawn):
                drawn.append(x)
                top = bottom - HEIGHT
                corners = [QPointF(x - WIDTH / 2, top), QPointF(x + WIDTH / 2, top), QPointF(x, bottom)]
                painter.drawPolygon(QPolygonF(corners))

    def _within(self, scale: Scale) -> list[Stopped]:
        return [stopped for stopped in self._stops if scale.start_ms <= stopped.ms <= scale.end_ms]
