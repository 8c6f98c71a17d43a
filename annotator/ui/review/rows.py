"""The rows of the reviewer's list: a sign for how far it is, the words, badges of differences."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.core.display_text import escaped, one_line
from annotator.review.compare.differences import Difference, Finding
from annotator.review.decide.state import ItemState
from annotator.review.decide.worklist import Entry
from annotator.ui.theme import LIGHT, MARKS, Theme
from annotator.ui.widgets.painted_list import badge_width, paint_badge
from annotator.ui.widgets.plain import plain_tip
from annotator.ui.widgets.row_model import ChangingRows, Index
from annotator.ui.widgets.rows import paint_ground, paint_words, small

Role = Qt.ItemDataRole
ENTRY = Role.UserRole

SIGNS = {
    ItemState.OPEN: "·",
    ItemState.DECIDED: "✓",
    ItemState.QUESTION: "?",
    ItemState.CHANGED: "↻",
}
"""How far an item is, before its words."""

REJECTED = "✗"

SIGN = 16
LEAST_WORDS = 0.42
"""How much of a row its words have at least, where badges are many."""

_BARE = (Difference.AGREED, Difference.CHAIN, Difference.LINKS)
"""Differences whose detail is too long for a badge."""


def badge_of(finding: Finding) -> str:
    """A difference in a few words: "quote / claim", "only anna", "boundary · 5 words"."""
    difference, detail = finding.difference, escaped(finding.detail)
    if difference is Difference.ONLY:
        return f"only {detail}"
    if difference is Difference.TRIVIAL_BOUNDARY:
        return detail or difference.value
    if difference in _BARE or not detail:
        return difference.value
    return f"{difference.value} · {detail}"


def sign_of(entry: Entry) -> str:
    """How far an item is, as a sign."""
    return REJECTED if entry.decided and entry.agreed is None else SIGNS[entry.state]


def badges_of(entry: Entry) -> tuple[str, ...]:
    """What stands in the badges of an item."""
    news = ("changed since",) if entry.state is ItemState.CHANGED else ()
    return (*news, *map(badge_of, entry.compared.findings))


def spoken(entry: Entry) -> str:
    """An item for those who hear it: "open: claim, le truppe; boundary · 2 words"."""
    annotation = entry.proposed.annotation
    words, badges = one_line(annotation.words), ", ".join(badges_of(entry))
    rejected = entry.decided and entry.agreed is None
    state = "rejected" if rejected else entry.state.value
    return f"{state}: {annotation.kind}, {words}; {badges}"


class ReviewRows(ChangingRows[Entry]):
    """The entries that are wanted."""

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        entry = self.items[index.row()]
        if role == ENTRY:
            return entry
        words = one_line(entry.proposed.annotation.words)
        if role == Role.ToolTipRole:
            return plain_tip(f"{words}\n{_sentence(entry)}")
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return spoken(entry)
        return None

    def row_of(self, address: str) -> int | None:
        """The row in which a version is."""
        rows = enumerate(self.items)
        return next((row for row, entry in rows if address in entry.addresses), None)


def _sentence(entry: Entry) -> str:
    return "\n".join(
        f"{finding.difference.value}: {escaped(finding.detail)}".rstrip(": ")
        for finding in entry.compared.findings
    )


class ReviewRow(QStyledItemDelegate):
    """Paints an entry; open differences in the colour of problems, all else quiet."""

    theme: Theme = LIGHT

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        entry: Entry = index.data(ENTRY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        paint_ground(painter, option, index)
        room = option.rect.adjusted(4, 0, -4, 0)
        self._paint_signs(painter, room, entry, option.palette)
        room.setLeft(room.left() + 2 * SIGN)
        most = int(room.width() * (1 - LEAST_WORDS))
        widths = _widths(painter, entry, most)
        words = room.adjusted(0, 0, -sum(width for _, width in widths), 0)
        taken = paint_words(
            painter, words, one_line(entry.proposed.annotation.words), option.palette
        )
        self._paint_badges(painter, room.adjusted(taken, 0, 0, 0), widths, entry, option.palette)
        painter.restore()

    def _paint_signs(self, painter: QPainter, room: QRect, entry: Entry, palette: QPalette) -> None:
        kind = entry.proposed.annotation.kind
        signs = (
            (sign_of(entry), _sign_color(entry, self.theme)),
            (MARKS[kind], self.theme.kinds[kind].line),
        )
        for nth, (sign, color) in enumerate(signs):
            painter.setPen(color)
            box = QRect(room.left() + nth * SIGN, room.top(), SIGN, room.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sign)

    def _paint_badges(
        self,
        painter: QPainter,
        room: QRect,
        widths: list[tuple[str, int]],
        entry: Entry,
        palette: QPalette,
    ) -> None:
        inks = QPalette(palette)
        if not entry.decided and not entry.compared.agreed:
            for role in (QPalette.ColorRole.Mid, QPalette.ColorRole.PlaceholderText):
                inks.setColor(role, self.theme.problem)
        for words, width in widths:
            room.setLeft(room.left() + BADGE_GAP)
            paint_badge(painter, room, words, inks)
            room.setLeft(room.left() + width - BADGE_GAP)


BADGE_GAP = 6


def _sign_color(entry: Entry, theme: Theme) -> QColor:
    return theme.problem if entry.state in (ItemState.CHANGED, ItemState.QUESTION) else theme.quiet


def _widths(painter: QPainter, entry: Entry, most: int) -> list[tuple[str, int]]:
    """The badges that fit, the last one elided, each with the pixels it takes with its gap."""
    painter.save()
    painter.setFont(small(painter.font()))
    metrics = painter.fontMetrics()
    painter.restore()
    found: list[tuple[str, int]] = []
    for words in badges_of(entry):
        left = most - sum(width for _, width in found) - BADGE_GAP
        if left < 40:
            break
        room = left - badge_width(metrics, "")
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        found.append((shown, badge_width(metrics, shown) + BADGE_GAP))
    return found
