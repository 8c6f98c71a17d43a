"""Colours and fonts, light and dark, and who wears them.

Chrome follows the palette, and a style sheet for the few things that it cannot say; only tags
have their own hues.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache, partial
from typing import NamedTuple, Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from annotator.core.model import Kind
from annotator.storage.shipped.resources import resource_path
from annotator.ui.command import VIEW, Command
from annotator.ui.settings import Settings

MARKS = {Kind.CLAIM: "◆", Kind.QUOTE: "❝", Kind.ATTRIBUTION: "▸"}
"""A sign for each kind beside its colour, for those who cannot tell the colours apart."""

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


SIGNS = ("up", "down", "tick", "dot")

_SHEET = """
QMainWindow, QSplitter {{ background: {chrome}; }}
QMenuBar {{ background: {chrome}; padding: 3px 4px; }}
QMenuBar::item {{ padding: 4px 9px; background: transparent; border-radius: 4px; }}
QMenuBar::item:selected {{ background: {chosen}; }}
QToolBar#strip {{ background: {chrome}; border: none; border-top: 1px solid {edge};
                  border-bottom: 1px solid {edge}; padding: 7px 12px; spacing: 8px; }}
QToolBar#strip::separator {{ background: {edge}; width: 1px; margin: 4px 4px; }}
QSplitter::handle {{ background: {edge}; }}
QFrame#messageBar {{ background: {chosen}; border: none; border-bottom: 1px solid {edge}; }}
QFrame#messageBar[bad="true"] {{ border-left: 4px solid {problem}; }}
QFrame#findBar {{ background: {chrome}; border: none; border-top: 1px solid {edge}; }}
QFrame#findBar QToolButton {{ padding: 3px 7px; border: 1px solid transparent;
                             border-radius: 4px; }}
QFrame#findBar QToolButton:checked {{ background: {chosen}; }}
QFrame#findBar QToolButton:hover {{ border-color: {edge}; }}
QFrame#findBar QToolButton:focus {{ border-color: {accent}; }}
QFrame#findBar QToolButton:disabled {{ color: {quiet}; }}
QFrame#findBar QToolButton[popupMode="1"] {{ padding-right: 22px; }}
QFrame#findBar QToolButton::menu-button {{ border: none; width: 18px; }}
QFrame#findBar QToolButton::menu-arrow {{ image: url("{down}"); width: 8px; }}
QFrame#findBar QToolButton::menu-indicator {{ image: none; }}
QWidget#findList, QWidget#findList QTreeWidget {{ background: {chrome}; }}
QWidget#findList QTreeWidget::item {{ height: 22px; }}
QWidget#statusBar {{ background: {chrome}; border-top: 1px solid {edge};
                     min-height: 26px; max-height: 26px; }}
QWidget#statusBar QLabel {{ color: {quiet}; font-size: 12px; }}
QWidget#statusBar QLabel#problems {{ color: {problem}; }}
QPushButton#quietButton {{ padding: 3px 8px; color: {quiet}; background: {chrome}; }}
QPushButton#quietButton:checked, QPushButton#quietButton:hover {{ background: {chosen}; }}
QFrame#reviewCard {{ background: {chosen}; border: none; border-radius: 5px; }}
QLabel#reviewBadge {{ color: {problem}; border: 1px solid {problem}; border-radius: 7px;
                      padding: 0 5px; }}
QLabel#reviewBadge[quiet="true"] {{ color: {quiet}; border-color: {edge}; }}
QFrame#version {{ background: {field}; border: 1px solid {edge}; border-radius: 4px; }}
QFrame#version[proposed="true"] {{ border-color: {accent}; }}
QFrame#comment {{ background: {chrome}; border: none; border-radius: 4px; }}
QPushButton#takeButton {{ padding: 4px 4px; color: {quiet}; background: transparent;
                          border: 1px solid transparent; text-align: left; }}
