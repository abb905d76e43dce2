"""The composition root: builds the parts of the program and connects them, once. No logic lives here."""

import gc
import signal
import sys
import time
from collections.abc import Sequence

from PySide6.QtCore import QLocale, QObject, QSocketNotifier, QTimer, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from player import __version__, resource
from player.bug_report import BugReport
from player.core.frame_table import FrameTable
from player.isolation.batch import ManyReader
from player.isolation.reading import (
    close_shared_child,
    fingerprint_isolated,
    read_isolated,
    read_text_isolated,
    scan_isolated,
)
from player.isolation.writing import make_tag_isolated
from player.library.data_folder import Folders
from player.library.library import Care, Library
from player.library.sample_table_cache import SampleTableCache
from player.playback.engine import Engine
from player.session.adding import Adding
from player.session.arranging import Arranging
from player.session.covers import Covers
from player.session.editing import Editing
from player.session.exporting import Exporting
from player.session.folder_scan import FolderScan
from player.session.learning import Learning
from player.session.listing import Listing
from player.session.locate_tools import Tools
from player.session.locating import Locating
from player.session.pasting import Pasting
from player.session.presence import Presence
from player.session.renewal import Renewal
from player.session.session import Session
from player.session.sound_source import SoundSource
from player.session.taking_over import TakingOver
from player.tasks import Tasks
from player.ui.first_paint import FirstPaint
from player.ui.window import Parts, Window

PATIENCE_S = 5.0  # for the last changes to reach the disk
LOOK_AFTER_MS = 500  # for missing files, after an episode was opened: first the window shows it
GARBAGE = (10_000, 10, 10)  # things made before it is looked for: a look stops every thread, and finds little
TURN_S = 0.0005  # of a thread of Python, while another waits: painting takes many turns, so they must be short
LAST_TRY_S = 0.5  # where nothing could be written for a while
START_AGAIN = -1  # the status of a window that asks to be started again, to go on where it was
SIGNALS = ("SIGTERM", "SIGINT", "SIGHUP")  # where the system has them


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def _scan_frames(path: str) -> FrameTable:
    from player.readers.mp3_frames import scan  # with the first MP3 whose frames are not known

    return scan_isolated(scan, path)


class Application(QObject):
    """The running program. Build it after a QApplication, ``start`` it, and ``close`` it when the loop has ended."""

    def __init__(self, folders: Folders) -> None:
        super().__init__()
        self._trouble = Trouble()
        care = Care(on_notice=lambda notice: self._trouble.noted.emit(notice.message))
        self.library = Library.open(folders.data, on_trouble=self._trouble.put, care=care)
        self.tasks = Tasks()
        tables = SampleTableCache(folders.cache)
        self.engine = Engine()
        self.engine.set_volume(self.library.setting("volume", 1.0))
        sources = SoundSource(self.tasks, tables, _scan_frames)
        self.session = Session(self.engine, self.library, sources, _now_ms)
        self.adding = Adding(self.tasks, self.library, tables, read_isolated, _now_ms)
        self._renewal = Renewal(self.tasks, self.library, self.session, read_isolated, _now_ms, self)
        self.adding.added.connect(self._renewal.take_up)
        pasting = Pasting(self.tasks, read_text_isolated)
        exporting = Exporting(self.tasks, read_isolated, read_text_isolated, make_tag_isolated)
        editing = Editing(self.session)
        covers = Covers(self.tasks, self.library, self.session, self)
        tools = Tools(self.library, read_isolated, fingerprint_isolated, _now_ms)
        self._locating = Locating(self.tasks, self.session, tools)
        self._learning = Learning(self.tasks, self.library, fingerprint_isolated, self)
        taking_over = TakingOver(self.tasks, self.library, self.session)
        self._reader = ManyReader()
        self._scan_tasks = Tasks(workers=self._reader.lanes)  # a long scan keeps nothing else waiting
        self.scan = FolderScan(self._scan_tasks, self.library, self._reader.read, _now_ms, self._reader.lanes)
        self._list_tasks = Tasks(workers=1)  # the list is not to wait for files that are added
        arranging = Arranging(self.tasks, self.library, self.session, _now_ms, self)
        self.scan.changed.connect(lambda: None if self.scan.progress else arranging.take_up())
        self.window = Window(
            Parts(
                self.session,
                self.library,
                self.adding,
                pasting,
                editing,
                exporting,
                self._locating,
                taking_over,
                Listing(self._list_tasks, self.library, self),
                covers,
                self.scan,
                arranging,
            )
        )
        self.window.closing.connect(self.session.keep_place)
        self.presence = Presence(self.library, self)
        self.presence.changed.connect(lambda: self.window.pane.model.set_missing(self.presence.missing))
        look_soon = QTimer(self, singleShot=True, interval=LOOK_AFTER_MS)
        look_soon.timeout.connect(self.presence.look)
        for happened in (self.session.episode_changed, self._locating.found):
            happened.connect(look_soon.start)
        self.window.reconnect_asked.connect(self._reconnect)
        self.wants_restart = False
        self._trouble.told.connect(self.window.say)
        self._trouble.noted.connect(self.window.say)
        for notice in self.library.notices:
            self.window.say(notice.message)

    def start(self, paths: Sequence[str] = (), *, play: bool = True, resume: bool = False) -> None:
        """Show the window; open ``paths``, or show the last episode at its place, silent unless it shall ``resume``."""
        self.tasks.hold()  # nothing takes the processor from the first paint
        if not paths:
            self._open_last()
        FirstPaint(self.window).done.connect(lambda: self._go_on(paths, play=play, resume=resume))
        self.window.show()

    def _go_on(self, paths: Sequence[str], *, play: bool, resume: bool) -> None:
        """What can wait until the window has been painted."""
        self.tasks.let_go()
        if paths:
            self.adding.reading_changed.connect(self._fall_back)
            self.scan.changed.connect(self._fall_back)
            self.window.opening.open_paths(paths, play=play)
        elif resume:
            self.session.resume()
        from player.desktop.sleep_watch import SleepWatch

        self._sleep = SleepWatch(self)
        self._sleep.about_to_sleep.connect(self.session.keep_place)
        self.presence.look()
        self._learning.begin()

    def _fall_back(self) -> None:
        """Nothing of what was named can be opened: the last episode is shown, as without names."""
        if not self.adding.reading and not self.scan.progress:
            self.adding.reading_changed.disconnect(self._fall_back)
            self.scan.changed.disconnect(self._fall_back)
            # What leads is told after this; an episode that opens replaces nothing then.
            QTimer.singleShot(0, self, lambda: None if self.session.episode else self._open_last())

    def _open_last(self) -> None:
        known = [episode.id for episode in self.library.episodes()]  # the last listened to first
        last: int = self.library.setting("open_episode", 0)
        if known:
            self.session.open(last if last in known else known[0])

    def _reconnect(self) -> None:
        """A new process can sound again; this one ends, but not before the place is on the disk."""
        self.session.keep_place()
        if self.library.flush(LAST_TRY_S):
            self.wants_restart = True
            QApplication.quit()
        else:
            self.window.say("Your place cannot be saved at present, so Outspoken goes on without sound.")

    def close(self) -> bool:
        """Keep the place, write what waits, and end every helper; False when something could not be written."""
        self.session.keep_place()
        self.engine.unload()
        self._locating.cancel()
        self._learning.end()
        self.presence.close()
        self.scan.cancel()
        for tasks in (self.tasks, self._scan_tasks, self._list_tasks):
            tasks.drop_waiting()  # else what waits would start a child again
        self._reader.close()
        close_shared_child()
        self.tasks.close()
        self._scan_tasks.close()
        self._list_tasks.close()
        self.window.pane.let_go()
        is_hopeless = self._trouble.is_standing or self.library.cannot_write
        return self.library.close(LAST_TRY_S if is_hopeless else PATIENCE_S)


