"""What the listener chose of the looks: colour scheme and text size. Applies it to the program and keeps it."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QActionGroup, QFont, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from player.library.library import Library
from player.ui.look import DARK, LIGHT, TEXT_SIZES, Look, palette_of

SCHEMES = {"system": Qt.ColorScheme.Unknown, "light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


class Appearance(QObject):
    """The looks of the whole program."""

    look_changed = Signal()
    text_size_changed = Signal()

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._normal_size = QApplication.font().pointSizeF()
        self._text_size = library.setting("text_size", 100)
        self._scheme = library.setting("scheme", "system")
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme)
        self._apply_scheme()
        self._apply_text_size()

    @property
    def look(self) -> Look:
        """The look of the colour scheme that the system, or the listener, has chosen."""
        # Not every desktop lets a program set its scheme, so the choice is ours and Qt's hint only follows.
        scheme = SCHEMES.get(self._scheme, Qt.ColorScheme.Unknown)
        if scheme is Qt.ColorScheme.Unknown:
            scheme = QGuiApplication.styleHints().colorScheme()
        return DARK if scheme is Qt.ColorScheme.Dark else LIGHT

    def choose_scheme(self, name: str) -> None:
        """Take the scheme ``name``: "system", "light" or "dark"."""
        self._scheme = name
        self._library.set_setting("scheme", name)
        self._apply_scheme()
        self.look_changed.emit()

    def step_text_size(self, by: int) -> None:
        """Make all text larger or smaller by one of the offered sizes."""
        place = min(range(len(TEXT_SIZES)), key=lambda at: abs(TEXT_SIZES[at] - self._text_size))
        self._text_size = TEXT_SIZES[min(max(place + by, 0), len(TEXT_SIZES) - 1)]
        self._library.set_setting("text_size", self._text_size)
        self._apply_text_size()
        self.text_size_changed.emit()

    def add_schemes(self, menu: QMenu) -> None:
        """Put the choice of a scheme into ``menu``."""
        choices = menu.addMenu(self.tr("Colours"))
        group = QActionGroup(choices)
        names = {"system": self.tr("As the system"), "light": self.tr("Light"), "dark": self.tr("Dark")}
        for name, words in names.items():
            action = choices.addAction(words)
            action.setCheckable(True)
            action.setChecked(name == self._scheme)
            action.triggered.connect(lambda _=False, name=name: self.choose_scheme(name))
            group.addAction(action)

    def _on_scheme(self) -> None:
        QApplication.setPalette(palette_of(self.look))
        self.look_changed.emit()

    def _apply_scheme(self) -> None:
        QGuiApplication.styleHints().setColorScheme(SCHEMES.get(self._scheme, Qt.ColorScheme.Unknown))
        QApplication.setPalette(palette_of(self.look))

    def _apply_text_size(self) -> None:
        font = QFont(QApplication.font())
        font.setPointSizeF(self._normal_size * self._text_size / 100)
        font.setFeature(QFont.Tag("tnum"), 1)  # figures of one width: running clocks stand still
        QApplication.setFont(font)