QPushButton#takeButton:hover {{ border-color: {edge}; background: {field}; }}
QProgressBar#decided {{ background: {edge}; border: none; border-radius: 3px; max-height: 6px; }}
QProgressBar#decided::chunk {{ background: {done}; border-radius: 3px; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {edge}; }}
QTabBar::tab {{ padding: 6px 10px; color: {quiet}; background: {chrome}; border: none; }}
QTabBar::tab:selected {{ color: {text}; border-bottom: 2px solid {accent}; }}
QScrollBar:vertical {{ width: 12px; background: transparent; border: none; }}
QScrollBar:horizontal {{ height: 12px; background: transparent; border: none; }}
QScrollBar::handle {{ background: {edge}; border-radius: 3px; margin: 3px; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::handle:hover {{ background: {quiet}; }}
QTextEdit#page {{ selection-color: {text}; selection-background-color: {selection}; }}
QTextEdit#page QScrollBar:vertical {{ width: 18px; }}
QTextEdit#page QScrollBar::handle:vertical {{ margin: 3px 10px 3px 2px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QLineEdit, QPlainTextEdit, QTextEdit#preview, QListWidget, QComboBox, QAbstractSpinBox,
QPushButton {{
    color: {text}; background: {field}; border: 1px solid {edge}; border-radius: 4px; }}
QPlainTextEdit, QTextEdit#preview, QListWidget {{ padding: 1px 3px; }}
QListWidget::item:disabled {{ color: {quiet}; }}
QLineEdit, QComboBox, QAbstractSpinBox {{ padding: 3px 4px; min-height: 18px; }}
QAbstractSpinBox {{ max-height: 18px; }}
QPushButton {{ padding: 4px 14px; }}
QCheckBox::indicator, QTreeWidget::indicator {{ width: 13px; height: 13px; background: {field};
                        border: 1px solid {quiet}; border-radius: 3px; }}
QCheckBox::indicator:checked, QTreeWidget::indicator:checked {{ image: url("{tick}"); }}
QCheckBox::indicator:disabled {{ border-color: {edge}; }}
QRadioButton::indicator {{ width: 13px; height: 13px; background: {field};
                           border: 1px solid {quiet}; border-radius: 7px; }}
QRadioButton:disabled {{ color: {quiet}; }}
QRadioButton::indicator:disabled {{ border-color: {edge}; }}
QRadioButton::indicator:checked {{ image: url("{dot}"); }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border-color: {accent}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit#preview:focus, QListWidget:focus,
QComboBox:focus, QAbstractSpinBox:focus, QPushButton:focus {{ border-color: {accent}; }}
QPushButton:hover, QPushButton:pressed {{ background: {chosen}; }}
QPushButton:default {{ font-weight: bold; }}
QPushButton:disabled, QComboBox:disabled, QLineEdit:disabled {{
    color: {quiet}; background: {chrome}; }}
QComboBox::drop-down, QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{
    border: none; background: transparent; width: 20px; }}
QComboBox::down-arrow, QAbstractSpinBox::down-arrow {{ image: url("{down}"); width: 8px; }}
QAbstractSpinBox::up-arrow {{ image: url("{up}"); width: 8px; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QHeaderView::section {{ color: {quiet}; background: {chrome}; border: none; padding: 3px 4px;
                        border-bottom: 1px solid {edge}; }}
QHeaderView::down-arrow {{ image: url("{down}"); width: 8px; }}
QHeaderView::up-arrow {{ image: url("{up}"); width: 8px; }}
QTableWidget#plot {{ background: {chrome}; }}
QProgressBar {{ background: {edge}; border: none; border-radius: 4px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 4px; }}
QMenu {{ color: {text}; background: {field}; border: 1px solid {edge}; padding: 4px; }}
QMenu::item {{ padding: 4px 20px 4px 26px; border-radius: 4px; }}
QMenu::item:selected {{ background: {chosen}; }}
QMenu::item:disabled {{ color: {quiet}; }}
QMenu::separator {{ height: 1px; background: {edge}; margin: 4px 8px; }}
QMenu::indicator {{ width: 12px; height: 12px; margin-left: 8px; }}
QMenu::indicator:checked {{ image: url("{tick}"); }}
QToolTip {{ color: {text}; background: {field}; border: 1px solid {edge}; padding: 3px; }}
"""


def sheet(theme: Theme) -> str:
    """The style sheet in the colours of ``theme``."""
    names = ("chrome", "chosen", "edge", "problem", "quiet", "text", "accent", "field", "selection")
    colours = {name: getattr(theme, name).name() for name in names}
    colours["done"] = theme.kinds[Kind.ATTRIBUTION].line.name()
    signs = {name: resource_path(f"icons/{name}.svg").as_posix() for name in SIGNS}
    return _SHEET.format(**colours, **signs)


class Themed(Protocol):
    """A part that has colours of its own."""

    def set_theme(self, theme: Theme) -> object:
        """Take the colours of a theme."""


COLOURS = {"system": "As the &system has them", "light": "&Light", "dark": "&Dark"}


class Appearance(QObject):
    """Follows the system's light or dark, or the user's own choice, as long as its parent is."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._parts: list[Themed] = []
        self._choose_theme()

    def add(self, *parts: Themed) -> None:
        """Give parts the colours of the theme, now and whenever they change."""
        self._parts += parts
        for part in parts:
            part.set_theme(self.theme)

    def apply(self) -> None:
        """Take over what the settings or the system say now."""
        self._choose_theme()
        for part in self._parts:
            part.set_theme(self.theme)
        self.changed.emit()

    def _choose_theme(self) -> None:
        wish = self._settings.text("colours")
        dark = system_is_dark() if wish == "system" else wish == "dark"
        self.theme = DARK if dark else LIGHT
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.setPalette(palette(self.theme))

    def commands(self) -> Iterable[Command]:
        """One for each choice of colours."""
        for wish, label in COLOURS.items():
            run, on = partial(self._wish, wish), partial(self._is_wished, wish)
            yield Command(f"view.{wish}", label, (), VIEW, run, checked=on, group=2, sub="&Colours")

    def _wish(self, wish: str) -> None:
        self._settings.put("colours", wish)
        self.apply()

    def _is_wished(self, wish: str) -> bool:
        return self._settings.text("colours") == wish
