"""Pictures of the window in its main states, from the seed's chapters: ``python tests/screenshots.py FOLDER``.

Not a test: it shows people what the window looks like. The same run always gives the same pictures; no sound is needed.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDeadlineTimer, QPoint, QPointF, Qt, QTranslator
from PySide6.QtGui import QColor, QFont, QLinearGradient, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QToolButton, QWidget

from player.app import make_qt
from player.core.chapter import Chapter, ChapterList
from player.core.reading import Cover, Reading
from player.library import intake
from player.library.library import Library
from player.readers.notes import notes_html
from player.ui.help import about_page, key_page
from tests.builders import SEED_PAGE, Mark, seed_chapters
from tests.library.shelf import file_of
from tests.session.conftest import NOON_MS, SEED_MS
from tests.ui.desk import Desk, buttons, settle

FONT = "Noto Sans"  # what the pictures in the README were made with; another one where it is missing
POINTS = 10
CURRENT = "2.2.2.2.1"
PLACE_MS = (2 * 3600 + 35 * 60 + 50) * 1000
TITLE = "Scheming AIs: Will AIs fake alignment during training in order to get power?"
WIDE, NARROW, LEAST = (1100, 720), (420, 720), (360, 420)

LONG_TITLE = (
    "Über die Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft und das, "
    "was von ihr blieb, nachdem alles gesagt war, was sich mit Fug und Recht sagen lässt — "
)
LONG: tuple[Mark, ...] = tuple(
    (at * 300_000, f"{number} {words}")
    for at, (number, words) in enumerate(
        [
            ("1", "Short"),
            ("1.1", LONG_TITLE * 3),
            ("1.1.1", "Nospacesatall" * 30),
            ("1.1.1.1", "<b>Not bold</b> & not <a href='x'>a link</a>"),
            ("1.1.1.1.1", "中文標題可以很長而且沒有空格" * 8),
            ("1.1.1.1.1.1", "عنوان طويل جدا من اليمين إلى اليسار " * 5),
            ("1.1.1.1.1.1.1", "The seventh level, which does not move further in"),
            ("1.1.1.1.1.1.1.1", "The eighth level, which does not move further in either"),
            ("2", "Two\nlines\tand a tab"),
            ("2.1", "🎧 Emoji 👩‍👩‍👧 and combining  e\u0301e\u0301"),
        ]
    )
)


class Longer(QTranslator):
    """Every text some 40 % longer, as a German one is; what stands for a value stays."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        source = source.replace("(s)", "s")
        longer, added, is_value = "", 0, False
        for at, char in enumerate(source):
            longer += char
            is_value = (is_value or char in "{%") and char not in "} n"
            if char.lower() in "aeiouw" and not is_value and added * 10 < (at + 1) * 4:
                longer += char.lower()
                added += 1
        return longer

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False


NOTES = """<h2>About this recording</h2>
<p>An examination of whether AIs that perform well in training will be doing so in order to gain power later. Text and
references: <a href="https://example.org/scheming">example.org/scheming</a>.</p>
<p><b>Where to begin</b></p>
<ul><li>0:00 what this is about</li><li>1:04:36 what scheming requires, section 2</li>
<li>section 2.2.2.2.1: <i>can gradient descent notice?</i></li>
<li>5:02:13 the arguments for and against, section 4</li></ul>
<blockquote>Read by the author, who thanks everyone who commented on the draft.</blockquote>
<p>Questions and corrections: <a href="mailto:someone@example.org">write to us</a>. At 99:59:59 there is nothing.</p>"""


