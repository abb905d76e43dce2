"""The page of keys and the page about the program. Words only."""

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from player import __version__
from player.ui.icon import program_icon
from player.ui.key_map import CONTEXT, FOCUS_KEYS, KEYS
from player.ui.look import GRID, tabular


def _page(parent: QWidget, title: str) -> QDialog:
    """A window of its own that blocks nothing; Escape closes it."""
    page = QDialog(parent)
    page.setWindowTitle(title)
    page.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return page


def key_page(parent: QWidget) -> QDialog:
    """All keys, in two columns of words."""
    page = _page(parent, QCoreApplication.translate(CONTEXT, "Keys"))
    inner = QWidget()
    grid = QGridLayout(inner)
    grid.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
    grid.setHorizontalSpacing(6 * GRID)
    grid.setVerticalSpacing(2 * GRID)
    rows = [(_shown(key.keys), key.words) for key in KEYS] + list(FOCUS_KEYS)
    for row, (keys, words) in enumerate(rows):
        label = QLabel(keys)
        label.setFont(tabular(page.font(), is_bold=True))
        text = QLabel(QCoreApplication.translate(CONTEXT, str(words)))
        text.setWordWrap(True)
        for each in (label, text):
            each.setTextFormat(Qt.TextFormat.PlainText)
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text, row, 1)
    grid.setColumnStretch(1, 1)
    area = QScrollArea()
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(area)
    page.resize(560, 640)
    return page


def _shown(keys: tuple[str, ...]) -> str:
    native = [QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys]
    return ", ".join(text for text in native if not text.startswith("Media"))


def about_page(parent: QWidget) -> QDialog:
    """What this program is, its version, its licence, and what it is made with."""
    page = _page(parent, QCoreApplication.translate("about", "About Outspoken"))
    picture = QLabel()
    picture.setPixmap(program_icon().pixmap(64, 64))
    parts = ", ".join(f"{name} {_version(name)}" for name in ("PySide6_Addons", "mutagen", "pebble", "platformdirs"))
    words = QLabel(
        QCoreApplication.translate(
            "about",
            "Outspoken {0}\n\nA desktop player that turns long spoken audio into its outline, "
            "and never loses your place in it.\n\nFree software under the GNU General Public Licence, version 3 or "
            "later. It comes with no warranty.\n\nMade with Qt {1} ({2}). Sound by FFmpeg, as Qt brings it (LGPL). "
            "Icons by Lucide (ISC).",
        ).format(__version__, qVersion(), parts)
    )
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.setWordWrap(True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    column = QVBoxLayout(page)
    column.setContentsMargins(6 * GRID, 6 * GRID, 6 * GRID, 6 * GRID)
    column.setSpacing(4 * GRID)
    column.addWidget(picture)
    column.addWidget(words)
    page.setMinimumWidth(420)
    return page


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"  # packed without its metadata
