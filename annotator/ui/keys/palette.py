"""The command palette: type a few letters of any command, source or article, and press Enter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.core.sources import fold
from annotator.ui.articles import opening
from annotator.ui.keys.keys import command_with, shown
from annotator.ui.tagging import tags
from annotator.ui.widgets.popup import ROW, VISIBLE, Popup
from annotator.ui.widgets.rows import (
    GAP,
    KEY,
    PAD,
    paint_ground,
    paint_quiet,
    paint_words,
    small,
)

if TYPE_CHECKING:
    from annotator.ui.window import Window

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

WIDTH = 560
ENTRY = Role.UserRole
RECENT = 20


class Entry(NamedTuple):
    """One row: ``name`` tells it from all others, ``place`` says where else it is found.

    ``also`` are further words that it is found by.
    """

    name: str
    words: str
    place: str
    keys: str
    run: Callable[[], object]
    enabled: bool = True
    also: str = ""


NOTHING = Entry("", "Nothing here is called so.", "", "", lambda: None, enabled=False)


def entries(window: Window) -> Iterator[Entry]:
    """Everything that there is to do: the commands, then the sources, then the articles."""
    window.refresh_actions()
    for command, keys in window.keys().items():
        action = window.actions_by_name[command.name]
        words, menu = action.text().replace("&", "").rstrip("…"), command.menu.replace("&", "")
        enabled, also = action.isEnabled(), command.sub.replace("&", "")
        yield Entry(command.name, words, menu, shown(keys), action.trigger, enabled, also)
    yield from _sources(window)
    yield from _articles(window)


def _sources(window: Window) -> Iterator[Entry]:
    keys, registry = window.keys(), window.registry
    for source in registry.sources:
        free = source.key and command_with(source.key, keys) is None
        own = free and registry.by_key[(source.key or "").lower()] is source
        tag = partial(tags.tag_with_source, window, source)
        yield Entry(
            f"source {source.id}",
            f"Attribution to {source.label}",
            "Source",
            (source.key or "").upper() if own else "",
            partial(window.attempt, tag),
            window.desk.editable,
            " ".join(source.names),
        )


def _articles(window: Window) -> Iterator[Entry]:
    for path in window.folder.articles() if window.folder else ():
        act = partial(opening.open_article, window, path)
        yield Entry(f"article {path}", path.stem, "Article", "", partial(window.attempt, act))


def fitting(known: Sequence[Entry], typed: str, recent: Sequence[str]) -> list[Entry]:
    """The entries that hold all words typed, those that begin with them first.

    Among equals the recent ones come first, then the order of the table.
    """
    wanted = fold(typed).split()
    ranks = {name: nth for nth, name in enumerate(recent)}
    found = []
    for nth, entry in enumerate(known):
        rank = _rank(fold(entry.words), fold(f"{entry.words} {entry.place} {entry.also}"), wanted)
        if rank is not None:
            found.append((rank, ranks.get(entry.name, RECENT), nth, entry))
    return [entry for *_, entry in sorted(found, key=lambda one: one[:3])]


def _rank(words: str, all_words: str, wanted: Sequence[str]) -> int | None:
    if not all(word in all_words for word in wanted):
        return None
    beginnings = f" {all_words}"
    if not wanted or words.startswith(" ".join(wanted)):
        return 0
    return 1 if all(f" {word}" in beginnings for word in wanted) else 2


class _Rows(QAbstractListModel):
    """The entries that fit what was typed."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Entry] = []

    def show(self, rows: list[Entry]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        entry = self._rows[index.row()]
        if role == ENTRY:
            return entry
        if role == Role.DisplayRole:
            return entry.words
        return _spoken(entry) if role == Role.AccessibleTextRole else None


def _spoken(entry: Entry) -> str:
    key = f"key {entry.keys}" if entry.keys else ""
    state = "" if entry.enabled else "not possible now"
    return ", ".join(filter(None, (entry.words, entry.place, key, state)))


class _Row(QStyledItemDelegate):
    """Paints an entry: its words, where it stands, and its keys at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(ENTRY)
        colors = QPalette(option.palette)
        if not entry.enabled:
            quiet = colors.color(QPalette.ColorRole.PlaceholderText)
            colors.setColor(QPalette.ColorRole.Text, quiet)
        painter.setFont(option.font)
        paint_ground(painter, option, index)
        room = option.rect.adjusted(PAD, 0, -PAD, 0)
        if entry.keys:
            room.setRight(room.right() - _paint_keys(painter, room, entry.keys, colors) - GAP)
        room.setRight(room.right() - paint_quiet(painter, room, entry.place, colors) - GAP)
        paint_words(painter, room, entry.words, colors)


def _paint_keys(painter: QPainter, room: QRect, keys: str, colors: QPalette) -> int:
    """Keys in a box at the right of ``room``; returns the pixels it takes."""
    painter.save()
    painter.setFont(small(painter.font()))
    width = max(KEY, painter.fontMetrics().horizontalAdvance(keys) + 10)
    box = QRect(room.right() - width, room.center().y() - KEY // 2, width, KEY)
    painter.setPen(QPen(colors.color(QPalette.ColorRole.Mid), 1))
    painter.setBrush(colors.window())
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(colors.color(QPalette.ColorRole.PlaceholderText))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, keys)
    painter.restore()
    return width


class Palette(Popup):
    """The popup at the top of the window; it remembers what was used in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._rows = _Rows()
        super().__init__(self._rows, parent, WIDTH)
        self.setAccessibleName("Command palette")
        self._entries: list[Entry] = []
        self._recent: list[str] = []
        self.field.setPlaceholderText("What do you want to do?")
        self.field.setAccessibleName("Name of a command, source or article")
        self.list.setItemDelegate(_Row(self.list))
        self.list.setAccessibleName("Commands, sources and articles")

    def open_in(self, window: Window) -> None:
        """Open over the text with everything that can be done now."""
        self._entries = list(entries(window))
        top = window.page.mapToGlobal(QPoint((window.page.width() - WIDTH) // 2, ROW))
        self.open(top, max(VISIBLE, len(self._entries)))

    def show_rows(self, typed: str) -> None:
        """Fill the list with what fits ``typed``."""
        self._rows.show(fitting(self._entries, typed, self._recent) or [NOTHING])
        self.choose(0)

    def accept(self, index: QModelIndex) -> None:
        """Do what the row is for; one that cannot be done now stays without effect."""
        entry: Entry = index.data(ENTRY)
        if not entry.enabled:
            return
        self._recent = [entry.name, *(i for i in self._recent if i != entry.name)][:RECENT]
        self.close_accepted()
        parent = self.parentWidget()
        if parent:
            parent.activateWindow()
        entry.run()
