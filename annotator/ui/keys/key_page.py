"""The page of the settings on which each command is given the keys one likes."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from annotator.core.sources import Registry, fold
from annotator.ui.command import Command
from annotator.ui.keys.keys import Keys, holder, label_of, plain, shown
from annotator.ui.theme import Theme
from annotator.ui.widgets.boxes import in_column, in_row, push_button
from annotator.ui.widgets.line_edits import filter_field
from annotator.ui.widgets.plain import PlainLabel
from annotator.ui.widgets.quiet import coloured, quieted

ROW = 24
HINT = "Choose a command, click into the field, and press its new key."


class KeyPage(QWidget):
    """Every command with its keys; `choices` are those that the user has changed here.

    A key that something else acts on is not taken as long as it clashes.
    """

    def __init__(self, keys: Mapping[Command, Keys], registry: Registry, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Keys")
        self._keys, self._registry, self._theme = dict(keys), registry, theme
        self._known = dict(keys)
        self.filter = filter_field("Filter commands…")
        self.list = _make_list()
        self.field = _make_field()
        self.usual = push_button("As it comes", self._take_usual)
        self.none = push_button("No key", self._take_none)
        self.message = quieted(PlainLabel(HINT))
        self.message.setWordWrap(True)
        self._lay_out()
        self._fill()
        self._connect()
        self.list.setCurrentItem(self._items()[0])

    def choices(self) -> dict[str, str | None]:
        """The commands whose keys were changed: the new key, empty for none, None as it comes."""
        changed = (one for one, keys in self._keys.items() if keys != self._known[one])
        return {one.name: _chosen(one, self._keys[one]) for one in changed}

    def take(self, key: str) -> None:
        """Give the current command this key, unless something else acts on it."""
        command = self._current()
        if command is None or not key:
            return
        taken = holder(key, command, self._keys, self._registry)
        if taken:
            self._say(f"{shown([key])} is taken: {taken}. Press another key.", bad=True)
        else:
            self._set(command, (plain(key),))

    def _current(self) -> Command | None:
        item = self.list.currentItem()
        return item.data(0, Qt.ItemDataRole.UserRole) if item else None

    def _set(self, command: Command, keys: Keys) -> None:
        self._keys[command] = command.keys if _same(keys, command.keys) else keys
        if item := self.list.currentItem():
            _show_keys(item, command, keys)
        self._show_current()

    def _take_usual(self) -> None:
        command = self._current()
        if command is None:
            return
        taken = {key: holder(key, command, self._keys, self._registry) for key in command.keys}
        clash = next((key for key, by in taken.items() if by), None)
        if clash:
            self._say(f"{shown([clash])} is taken: {taken[clash]}.", bad=True)
        else:
            self._set(command, command.keys)

    def _take_none(self) -> None:
        if command := self._current():
            self._set(command, ())

    def _show_current(self) -> None:
        command = self._current()
        for part in (self.field, self.usual, self.none):
            part.setEnabled(command is not None)
        keys = self._keys[command] if command else ()
        self.field.blockSignals(True)
        self.field.setKeySequence(QKeySequence(keys[0]) if keys else QKeySequence())
        self.field.blockSignals(False)
        if command is None:
            return
        self.usual.setEnabled(keys != command.keys)
        self.none.setEnabled(bool(keys))
        self._say(HINT if keys == command.keys else f"It comes with {_usual(command)}.", bad=False)

    def _say(self, sentence: str, *, bad: bool) -> None:
        self.message.setPalette(self.palette())
        if bad:
            coloured(self.message, self._theme.problem)
        self.message.setText(sentence)

    def _filter(self, typed: str) -> None:
        wanted = fold(typed.strip())
        for item in self._items():
            words = " ".join(map(item.text, range(3)))
            item.setHidden(wanted not in fold(words))
        seen = [item for item in self._items() if not item.isHidden()]
        if self.list.currentItem() not in seen:
            # Nobody is to change the key of a command that is out of sight.
            self.list.setCurrentIndex(self.list.indexFromItem(seen[0]) if seen else QModelIndex())

    def _items(self) -> list[QTreeWidgetItem]:
        rows = map(self.list.topLevelItem, range(self.list.topLevelItemCount()))
        return [item for item in rows if item]

    def _fill(self) -> None:
        for command, keys in self._keys.items():
            label, menu = label_of(command), command.menu.replace("&", "")
            item = QTreeWidgetItem(self.list, [label, menu])
            item.setSizeHint(0, QSize(0, ROW))
            item.setData(0, Qt.ItemDataRole.UserRole, command)
            _show_keys(item, command, keys)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._filter)
        self.list.currentItemChanged.connect(lambda *_: self._show_current())
        self.field.keySequenceChanged.connect(lambda key: self.take(key.toString()))

    def _lay_out(self) -> None:
        keys = in_row(PlainLabel("Key"), (self.field, 1), self.usual, self.none)
        in_column(self.filter, (self.list, 1), keys, self.message, inside=self, gap=8)


def _chosen(command: Command, keys: Keys) -> str | None:
    return None if keys == command.keys else next(iter(keys), "")


def _same(one: Keys, other: Keys) -> bool:
    return [*map(plain, one)] == [*map(plain, other)]


def _usual(command: Command) -> str:
    return shown(command.keys) or "no key"


def _show_keys(item: QTreeWidgetItem, command: Command, keys: Keys) -> None:
    item.setText(2, shown(keys))
    font = item.font(2)
    font.setBold(not _same(keys, command.keys))
    item.setFont(2, font)


def _make_list() -> QTreeWidget:
    view = QTreeWidget()
    view.setAccessibleName("Commands and their keys")
    view.setHeaderLabels(["Command", "Menu", "Keys"])
    view.setRootIsDecorated(False)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.viewport().setAutoFillBackground(False)
    view.setUniformRowHeights(True)
    view.setAllColumnsShowFocus(True)
    view.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    view.header().setSectionsMovable(False)
    view.setColumnWidth(2, 240)
    view.setMinimumSize(600, 360)
    return view


def _make_field() -> QKeySequenceEdit:
    field = QKeySequenceEdit()
    field.setMaximumSequenceLength(1)
    field.setAccessibleName("New key")
    for inner in field.findChildren(QLineEdit):
        inner.setAccessibleName("New key")
    return field
