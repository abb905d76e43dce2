"""``outspoken`` itself, the whole command with its window, driven over standard input: ``python -m tests.program ...``.

The arguments are those of the command. One command a line: ``open PATH``, ``section LABEL``, ``seek MS``, ``speed X``,
``play``, ``pause``, ``next``, ``previous``, ``back``, ``forward`` (along the trail), ``reconnect`` (press the banner's
button), ``clock MS`` (set the clock forward, or back), ``late`` (begin to measure), ``picture PATH``, ``quit``. It
prints one JSON object a tick: what the session and the window show. For tests that let things fail and that kill it.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from player.app import Application

REPORT_MS = 100


def main() -> int:
    """Run as the command does, until told to quit, or killed."""
    from player.playback.environment import prepare_environment

    prepare_environment()
    from player import app, cli
    from player.core import speed

    speed.MAX_SPEED = float(os.environ.get("OUTSPOKEN_TEST_MOST_SPEED", speed.MAX_SPEED))
    real_now_ms = app._now_ms
    set_on = [0]
    app._now_ms = lambda: real_now_ms() + set_on[0]

    class Driven(app.Application):
        def start(self, paths: Sequence[str] = (), **options: Any) -> None:
            super().start(paths, **options)
            drive(self, set_on)

    app.Application = Driven  # type: ignore[misc]
    return cli.main()


def drive(application: "Application", set_on: list[int]) -> None:
    """Carry out what is read, and report."""
    from PySide6.QtCore import QObject, QTimer, Signal
    from PySide6.QtWidgets import QApplication, QPushButton

    from player.ui.outline_model import ROW_ROLE
    from tests.faults.lateness import Lateness

    session, window = application.session, application.window
    late = Lateness()

    class Commands(QObject):
        read = Signal(str)

    def section(label: str) -> None:
        session.play_section(next(each for each in session.outline.sections if each.label == label))

    def reconnect() -> None:
        next(each for each in window.work.banner.findChildren(QPushButton) if each.isVisible()).click()

    does = {
        "open": lambda path: window.opening.open_paths([path]),
        "section": section,
        "seek": lambda ms: session.seek(int(ms)),
        "speed": lambda speed: session.set_speed(float(speed)),
        "play": lambda _: session.play(),
        "pause": lambda _: session.pause(),
        "next": lambda _: session.moves.next_section(),
        "previous": lambda _: session.moves.previous_section(),
        "back": lambda _: session.trail.back(),
        "forward": lambda _: session.trail.forward(),
        "reconnect": lambda _: reconnect(),
        "clock": lambda ms: set_on.__setitem__(0, set_on[0] + int(ms)),
        "late": lambda _: late.start(),
        "picture": lambda path: window.grab().save(path),
        "quit": lambda _: QApplication.quit(),
    }

    def report() -> None:
        model = window.work.outline.outline_model
        row = model.index_of(model.path[-1]).data(ROW_ROLE) if model.path else None
        told = {
            "pid": os.getpid(),
            "at": time.time(),
            "place_ms": session.place_ms,
            "is_playing": session.is_playing,
            "speed": session.speed,
            "heard_ms": session.heard.total_ms,
            "sections": len(session.outline),
            "section": session.section.label if session.section else None,
            "row": row.section.label if row else None,
            "banner": window.work.banner.words,
            "chip": window.trail.chip.words if window.trail.chip.isVisible() else "",
            "late_ms": late.worst_ms(),
        }
        print(json.dumps(told), flush=True)

    commands = Commands(application)
    commands.read.connect(lambda line: does[line.partition(" ")[0]](line.partition(" ")[2]))
    # bytes straight from the pipe: what Python read ahead would be lost to the process that this one may become
    threading.Thread(target=lambda: _read_lines(commands.read.emit), daemon=True).start()
    timer = QTimer(application, interval=REPORT_MS)
    timer.timeout.connect(report)
    timer.start()


def _read_lines(take: Any) -> None:
    line = b""
    while byte := os.read(0, 1):
        if byte == b"\n":
            take(line.decode())
            line = b""
        else:
            line += byte


if __name__ == "__main__":
    sys.exit(main())