class Trouble(QObject):
    """Brings what the library has to tell from its threads to the window's."""

    told = Signal(str)
    noted = Signal(str)  # what its keeper has to tell

    def __init__(self) -> None:
        super().__init__()
        self.is_standing = False

    def put(self, sentence: str | None) -> None:
        """Called from the writer's thread; None says that all is well again."""
        self.is_standing = sentence is not None
        self.told.emit(f"Your place cannot be saved at present. {sentence}" if sentence else "")


class SignalBell(QObject):
    """Lets the system's signals end the program in order: the place is kept, the window closed."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        import socket  # loaded after the first paint

        self._reader, self._writer = socket.socketpair()
        self._writer.setblocking(False)
        signal.set_wakeup_fd(self._writer.fileno())
        for name in SIGNALS:
            if number := getattr(signal, name, None):
                signal.signal(number, lambda *_: None)
        self._bell = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._bell.activated.connect(self._ring)

    def _ring(self) -> None:
        self._reader.recv(1)
        QApplication.quit()


def make_qt() -> QApplication:
    """The QApplication, named and styled as ours."""
    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("Outspoken")
    qt.setApplicationVersion(__version__)
    qt.setDesktopFileName("outspoken")
    qt.setStyle("Fusion")
    words = QTranslator(qt)
    # English needs one too: its plurals. Other languages are added beside it.
    if words.load(QLocale(), "outspoken", "_", str(resource.path("translations"))) or words.load(
        str(resource.path("translations", "outspoken_en.qm"))
    ):
        qt.installTranslator(words)
    return qt


def collect_garbage() -> None:
    """Look for garbage from now on, but never in what was loaded and built until now: all of it stays."""
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    gc.enable()


def run(paths: Sequence[str], folders: Folders, *, play: bool = True, resume: bool = False) -> int:
    """Run the window until it is closed; the exit status. Raises LibraryError when the library cannot be opened."""
    sys.setswitchinterval(TURN_S)
    qt = make_qt()
    application = Application(folders)
    bugs = BugReport(folders.data, application)
    bugs.told.connect(application.window.say)
    bugs.install()
    painted = FirstPaint(application.window)
    painted.done.connect(collect_garbage)
    painted.done.connect(lambda: SignalBell(qt))
    application.start(paths, play=play, resume=resume)
    status = qt.exec()
    if not application.close():
        print(f"The last changes could not be written to the library {application.library.path}.", file=sys.stderr)
        return status or 1
    return START_AGAIN if application.wants_restart else status
