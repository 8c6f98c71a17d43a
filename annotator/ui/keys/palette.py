"""The command palette: type a few letters of any command, source or article, and press Enter."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QWidget

from annotator.ui.keys.palette_entries import RECENT, PaletteEntry, fitting
from annotator.ui.widgets.popup import ROW, VISIBLE, Popup
from annotator.ui.widgets.row_model import Index, RowModel
from annotator.ui.widgets.rows import GAP, RowDelegate, paint_key, paint_quiet, paint_words

Role = Qt.ItemDataRole

WIDTH = 560
ENTRY = Role.UserRole

AROUND = 10
"""Pixels that long keys leave free in their box."""

NOTHING = PaletteEntry("", "Nothing here is called so.", "", "", lambda: None, enabled=False)


class EntryRows(RowModel[PaletteEntry]):
    """The entries that fit what was typed."""

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        entry = self.items[index.row()]
        if role == ENTRY:
            return entry
        if role == Role.DisplayRole:
            return entry.words
        return _spoken(entry) if role == Role.AccessibleTextRole else None


def _spoken(entry: PaletteEntry) -> str:
    key = f"key {entry.keys}" if entry.keys else ""
    state = "" if entry.enabled else "not possible now"
    return ", ".join(filter(None, (entry.words, entry.place, key, state)))


class EntryDelegate(RowDelegate):
    """Paints an entry: its words, where it stands, and its keys at the right."""

    def paint_row(self, painter: QPainter, room: QRect, index: Index, colours: QPalette) -> None:
        entry: PaletteEntry = index.data(ENTRY)
        if not entry.enabled:
            colours = QPalette(colours)
            quiet = colours.color(QPalette.ColorRole.PlaceholderText)
            colours.setColor(QPalette.ColorRole.Text, quiet)
        if entry.keys:
            taken = paint_key(painter, room, entry.keys, colours, AROUND)
            room.setRight(room.right() - taken - GAP)
        room.setRight(room.right() - paint_quiet(painter, room, entry.place, colours) - GAP)
        paint_words(painter, room, entry.words, colours)


class Palette(Popup):
    """The popup at the top of the window; it remembers what was used in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._rows = EntryRows()
        super().__init__(self._rows, parent, WIDTH)
        self.setAccessibleName("Command palette")
        self._entries: list[PaletteEntry] = []
        self._recent: list[str] = []
        self.field.setPlaceholderText("What do you want to do?")
        self.field.setAccessibleName("Name of a command, source or article")
        self.list.setItemDelegate(EntryDelegate(ROW, self.list))
        self.list.setAccessibleName("Commands, sources and articles")

    def open_over(self, widget: QWidget, entries: list[PaletteEntry]) -> None:
        """Open at the top of a widget, with these entries."""
        self._entries = entries
        top = widget.mapToGlobal(QPoint((widget.width() - WIDTH) // 2, ROW))
        self.open(top, max(VISIBLE, len(entries)))

    def show_rows(self, typed: str) -> None:
        """Fill the list with what fits ``typed``."""
        self._rows.show(fitting(self._entries, typed, self._recent) or [NOTHING])
        self.choose(0)

    def accept(self, index: QModelIndex) -> None:
        """Do what the row is for; one that cannot be done now stays without effect."""
        entry: PaletteEntry = index.data(ENTRY)
        if not entry.enabled:
            return
        self._recent = [entry.name, *(i for i in self._recent if i != entry.name)][:RECENT]
        self.close_accepted()
        parent = self.parentWidget()
        if parent:
            parent.activateWindow()
        entry.run()
