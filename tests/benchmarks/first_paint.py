"""First paint of the window beside a bare PySide6 window with a tree, in the same run. By name, not a test:

    python tests/benchmarks/first_paint.py [RUNS]

Prints the median wall time from the start of the process to the first painted frame, and the ratio. Both are
compiled, as pip leaves what it installs; the first run, which compiles, does not count. The library holds the seed's
episode with its place, so that the window shows an outline of 119 sections at its first paint.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

BARE = """
import sys, time
from PySide6.QtCore import QStringListModel, QTimer
from PySide6.QtWidgets import QApplication, QTreeView, QVBoxLayout, QWidget
app = QApplication(sys.argv[:1])
window = QWidget()
QVBoxLayout(window).addWidget(tree := QTreeView())
tree.setModel(QStringListModel([str(n) for n in range(119)]))
window.resize(1100, 720)
window.show()
app.processEvents()
window.repaint()
print(time.time(), flush=True)
"""

OURS = """
import sys, time
if __name__ == "__main__":
    from player.playback.environment import prepare_environment
    prepare_environment()
    from player import app, cli
    from player.ui.first_paint import FirstPaint

    class Timed(app.Application):
        def start(self, *arguments, **options):
            FirstPaint(self.window).done.connect(self.tell)
            super().start(*arguments, **options)

        def tell(self):
            print(time.time(), flush=True)
            assert len(self.session.outline) == 119
            self.window.close()

    app.Application = Timed
    sys.exit(cli.main(["--data-dir", *sys.argv[1:]]))
"""


def _seconds(compiled: Path, code: str, *arguments: str) -> float:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(compiled)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    started = time.time()
    output = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, env=environment
    ).stdout
    return float(output.split()[0]) - started


def _library(folder: Path) -> None:
    """A library with the seed's episode, left in 2.2.2.1.1."""
    from player.core.chapter import Chapter, ChapterList
    from player.core.reading import Reading
    from player.library import intake
    from player.library.library import Library
    from tests.builders import SEED_SECONDS, seed_chapters

    recording = folder / "report.m4b"
    recording.write_bytes(b"never opened")
    chapters = tuple(Chapter(start, title) for start, title in seed_chapters())
    with Library.open(folder / "data") as library:
        reading = Reading(
            title="A report",
            author="Somebody",
            container="mp4",
            duration_ms=SEED_SECONDS * 1000,
            chapter_lists=(ChapterList("chpl", chapters),),
        )
        episode = intake.add(library, str(recording), reading, 0)
        library.save_place(episode, library.episode(episode).files[0].id, 8_700_000, 0)


def main() -> None:
    """Measure in turn, print medians and their ratio."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as folder:
        _library(Path(folder))
        compiled = Path(folder) / "compiled"
        bare, ours = [], []
        for _ in range(runs + 1):
            bare.append(_seconds(compiled, BARE))
            ours.append(_seconds(compiled, OURS, str(Path(folder) / "data")))
    floor, figure = statistics.median(bare[1:]), statistics.median(ours[1:])
    print(
        f"first paint: {figure * 1000:.0f} ms; bare window and tree {floor * 1000:.0f} ms; ratio {figure / floor:.2f}"
    )


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
