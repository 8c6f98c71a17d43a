"""The style sheet: the few things that the palette alone cannot say."""

from __future__ import annotations

from annotator.ui.theme import Theme

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
QWidget#statusBar {{ background: {chrome}; border-top: 1px solid {edge};
                     min-height: 26px; max-height: 26px; }}
QWidget#statusBar QLabel {{ color: {quiet}; font-size: 12px; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {edge}; }}
QTabBar::tab {{ padding: 6px 10px; color: {quiet}; background: {chrome}; border: none; }}
QTabBar::tab:selected {{ color: {text}; border-bottom: 2px solid {accent}; }}
QScrollBar:vertical {{ width: 12px; background: transparent; border: none; }}
QScrollBar:horizontal {{ height: 12px; background: transparent; border: none; }}
QScrollBar::handle {{ background: {edge}; border-radius: 3px; margin: 3px; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::handle:hover {{ background: {quiet}; }}
QTextEdit#page QScrollBar:vertical {{ width: 18px; }}
QTextEdit#page QScrollBar::handle:vertical {{ margin: 3px 10px 3px 2px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{ color: {text}; background: {field}; border: 1px solid {edge}; padding: 3px; }}
"""


def sheet(theme: Theme) -> str:
    """The style sheet in the colours of ``theme``."""
    names = ("chrome", "chosen", "edge", "problem", "quiet", "text", "accent", "field")
    return _SHEET.format(**{name: getattr(theme, name).name() for name in names})
