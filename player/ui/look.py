"""How Outspoken looks: the colours of both schemes, the palette and the style sheet made of them. No widgets here."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QPalette

GRID = 4  # pixels; every space is a multiple of it
NARROW = 640  # a window less wide than this shows one page at a time
TEXT_SIZES = (90, 100, 110, 125, 150)  # percent


@dataclass(frozen=True, slots=True)
class Look:
    """One colour scheme. Text on its ground has at least 4.5 : 1, marks 3 : 1."""

    is_dark: bool
    window: str  # behind everything
    side: str  # the library pane
    base: str  # lists and fields
    raised: str  # buttons under the pointer, banners
    line: str  # borders
    text: str
    dim: str  # numbers, times, captions
    accent: str
    on_accent: str
    tint: str  # the current row
    groove: str  # the unheard part of a bar
    warning: str
    warning_ground: str

    def colour(self, name: str) -> QColor:
        """The colour of that name."""
        return QColor(getattr(self, name))


LIGHT = Look(
    is_dark=False,
    window="#f6f6f8",
    side="#ececf0",
    base="#ffffff",
    raised="#e4e4ea",
    line="#d7d7de",
    text="#1b1c20",
    dim="#5d616b",
    accent="#1f5bd6",
    on_accent="#ffffff",
    tint="#e3ecfd",
    groove="#c3c5ce",
    warning="#8a4b00",
    warning_ground="#fdf0d8",
)
DARK = Look(
    is_dark=True,
    window="#1a1b1f",
    side="#151619",
    base="#1f2025",
    raised="#2c2e35",
    line="#34363e",
    text="#e9eaee",
    dim="#9ea3ae",
    accent="#74a6ff",
    on_accent="#0d1422",
    tint="#263552",
    groove="#474a55",
    warning="#f2c26b",
    warning_ground="#3a2f1b",
)


def palette_of(look: Look) -> QPalette:
    """A full palette, so that every stock widget agrees with our own painting."""
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: look.window,
        QPalette.ColorRole.WindowText: look.text,
        QPalette.ColorRole.Base: look.base,
        QPalette.ColorRole.AlternateBase: look.side,
        QPalette.ColorRole.Text: look.text,
        QPalette.ColorRole.PlaceholderText: look.dim,
        QPalette.ColorRole.Button: look.window,
        QPalette.ColorRole.ButtonText: look.text,
        QPalette.ColorRole.BrightText: look.on_accent,
        QPalette.ColorRole.ToolTipBase: look.raised,
        QPalette.ColorRole.ToolTipText: look.text,
        QPalette.ColorRole.Highlight: look.accent,
        QPalette.ColorRole.HighlightedText: look.on_accent,
        QPalette.ColorRole.Accent: look.accent,
        QPalette.ColorRole.Link: look.accent,
        QPalette.ColorRole.Mid: look.line,
        QPalette.ColorRole.Midlight: look.line,
        QPalette.ColorRole.Light: look.raised,
        QPalette.ColorRole.Dark: look.line,
        QPalette.ColorRole.Shadow: look.line,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(look.groove))
    return palette


def style_sheet(look: Look) -> str:
    """The few rules that a palette cannot say."""
    return f"""
    QToolTip {{ border: 1px solid {look.line}; padding: 4px; background: {look.raised}; color: {look.text}; }}
    QLineEdit, QPlainTextEdit {{
        border: 1px solid {look.line}; border-radius: 6px; padding: 5px 8px; background: {look.base};
        selection-background-color: {look.accent}; selection-color: {look.on_accent};
    }}
    QLineEdit:focus, QPlainTextEdit:focus {{ border: 2px solid {look.accent}; padding: 4px 7px; }}
    QToolButton {{ border: 0; border-radius: 6px; padding: 4px 6px; background: transparent; color: {look.text}; }}
    QToolButton:hover {{ background: {look.raised}; }}
    QToolButton:pressed {{ background: {look.line}; }}
    QToolButton:focus {{ border: 2px solid {look.accent}; padding: 2px 4px; }}
    QToolButton#tab {{ border-radius: 0; border-bottom: 2px solid transparent; padding: 4px 8px; color: {look.dim}; }}
    QToolButton#tab:checked {{ border-bottom: 2px solid {look.accent}; color: {look.text}; }}
    QToolButton#tab:focus {{ border: 2px solid {look.accent}; border-radius: 6px; padding: 2px 6px; }}
    #notes {{ background: transparent; }}
    QToolButton#time {{ padding: 4px 2px; }}
    QToolButton::menu-indicator {{ image: none; }}
    QPushButton {{
        border: 1px solid {look.line}; border-radius: 6px; padding: 6px 14px; background: {look.base};
        color: {look.text};
    }}
    QPushButton:hover {{ background: {look.raised}; }}
    QPushButton:focus {{ border: 2px solid {look.accent}; padding: 5px 13px; }}
    QPushButton:default {{ background: {look.accent}; border-color: {look.accent}; color: {look.on_accent}; }}
    QPushButton:disabled {{ color: {look.groove}; }}
    QMenu {{ background: {look.base}; border: 1px solid {look.line}; padding: 4px; }}
    QMenu::item {{ padding: 6px 28px 6px 12px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {look.tint}; color: {look.text}; }}
    QMenu::item:disabled {{ color: {look.dim}; }}
    QMenu::separator {{ height: 1px; background: {look.line}; margin: 4px 8px; }}
    QTreeView, QListView {{ border: 0; background: transparent; outline: 0; }}
    QScrollBar:vertical {{ width: 10px; background: transparent; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {look.groove}; border-radius: 3px; min-height: 32px; margin: 2px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {look.groove}; }}
    QSlider::sub-page:horizontal {{ height: 4px; border-radius: 2px; background: {look.accent}; }}
    QSlider::handle:horizontal {{ width: 12px; margin: -4px 0; border-radius: 6px; background: {look.accent}; }}
    QSlider::handle:horizontal:focus {{ background: {look.text}; }}
    QProgressBar {{ border: 0; border-radius: 2px; background: {look.groove}; }}
    QProgressBar::chunk {{ border-radius: 2px; background: {look.accent}; }}
    QSplitter::handle {{ background: {look.line}; }}
    #goto {{ background: {look.base}; border: 1px solid {look.line}; border-radius: 10px; }}
    QListWidget {{ background: transparent; outline: 0; }}
    QListWidget::item {{ padding: 6px 8px; }}
    QListWidget::item:selected {{ background: {look.tint}; color: {look.text}; }}
    #rule {{ background: {look.line}; }}
    #halves::handle {{ background: transparent; }}
    #side {{ background: {look.side}; }}
    #dim {{ color: {look.dim}; }}
    #banner {{ background: {look.warning_ground}; border-radius: 8px; }}
    #banner QLabel {{ color: {look.warning}; }}
    #news {{ background: {look.tint}; border-radius: 8px; }}
    #edit {{ background: {look.raised}; border-radius: 8px; }}
    #edit QToolButton:hover {{ background: {look.line}; }}
    #chip {{ background: {look.raised}; border: 1px solid {look.line}; border-radius: 10px; padding: 4px 12px; }}
    #sheet {{ background: {look.window}; border-left: 1px solid {look.line}; }}
    """


def tabular(font: QFont, *, scale: float = 1.0, is_bold: bool = False) -> QFont:
    """``font`` with figures of one width, so that running clocks and columns of times stand still."""
    figures = QFont(font)
    figures.setFeature(QFont.Tag("tnum"), 1)
    figures.setPointSizeF(font.pointSizeF() * scale)
    figures.setBold(is_bold)
    return figures
