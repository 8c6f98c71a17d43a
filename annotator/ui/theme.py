"""Colours and fonts, light and dark. Chrome follows the palette; only tags have their own hues."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette

from annotator.core.model import Kind

READING_FAMILIES = [
    "Source Serif 4",
    "Noto Serif",
    "Charter",
    "Georgia",
    "DejaVu Serif",
    "Noto Serif CJK KR",
    "serif",
]


class Hue(NamedTuple):
    """How one kind looks: its line, the fill behind its words, and that fill when lit."""

    line: QColor
    fill: QColor
    lit: QColor


class Theme(NamedTuple):
    """Every colour the program uses, by what it is for."""

    dark: bool
    page: QColor
    chrome: QColor
    text: QColor
    quiet: QColor
    edge: QColor
    field: QColor
    chosen: QColor
    selection: QColor
    accent: QColor
    problem: QColor
    kinds: dict[Kind, Hue]


def _hue(line: str, fill: str, lit: str) -> Hue:
    return Hue(QColor(line), QColor(fill), QColor(lit))


# The hues are those of Okabe and Ito, which people with colour blindness can tell apart.
LIGHT = Theme(
    dark=False,
    page=QColor("#ffffff"),
    chrome=QColor("#fbfaf8"),
    text=QColor("#1c1b1a"),
    quiet=QColor("#6f6b66"),
    edge=QColor("#dedad4"),
    field=QColor("#ffffff"),
    chosen=QColor("#d9e1ec"),
    selection=QColor("#94b8ea"),
    accent=QColor("#1f5fbf"),
    problem=QColor("#b3261e"),
    kinds={
        Kind.CLAIM: _hue("#c87000", "#fdf3e0", "#f7dcae"),
        Kind.QUOTE: _hue("#1c69ae", "#e4edf8", "#bfd6f0"),
        Kind.ATTRIBUTION: _hue("#00805c", "#def1e8", "#b3dfca"),
    },
)

DARK = Theme(
    dark=True,
    page=QColor("#1b1c1e"),
    chrome=QColor("#232428"),
    text=QColor("#e8e6e3"),
    quiet=QColor("#9a978f"),
    edge=QColor("#3a3b40"),
    field=QColor("#1b1c1e"),
    chosen=QColor("#2f3a4a"),
    selection=QColor("#3f6eb0"),
    accent=QColor("#6aaef7"),
    problem=QColor("#ff8a80"),
    kinds={
        Kind.CLAIM: _hue("#f2a541", "#382a12", "#5c441a"),
        Kind.QUOTE: _hue("#67adf2", "#16304c", "#234e7b"),
        Kind.ATTRIBUTION: _hue("#35c99a", "#12362b", "#1c5a47"),
    },
)


def system_is_dark() -> bool:
    """Whether the desktop asks for dark windows."""
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def palette(theme: Theme) -> QPalette:
    """The palette that makes every stock widget follow the theme."""
    roles = {
        QPalette.ColorRole.Window: theme.chrome,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.field,
        QPalette.ColorRole.AlternateBase: theme.chrome,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.Button: theme.field,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.quiet,
        QPalette.ColorRole.ToolTipBase: theme.field,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.Highlight: theme.chosen,
        QPalette.ColorRole.HighlightedText: theme.text,
        QPalette.ColorRole.Accent: theme.accent,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.Mid: theme.edge,
        QPalette.ColorRole.Midlight: theme.edge,
        QPalette.ColorRole.Light: theme.field,
        QPalette.ColorRole.Dark: theme.edge,
        QPalette.ColorRole.Shadow: theme.edge,
    }
    result = QPalette()
    for role, color in roles.items():
        result.setColor(role, color)
    inks = QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText
    for role in inks:
        result.setColor(QPalette.ColorGroup.Disabled, role, theme.quiet)
    return result


def reading_font(points: float) -> QFont:
    """The serif that the article is set in, at ``points``."""
    font = QFont(READING_FAMILIES)
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPointSizeF(points)
    return font


@lru_cache(maxsize=256)
def mixed(first: str, second: str, share: float) -> QColor:
    """``second`` laid over ``first`` (colour names) at ``share`` between 0 and 1."""
    one, two = QColor(first), QColor(second)
    red = one.red() + (two.red() - one.red()) * share
    green = one.green() + (two.green() - one.green()) * share
    blue = one.blue() + (two.blue() - one.blue()) * share
    return QColor(round(red), round(green), round(blue))
