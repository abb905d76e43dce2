"""What playing six hours costs beside bare Qt on the same file, in the same run. By name, not a test:

    python -m tests.benchmarks.playing_cost FOLDER [SECONDS] [ROUNDS]

Makes the recordings in FOLDER once (some 180 MB). Each figure is the median of ROUNDS (3) of SECONDS (20) each.

- cpu: of the whole process, all threads, at 1x; "player" is a bare QMediaPlayer without a window, "window" a bare
  window with a tree of 119 rows, a slider that follows the position, and a QMediaPlayer. The second is the floor of a
  program that shows where it is. "short": ours in a section of two minutes, whose bar moves all the time.
- paused: the same, silent, with the window shown.
- memory: what the process weighs alone and its share of what it shares (PSS), while playing; "window" is the floor.
- late: the longest that the window's thread kept a 5 ms timer waiting while the file was added, while it played (a
  place is saved every second), and while a megabyte of text was looked through for chapters.

Where PulseAudio and parec are installed, all play into a private null sink, kept awake by a recorder; else into no
device, where Qt's clock runs all the same. The window is shown where QT_QPA_PLATFORM says, off-screen if nothing does.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import builders, capture

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60
USUAL_MS = 8_640_000  # in a section of more than two hours
Figures = dict[str, float]


# --- measured in a child of its own ---


class Lateness:
    """A 5 ms timer on the window's thread, and the longest that it was kept waiting."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.worst_ms = 0.0
        self._due = 0.0
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=5)
        self._timer.timeout.connect(self._ring)

    def start(self) -> None:
        self.worst_ms, self._due = 0.0, time.perf_counter() + 0.005
        self._timer.start()

    def stop(self) -> float:
        self._ring()
        self._timer.stop()
        return self.worst_ms

    def _ring(self) -> None:
        now = time.perf_counter()
        self.worst_ms = max(self.worst_ms, (now - self._due) * 1000)
        self._due = now + 0.005


def _wait(seconds: float) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def _until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, "waited too long"
        _wait(0.01)


def _cpu(seconds: float) -> float:
    """Hundredths of one processor that this process takes, over ``seconds``."""
    wall, used = time.perf_counter(), time.process_time()
    _wait(seconds)
    return (time.process_time() - used) / (time.perf_counter() - wall) * 100


def _children() -> list[str]:
    """The processes that this one started."""
    return [child for task in Path("/proc/self/task").iterdir() for child in (task / "children").read_text().split()]


