"""Somebody who listens before the real window: real Session, Library, readers; only the sound is a fake one."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget

from player.core.chapter import Chapter, ChapterList
from player.core.errors import SourceError
from player.core.frame_table import FrameTable
from player.core.reading import Reading
from player.core.section import Section
from player.library import intake
from player.library.sample_table_cache import SampleTableCache
from player.readers.mp3_frames import scan
from player.readers.source import read_fingerprint, read_source
from player.readers.text import read_text
from player.session.adding import Adding
from player.session.arranging import Arranging
from player.session.covers import Covers
from player.session.editing import Editing
from player.session.exporting import Exporting
from player.session.folder_scan import FolderScan
from player.session.listing import Listing
from player.session.locate_tools import Tools
from player.session.locating import Locating
from player.session.pasting import Pasting
from player.session.taking_over import TakingOver
from player.ui.window import Parts, Window
from player.writers.id3_tag import with_chapters
from tests.builders import Mark
from tests.session.conftest import SEED_MS, Listener

SHORT = ((0, "1. Start"), (60_000, "1.1 Detail"), (180_000, "2. Middle"), (420_000, "3. End"))


class Desk(Listener):
    """A listener with a window, not shown before ``show``."""

    window: Window | None = None
    size = (1100, 720)

    def begin(self) -> None:
        """Start the program: a new session and a new window on the same library."""
        self._drop_window()
        super().begin()
        tables = SampleTableCache(self.folder / "cache")
        self.adding = Adding(self.tasks, self.library, tables, read_source, lambda: self.now_ms)
        self.pasting = Pasting(self.tasks, read_text)
        self.editing = Editing(self.session)
        exporting = Exporting(self.tasks, read_source, read_text, with_chapters)
        self.covers = Covers(self.tasks, self.library, self.session)
        tools = Tools(self.library, read_source, read_fingerprint, lambda: self.now_ms)
        self.locating = Locating(self.tasks, self.session, tools)
        self.taking_over = TakingOver(self.tasks, self.library, self.session)
        self.scan = FolderScan(self.tasks, self.library, _read_some, lambda: self.now_ms)
        self.arranging = Arranging(self.tasks, self.library, self.session, lambda: self.now_ms)
        self.window = Window(
            Parts(
                self.session,
                self.library,
                self.adding,
                self.pasting,
                self.editing,
                exporting,
                self.locating,
                self.taking_over,
                Listing(self.tasks, self.library),
                self.covers,
                self.scan,
                self.arranging,
            )
        )

    def scan_frames(self, path: str) -> FrameTable:
        return scan(path)

    def show(self, width: int = 0, height: int = 0) -> Window:
        """Show the window in that size and let it be painted."""
        self.size = (width or self.size[0], height or self.size[1])
        self.window.resize(*self.size)
        self.window.show()
        self.window.activateWindow()
        settle()
        return self.window

    def list_again(self) -> None:
        """Have the window show what the library holds by now."""
        self.window.pane.refresh()
        while not self.tasks.is_idle:
            settle()

    def end(self) -> None:
        """Close the window and stop every thread."""
        self.session.close()
        self._drop_window()
        self.tasks.close()

    def _drop_window(self) -> None:
        """Close the window and let go of it: what a later test changes for the whole program must not reach it."""
        if self.window:
            self.window.close()
            self.window.deleteLater()
            self.window = None
            settle()

    def put(
        self,
        name: str = "talk.m4b",
        title: str | None = None,
        marks: Sequence[Mark] = SHORT,
        duration_ms: int | None = 600_000,
        author: str | None = None,
    ) -> int:
        """Put any episode into the library; its file exists and is never opened."""
        path = self.folder / name
        path.write_bytes(name.encode())
        chapters = tuple(Chapter(start, words) for start, words in marks)
        reading = Reading(
            title=title or path.stem,
            author=author,
            container=path.suffix[1:],
            duration_ms=duration_ms,
            chapter_lists=(ChapterList("chpl", chapters),) if chapters else (),
        )
        return intake.add(self.library, str(path), reading, self.now_ms)

    def put_seed(self, title: str = "Scheming AIs") -> int:
        """Put the seed's episode into the library."""
        from tests.builders import seed_chapters

        return self.put("scheming.m4b", title, seed_chapters(), SEED_MS, "Joe Carlsmith Audio")

    @property
    def outline(self):
        return self.window.work.outline

    @property
    def model(self):
        return self.outline.outline_model

    def shown_labels(self) -> list[str]:
        """The labels (else titles) of all rows that are unfolded, from top to bottom."""
        labels, index = [], self.model.index(0, 0)
        while index.isValid():
            section = self.model.section(index)
            labels.append(section.label or section.title)
            index = self.outline.indexBelow(index)
        return labels

    def index(self, label: str):
        """The index of the row with that label."""
        return self.model.index_of(self.section(label).row)

    def select(self, label: str) -> Section:
        """Put the keyboard on that section."""
        section = self.section(label)
        self.outline.select(section)
        self.outline.setFocus()
        return section


def _read_some(paths: Sequence[str], is_wanted: Callable[[], bool]) -> list[Reading | SourceError]:
    """A few of ``paths``, read in this process."""
    found: list[Reading | SourceError] = []
    for path in paths[:4] if is_wanted() else ():
        try:
            found.append(read_source(path))
        except SourceError as error:
            found.append(error)
    return found


def settle() -> None:
    """Let Qt do what it has put off: layouts, painting, deletions."""
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, 52)  # QEvent.Type.DeferredDelete, also outside of exec()


def buttons(widget: QWidget) -> dict[str, QToolButton]:
    """The visible tool buttons in ``widget`` by what they are called."""
    return {each.accessibleName(): each for each in widget.findChildren(QToolButton) if each.isVisible()}


def texts(widget: QWidget) -> list[str]:
    """What the visible labels in ``widget`` say."""
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisible() and each.text()]


class Looks:
    """What the program changes for the whole process, to be put back."""

    def __init__(self) -> None:
        self._font = QFont(QApplication.font())
        self._palette = QApplication.palette()
        self._style = QApplication.style().name()
        QApplication.setStyle("Fusion")

    def restore(self) -> None:
        QApplication.setStyle(self._style)
        QApplication.setFont(self._font)
        QApplication.setPalette(self._palette)
        QGuiApplication.styleHints().unsetColorScheme()
