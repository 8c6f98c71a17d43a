"""The style sheet: the few things that the palette alone cannot say."""

from __future__ import annotations

from annotator.core.model import Kind
from annotator.storage.shipped.resources import resource_path
from annotator.ui.theme import Theme

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