class Studio:
    """Makes pictures: each state has a library and a window of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, name: str, scene: Callable[[Desk], QWidget | None], size: tuple[int, int] = WIDE) -> None:
        """Let ``scene`` prepare a desk in a window of ``size``; the picture is of what it gives, else of the window."""
        with tempfile.TemporaryDirectory() as folder:
            library = Library.open(Path(folder, "data"))
            desk = Desk(library, Path(folder))
            desk.size = size
            shown = scene(desk) or desk.window
            desk.show()
            wait_for(lambda: desk.tasks.is_idle)
            settle()
            shown.grab().save(str(self._folder / f"{name}.png"))
            for menu in desk.window.findChildren(QMenu):
                menu.close()
            desk.window.appearance.choose_scheme("system")
            desk.end()
            library.close()
        QApplication.setFont(QFont(FONT, POINTS))
        print(self._folder / f"{name}.png")


# --- scenes ---


def listening(desk: Desk, *, title: str = TITLE, scheme: str = "light", notes: str | None = None) -> None:
    """In the middle of 2.2.2.2.1, with much of what comes before it heard and something left out."""
    desk.window.appearance.choose_scheme(scheme)
    other = desk.put("otherness.m4b", "Otherness and control in the age of AGI", (), 18_131_000, "Joe Carlsmith Audio")
    desk.library.save_place(other, file_of(desk.library, other), 3_460_000, NOON_MS)
    desk.put("power.m4b", "Is power-seeking AI an existential risk?", (), 10_684_000, "Joe Carlsmith Audio")
    desk.put("tour.m4b", "A tour of Outspoken", (), 301_000)
    done = desk.put("done.m4b", "Can goodness compete?", (), 4_210_000)
    desk.library.set_finished(done, True)
    reading = Reading(
        title=title,
        author="Joe Carlsmith Audio",
        container="m4b",
        duration_ms=SEED_MS,
        cover=cover(),
        notes=notes,
        chapter_lists=(ChapterList("chpl", tuple(Chapter(*mark) for mark in seed_chapters())),),
    )
    path = desk.folder / "scheming.m4b"
    path.write_bytes(b"sound")
    seed = intake.add(desk.library, str(path), reading, NOON_MS)
    for start_s, end_s in ((0, 3_372), (3_372, 5_281), (5_671, 6_387), (7_248, 7_500), (7_785, 9_200), (9_319, 9_350)):
        desk.library.add_heard(seed, file_of(desk.library, seed), start_s * 1000, end_s * 1000)
    desk.library.save_place(seed, file_of(desk.library, seed), PLACE_MS, NOON_MS)
    desk.library.set_speed(seed, 1.25)
    desk.library.flush(5)
    desk.session.open(seed)
    desk.show()
    desk.session.seek(PLACE_MS)
    desk.session.play()
    desk.wait(400)
    desk.outline.show_now_playing()
    settle()


def dark(desk: Desk) -> None:
    listening(desk, scheme="dark")


def right_to_left(desk: Desk) -> None:
    listening(desk)


def library_page(desk: Desk) -> None:
    """The other page of a narrow window."""
    listening(desk)
    QTest.mouseClick(buttons(desk.window)["Back to the library"], Qt.MouseButton.LeftButton)


def empty(desk: Desk) -> None:
    desk.window.appearance.choose_scheme("light")


def empty_dark(desk: Desk) -> None:
    desk.window.appearance.choose_scheme("dark")


def missing_file(desk: Desk) -> None:
    listening(desk)
    desk.session.close()
    (desk.folder / "scheming.m4b").unlink()
    desk.session.open(desk.library.find_by_path(str(desk.folder / "scheming.m4b")) or desk.library.episodes()[0].id)
    desk.session.play()


def missing_file_dark(desk: Desk) -> None:
    missing_file(desk)
    desk.window.appearance.choose_scheme("dark")


def unreadable_file(desk: Desk) -> None:
    """Before anything is in the library."""
    path = desk.folder / "Lecture 12, recorded on the train.mp3"
    path.write_text("This is no sound.\n" * 40)
    desk.show()
    desk.window.opening.open_paths([str(path)])
    wait_for(lambda: desk.tasks.is_idle)


def long_titles(desk: Desk) -> None:
    desk.window.appearance.choose_scheme("light")
    desk.put("nospaces.m4b", "Nospacesatall" * 8, (), 3_600_000, "An author with a name that does not end " * 3)
    desk.session.open(desk.put("long.m4b", LONG_TITLE, LONG, 3_000_000, LONG_TITLE))
    desk.show()
    desk.session.seek(6 * 300_000 + 60_000)
    desk.outline.show_now_playing()


def no_chapters(desk: Desk) -> None:
    desk.window.appearance.choose_scheme("light")
    episode = desk.put("interview.m4b", "An interview without chapters", (), 5_400_000, "The Long Talk")
    desk.session.open(episode)
    desk.session.seek(1_234_000)


def few_chapters(desk: Desk) -> None:
    desk.window.appearance.choose_scheme("light")
    marks = ((0, "Welcome"), (95_000, "Where she grew up"), (900_000, "The first book"), (2_400_000, "Questions"))
    desk.session.open(desk.put("reading.m4b", "A reading by the lake", marks, 3_300_000, "The Long Talk"))
    desk.show()
    desk.session.seek(1_234_000)
    desk.session.play()
    desk.wait(200)


def paste_sheet(desk: Desk) -> None:
    listening(desk)
    desk.window.work.open_paste(SEED_PAGE.read_text(encoding="utf-8"))
    wait_for(lambda: len(desk.window.work.paste.preview.outline_model.outline) == 119)


def paste_nonsense(desk: Desk) -> None:
    listening(desk)
    desk.window.work.open_paste("Thank you for listening.\nSee you next week!")
    wait_for(lambda: desk.tasks.is_idle)


def editing(desk: Desk) -> None:
    listening(desk)
    desk.session.pause()
    desk.editing.begin()
    desk.select("2.2.2.2.1")
    desk.editing.outdent(desk.section("2.2.2.2.1").row)
    desk.window.work.editor._ask("undo")
    desk.window.work.editor._type_start("soon")


def renaming(desk: Desk) -> None:
    editing(desk)
    desk.window.work.editor.rename()


def renaming_dark(desk: Desk) -> None:
    renaming(desk)
    desk.window.appearance.choose_scheme("dark")


def larger_editing(desk: Desk) -> None:
    larger_text(desk)
    desk.editing.begin()


def go_to(desk: Desk) -> None:
    listening(desk)
    QTest.keyClick(desk.outline, "2")
    QTest.keyClicks(desk.window.go_to.field, ".3")


def go_to_dark(desk: Desk) -> None:
    go_to(desk)
    desk.window.appearance.choose_scheme("dark")


def filtered(desk: Desk) -> None:
    listening(desk)
    QTest.keyClick(desk.window, "f", Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(desk.window.work.filter, "goal-guard")


def nothing_found(desk: Desk) -> None:
    listening(desk)
    QTest.keyClick(desk.window, "f", Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(desk.window.work.filter, "xylophone")


def pill(desk: Desk) -> None:
    """The listener looked elsewhere."""
    listening(desk)
    QTest.keyClick(desk.outline, Qt.Key.Key_Asterisk)
    settle()
    desk.outline.verticalScrollBar().setValue(400)


def jumped(desk: Desk) -> None:
    """Here and there in the book, and just away from where listening was."""
    listening(desk)
    desk.wait(9_000)
    for label in ("1.1", "2.3.1", "2.2.1", "3.1"):
        desk.session.play_section(desk.section(label))
        desk.wait(40_000)
        desk.now_ms += 3 * 3_600_000
    desk.session.seek(PLACE_MS)
    desk.wait(70_000)
    desk.session.play_section(desk.section("2.3"))


def jumped_dark(desk: Desk) -> None:
    jumped(desk)
    desk.window.appearance.choose_scheme("dark")


def history(desk: Desk) -> None:
    jumped(desk)
    desk.window.trail.toggle_history()
    desk.window.trail.chip.hide()


def history_dark(desk: Desk) -> None:
    history(desk)
    desk.window.appearance.choose_scheme("dark")


def empty_history(desk: Desk) -> None:
    listening(desk)
    desk.window.trail.toggle_history()


def notes(desk: Desk, scheme: str = "light") -> None:
    listening(desk, scheme=scheme, notes=notes_html(NOTES))
    desk.window.notes.show()


def notes_dark(desk: Desk) -> None:
    notes(desk, "dark")


def no_notes(desk: Desk) -> None:
    listening(desk)
    desk.window.notes.show()


def dragging(desk: Desk) -> None:
    listening(desk)
    bar = desk.window.player.bar
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(40, bar.height() // 2))
    QTest.mouseMove(bar, QPoint(bar.width() * 2 // 3, bar.height() // 2))


def siblings(desk: Desk) -> QWidget:
    """The menu of a step of the path."""
    listening(desk)
    crumb = desk.window.player.breadcrumb
    steps = [each for each in crumb.findChildren(QToolButton) if each.isVisible()]
    QTest.mouseClick(steps[1], Qt.MouseButton.LeftButton)
    settle()
    return next(menu for menu in desk.window.findChildren(QMenu) if menu.isVisible())


def larger_text(desk: Desk) -> None:
    listening(desk)
    for _ in range(4):
        QTest.keyClick(desk.window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)


def larger_empty(desk: Desk) -> None:
    empty(desk)
    desk.show()
    for _ in range(4):
        QTest.keyClick(desk.window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)


def focused(desk: Desk) -> None:
    """What has the keyboard is seen: here the bar."""
    listening(desk)
    desk.window.player.bar.setFocus(Qt.FocusReason.TabFocusReason)


def reading(desk: Desk) -> None:
    """Files on their way into the library."""
    listening(desk)
    desk.window.pane.model.set_reading(("/audio/A very long lecture on patience.mp3", "/audio/second.mp3"))


def keys(desk: Desk) -> QDialog:
    listening(desk)
    page = key_page(desk.window)
    page.show()
    return page


def about(desk: Desk) -> QDialog:
    listening(desk)
    page = about_page(desk.window)
    page.show()
    return page


# --- what the scenes need ---


def wait_for(is_there: Callable[[], bool], timeout_ms: int = 10_000) -> None:
    deadline = QDeadlineTimer(timeout_ms)
    while not is_there():
        if deadline.hasExpired():
            raise RuntimeError("the window never showed what was waited for")
        QTest.qWait(10)
    settle()


def cover() -> Cover:
    """A picture of our own: two tones and a wave."""
    from PySide6.QtCore import QBuffer, QIODevice

    picture = QPixmap(300, 300)
    painter = QPainter(picture)
    ground = QLinearGradient(QPointF(0, 0), QPointF(300, 300))
    ground.setColorAt(0, QColor("#20324f"))
    ground.setColorAt(1, QColor("#8a4f7d"))
    painter.fillRect(picture.rect(), ground)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#f2d6a2"))
    for at, height in enumerate((60, 120, 190, 90, 150, 220, 110, 60)):
        painter.drawRoundedRect(34 + at * 30, 150 - height // 2, 16, height, 8, 8)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return Cover("image/png", bytes(buffer.data().data()))


def main(folder: Path) -> None:
    """Make every picture."""
    app = make_qt()
    app.setFont(QFont(FONT, POINTS))
    app.setCursorFlashTime(0)
    studio = Studio(folder)
    studio.take("wide-light", listening)
    studio.take("wide-dark", dark)
    studio.take("narrow-light", listening, NARROW)
    studio.take("narrow-dark", dark, NARROW)
    studio.take("narrow-library", library_page, NARROW)
    studio.take("least", listening, LEAST)
    studio.take("very-wide", listening, (1800, 900))
    studio.take("empty", empty)
    studio.take("empty-dark", empty_dark)
    studio.take("empty-narrow", empty, NARROW)
    studio.take("error", missing_file)
    studio.take("error-dark", missing_file_dark)
    studio.take("error-narrow", missing_file, NARROW)
    studio.take("error-first", unreadable_file)
    studio.take("long-titles", long_titles)
    studio.take("long-titles-narrow", long_titles, NARROW)
    studio.take("no-chapters", no_chapters)
    studio.take("no-chapters-narrow", no_chapters, NARROW)
    studio.take("few-chapters", few_chapters)
    studio.take("paste", paste_sheet)
    studio.take("paste-narrow", paste_sheet, NARROW)
    studio.take("paste-nonsense", paste_nonsense)
    studio.take("editing", editing)
    studio.take("editing-narrow", renaming_dark, NARROW)
    studio.take("editing-least", editing, LEAST)
    studio.take("renaming-dark", renaming_dark)
    studio.take("go-to", go_to)
    studio.take("go-to-dark", go_to_dark)
    studio.take("filter", filtered)
    studio.take("nothing-found", nothing_found)
    studio.take("pill", pill)
    studio.take("jumped", jumped)
    studio.take("jumped-narrow", jumped_dark, NARROW)
    studio.take("history", history)
    studio.take("history-narrow", history_dark, NARROW)
    studio.take("history-empty", empty_history)
    studio.take("notes", notes)
    studio.take("notes-dark", notes_dark)
    studio.take("notes-narrow", notes, NARROW)
    studio.take("notes-narrow-dark", notes_dark, NARROW)
    studio.take("notes-none", no_notes)
    studio.take("dragging", dragging)
    studio.take("siblings", siblings)
    studio.take("bar-focus", focused)
    studio.take("reading", reading)
    studio.take("keys", keys)
    studio.take("about", about)
    studio.take("text-150", larger_text)
    studio.take("text-150-narrow", larger_text, NARROW)
    studio.take("text-150-editing", larger_editing, NARROW)
    studio.take("text-150-empty", larger_empty, NARROW)
    longer = Longer()
    app.installTranslator(longer)
    studio.take("longer", listening)
    studio.take("longer-narrow", listening, NARROW)
    studio.take("longer-editing", editing, NARROW)
    studio.take("longer-empty", empty, NARROW)
    studio.take("longer-paste", paste_sheet)
    studio.take("longer-no-chapters", no_chapters, LEAST)
    app.removeTranslator(longer)
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    studio.take("right-to-left", right_to_left)
    studio.take("right-to-left-narrow", right_to_left, NARROW)
    studio.take("right-to-left-titles", long_titles)
    studio.take("right-to-left-editing", renaming)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python tests/screenshots.py FOLDER")
    main(Path(sys.argv[1]))
