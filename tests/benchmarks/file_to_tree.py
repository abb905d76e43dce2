"""From a six-hour file to its filled tree, in the real window, beside bare mutagen in the same run. By name:

    python tests/benchmarks/file_to_tree.py FOLDER

Makes the recordings in FOLDER once (some 270 MB). "new": never seen before, the child process not yet running. "next":
another new one while the child runs. "known": in the library already. Milliseconds from asking to 119 sections shown.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
PATIENCE_S = 60


def _recordings(folder: Path) -> list[Path]:
    from tests import builders

    marks, end_ms = builders.seed_chapters(), builders.SEED_SECONDS * 1000
    made = []
    for name in ("report.mp3", "report.m4b", "report.opus"):
        path = folder / name
        made.append(path)
        if path.exists():
            continue
        builders.long_audio(path, builders.SEED_SECONDS)
        if path.suffix == ".mp3":
            builders.write_id3_chapters(path, marks, end_ms)
        elif path.suffix == ".m4b":
            builders.write_quicktime_track(path, marks, end_ms)
        else:
            builders.write_vorbis_chapters(path, marks)
    return made


def _opened_in(application: object, path: Path) -> float:
    """Milliseconds from asking for ``path`` to its rows in the view."""
    from PySide6.QtWidgets import QApplication

    window, session = application.window, application.session  # type: ignore[attr-defined]
    session.close()
    started = time.perf_counter()
    window.opening.open_paths([str(path)], play=False)
    while not (session.episode and window.work.outline.outline_model.rowCount()):
        QApplication.processEvents()
        assert time.perf_counter() < started + PATIENCE_S
    window.repaint()
    assert len(session.outline) == 119
    return (time.perf_counter() - started) * 1000


def main(folder: Path) -> None:
    """Measure each kind of file."""
    from mutagen import File

    from player.app import Application, make_qt
    from player.library.data_folder import data_folder
    from player.playback.environment import prepare_environment

    prepare_environment()
    recordings = _recordings(folder)
    qt = make_qt()
    for path in recordings:
        path.read_bytes()  # from the disk's cache, for both
        started = time.perf_counter()
        File(path)
        floor = (time.perf_counter() - started) * 1000
        with tempfile.TemporaryDirectory() as data:
            application = Application(data_folder(data, {}))
            application.start()
            new = _opened_in(application, path)
            copy = Path(data) / f"copy{path.suffix}"
            copy.write_bytes(path.read_bytes())
            following = _opened_in(application, copy)
            known = _opened_in(application, path)
            application.close()
        print(
            f"{path.name:12} new {new:5.0f} ms, next {following:5.0f} ms, known {known:5.0f} ms; "
            f"bare mutagen {floor:5.1f} ms; next / mutagen {following / floor:.1f}"
        )
    del qt


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
