"""The whole program on a folder, off-screen, until its window has been painted: prints what it shows, as JSON.

python -m tests.faults.window_once FOLDER
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from player.app import Application, make_qt
from player.library.data_folder import Folders

SETTLED_MS = 300


def main(folder: Path) -> int:
    """Start, look, and close in order."""
    qt = make_qt()
    application = Application(Folders(folder, folder / "cache"))
    application.start()
    shown: dict[str, object] = {}

    def look() -> None:
        episode = application.session.episode
        place = episode.place if episode else None
        shown["path"] = episode.files[0].path if episode else None
        shown["place_ms"] = episode.whole_ms(place) if episode and place else None
        shown["episodes"] = len(application.library.episodes())
        shown["told"] = [notice.message for notice in application.library.notices]
        QApplication.quit()

    QTimer.singleShot(SETTLED_MS, look)
    qt.exec()
    shown["is_saved"] = application.close()
    print(json.dumps(shown))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