def _memory_mb(process: str = "self") -> float:
    lines = Path("/proc", process, "smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _bare_player(path: Path) -> Any:
    """A QMediaPlayer that plays ``path``; the caller keeps it."""
    from PySide6.QtCore import QUrl
    from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer

    player = QMediaPlayer()
    output = QAudioOutput(player)
    player.setAudioOutput(output)
    player.setSource(QUrl.fromLocalFile(str(path)))
    _until(lambda: player.mediaStatus() is QMediaPlayer.MediaStatus.LoadedMedia)
    player.play()
    _until(lambda: player.position() > 1000)
    return player


def _measure_player(path: Path, seconds: float) -> Figures:
    from PySide6.QtCore import QCoreApplication

    app = QCoreApplication([])
    player = _bare_player(path)
    cpu = _cpu(seconds)
    player.stop()
    del app
    return {"cpu": cpu}


def _measure_window(path: Path, seconds: float) -> Figures:
    from PySide6.QtCore import QStringListModel, Qt
    from PySide6.QtWidgets import QApplication, QSlider, QTreeView, QVBoxLayout, QWidget

    app = QApplication([])
    app.setStyle("Fusion")
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(tree := QTreeView())
    column.addWidget(slider := QSlider(Qt.Orientation.Horizontal))
    model = QStringListModel([title for _, title in builders.seed_chapters()])
    tree.setModel(model)
    window.resize(1100, 720)
    window.show()
    player = _bare_player(path)
    slider.setMaximum(player.duration())
    player.positionChanged.connect(slider.setValue)
    cpu = _cpu(seconds)
    figures = {"cpu": cpu, "memory": _memory_mb()}
    player.pause()
    _wait(1)
    figures["paused"] = _cpu(seconds / 2)
    player.stop()
    return figures


def _measure_ours(path: Path, seconds: float) -> Figures:
    from player.app import Application, make_qt
    from player.library.data_folder import data_folder

    qt = make_qt()
    late = Lateness()
    with tempfile.TemporaryDirectory() as folder:
        ours = Application(data_folder(folder, {}))
        ours.start()
        _wait(0.5)
        late.start()
        ours.window.opening.open_paths([str(path)])
        _until(lambda: ours.session.is_playing and ours.session.place_ms > 1000)
        figures = {"late adding": late.stop()}
        assert len(ours.session.outline) == 119
        figures["short"] = _cpu(seconds)
        ours.session.seek(USUAL_MS)
        _wait(1)
        figures["cpu"] = _cpu(seconds)
        figures["memory"] = _memory_mb()
        figures["helpers"] = sum(_memory_mb(child) for child in _children())
        late.start()
        _wait(5)
        figures["late playing"] = late.stop()
        late.start()
        ours.window.opening.text_given.emit("A line of 0:00 show notes, without end.\n" * 25_000)
        _wait(3)
        figures["late pasting"] = late.stop()
        ours.window.work.show_outline_page()
        ours.session.pause()
        _wait(1)
        figures["paused"] = _cpu(seconds / 2)
        ours.close()
    del qt
    return figures


MEASURES = {"player": _measure_player, "window": _measure_window, "ours": _measure_ours}


def _child(kind: str, path: Path, seconds: float) -> None:
    from player.playback.environment import prepare_environment

    prepare_environment()
    figures = MEASURES[kind](path, seconds)
    print(json.dumps(figures), flush=True)
    os._exit(0)  # the bare ones leave their objects to no order


# --- the run ---


def _recordings(folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    marks, end_ms = builders.seed_chapters(), builders.SEED_SECONDS * 1000
    made = []
    for name in ("report.mp3", "report.m4b"):
        path = folder / name
        made.append(path)
        if not path.exists():
            builders.long_audio(path, builders.SEED_SECONDS)
            write = builders.write_id3_chapters if path.suffix == ".mp3" else builders.write_quicktime_track
            write(path, marks, end_ms)
    return made


@contextmanager
def _sound() -> Iterator[dict[str, str]]:
    """The environment of a private sound server that somebody listens to, or ours when there can be none."""
    if capture.missing():
        yield dict(os.environ)
        return
    with tempfile.TemporaryDirectory() as folder, capture.private_pulse(Path(folder)) as environment:
        command = ["parec", "-d", f"{capture.SINK}.monitor", "--latency-msec=30"]
        ear = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        try:
            yield environment
        finally:
            ear.terminate()
            ear.wait(5)


def _run(kind: str, path: Path, seconds: float, environment: dict[str, str]) -> Figures:
    command = [sys.executable, "-m", "tests.benchmarks.playing_cost", "--child", kind, str(path), str(seconds)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def _report(name: str, found: dict[str, list[Figures]]) -> None:
    def middle(kind: str, figure: str) -> float:
        return statistics.median(each[figure] for each in found[kind])

    cpu, player, window = (middle(kind, "cpu") for kind in ("ours", "player", "window"))
    memory, floor = middle("ours", "memory"), middle("window", "memory")
    print(f"{name}: cpu {cpu:.2f} %; bare player {player:.2f} % (ratio {cpu / player:.2f}),", end=" ")
    print(f"bare window {window:.2f} % (ratio {cpu / window:.2f}); ", end="")
    print(f"paused {middle('ours', 'paused'):.2f} %, bare window {middle('window', 'paused'):.2f} %")
    helpers = middle("ours", "helpers")
    print(f"{name}: cpu in a short section {middle('ours', 'short'):.2f} %")
    print(f"{name}: memory {memory:.0f} MB; bare window {floor:.0f} MB (ratio {memory / floor:.2f})", end="")
    print(f"; and {helpers:.0f} MB of helpers that end when they are idle")
    late = {what: max(each[f"late {what}"] for each in found["ours"]) for what in ("adding", "playing", "pasting")}
    print(
        f"{name}: window late by at most " + ", ".join(f"{ms:.0f} ms {what}" for what, ms in late.items()), flush=True
    )


def main(folder: Path, seconds: float, rounds: int) -> None:
    """Measure each kind in turn, so that a busy machine is busy for all of them."""
    recordings = _recordings(folder)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with _sound() as environment:
        for path in recordings:
            found: dict[str, list[Figures]] = {kind: [] for kind in MEASURES}
            for _ in range(rounds):
                for kind, figures in found.items():
                    figures.append(_run(kind, path, seconds, environment))
            _report(path.name, found)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        _child(sys.argv[2], Path(sys.argv[3]), float(sys.argv[4]))
    elif len(sys.argv) < 2:
        sys.exit(__doc__)
    else:
        given = [*sys.argv[2:], *("20", "3")[len(sys.argv) - 2 :]]
        main(Path(sys.argv[1]), float(given[0]), int(given[1]))
