from dataclasses import fields
from itertools import product

import pytest
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QLabel

from player.ui.look import DARK, LIGHT, TEXT_SIZES, Look, palette_of, style_sheet, tabular

# What is written on what, anywhere in the window.
WRITTEN = [
    *product(("text", "dim"), ("window", "side", "base", "raised", "tint")),
    *product(("accent",), ("window", "raised", "tint")),  # numbers of the path, the time left
    ("on_accent", "accent"),
    ("warning", "warning_ground"),
]
# What is drawn and must be told from its ground.
DRAWN = [
    *product(("accent", "dim"), ("window", "side", "base", "raised", "tint")),  # heard marks, rings, arrows, focus
    ("accent", "groove"),  # heard and not heard on the bar
    ("text", "groove"),  # the needle on the overview
    ("on_accent", "accent"),  # the tick in a mark
    ("warning", "warning_ground"),
]


def luminance(colour: QColor) -> float:
    """Relative luminance, as WCAG 2.1 defines it."""

    def linear(share: float) -> float:
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: QColor, other: QColor) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_wcag_does():
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#ffffff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("ink", "ground"), WRITTEN)
def test_every_text_stands_out_from_its_ground(look: Look, ink: str, ground: str):
    assert contrast(look.colour(ink), look.colour(ground)) >= 4.5


@pytest.mark.parametrize(("ink", "ground"), DRAWN)
def test_every_mark_stands_out_from_its_ground(look: Look, ink: str, ground: str):
    assert contrast(look.colour(ink), look.colour(ground)) >= 3


def test_every_colour_is_one(look: Look):
    for field in fields(look):
        if field.name != "is_dark":
            assert look.colour(field.name).isValid(), field.name


def test_the_dark_scheme_is_dark_and_the_light_one_is_not():
    assert luminance(DARK.colour("window")) < luminance(DARK.colour("text"))
    assert luminance(LIGHT.colour("window")) > luminance(LIGHT.colour("text"))
    assert (DARK.is_dark, LIGHT.is_dark) == (True, False)


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("WindowText", "Window"),
        ("Text", "Base"),
        ("ButtonText", "Button"),
        ("HighlightedText", "Highlight"),
        ("ToolTipText", "ToolTipBase"),
        ("PlaceholderText", "Base"),
        ("Link", "Base"),
    ],
)
def test_stock_widgets_can_be_read_too(look: Look, ink: str, ground: str):
    palette = palette_of(look)
    roles = QPalette.ColorRole
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        pair = palette.color(group, roles[ink]), palette.color(group, roles[ground])
        assert contrast(*pair) >= 4.5


def test_the_style_sheet_is_understood(look: Look, qtbot):
    label = QLabel("words")  # Qt warns of a sheet that it cannot parse, and a warning fails the test
    qtbot.addWidget(label)
    label.setStyleSheet(style_sheet(look))
    label.show()
    label.ensurePolished()


def test_figures_are_of_one_width(qapp: object):
    metrics = QFontMetricsF(tabular(QFont("Noto Sans", 11)))
    widths = {round(metrics.horizontalAdvance(figure), 3) for figure in "0123456789"}
    assert len(widths) == 1


def test_a_tabular_font_may_be_smaller_and_bold(qapp: object):
    font = QFont("Noto Sans", 10)
    small = tabular(font, scale=0.8, is_bold=True)
    assert small.pointSizeF() == pytest.approx(8)
    assert small.bold()
    assert not font.bold()


def test_text_can_be_made_half_as_large_again():
    assert TEXT_SIZES[0] == 90
    assert TEXT_SIZES[-1] == 150
    assert 100 in TEXT_SIZES
