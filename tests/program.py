"""The whole program in a process of its own, off-screen, driven over its standard input; run by ``python -m``.

Commands, one a line: ``open PATH``, ``show`` (the last episode), ``section LABEL``, ``play``, ``pause``, ``quit``.
It prints one JSON object a tick of 100 ms: what the session and the window show. For tests that kill it.
"""

import json
import sys
import threading
import time
from pathlib import Path


def main() -> int:
    """Run until told to quit, or killed."""
    from player.playback.environment import prepare_environment

    prepare_environment()
    from PySide6.QtCore import QObject, QTimer, Signal

    from player.app import Application, make_qt
    from player.library.data_folder import data_folder
    from player.ui.outline_model import ROW_ROLE

    qt = make_qt()
    application = Application(data_folder(sys.argv[1], {}))
    session, window = application.session, application.window

    class Commands(QObject):
        read = Signal(str)

    commands = Commands()

    def carry_out(line: str) -> None:
        verb, _, word = line.partition(" ")
        if verb == "open":
            application.start([word])
        elif verb == "show":
            application.start()
        elif verb == "section":
            session.play_section(next(each for each in session.outline.sections if each.label == word))
        elif verb == "speed":
            session.set_speed(float(word))
        elif verb == "play":
            session.play()
        elif verb == "pause":
            session.pause()
        elif verb == "quit":
            qt.quit()

    def report() -> None:
        model = window.work.outline.outline_model
        row = model.index_of(model.path[-1]).data(ROW_ROLE) if model.path else None
        told = {
            "at": time.time(),
            "place_ms": session.place_ms,
            "is_playing": session.is_playing,
            "sections": len(session.outline),
            "section": session.section.label if session.section else None,
            "row": row.section.label if row else None,
            "banner": window.work.banner.words,
        }
        print(json.dumps(told), flush=True)

    commands.read.connect(carry_out)
    threading.Thread(target=lambda: [commands.read.emit(line.strip()) for line in sys.stdin], daemon=True).start()
    timer = QTimer()
    timer.timeout.connect(report)
    timer.start(100)
    status = qt.exec()
    if len(sys.argv) > 2:
        window.grab().save(str(Path(sys.argv[2])))
    application.close()
    return status


if __name__ == "__main__":
    sys.exit(main())
