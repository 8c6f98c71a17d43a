"""A table whose cells are seen before they are read: bars, and a map of heat."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from annotator.ui.agreement.figures import Cell, CellLook, Table
from annotator.ui.theme import LIGHT, Theme, mixed
from annotator.ui.widgets.plain import plain_tip

ROW, HEAT_ROW = 27, 36
HEAT_COLUMN, WORDS_COLUMN, BAR_COLUMN = 76, 170, 96
BAR = 8
NUMBER = 40
"""Pixels for the number before a bar; more where the words need more."""

GAP = 8
PALEST, DEEPEST = 0.06, 0.85
"""How much of the hue is in the colour of nothing, and of full agreement."""

CELL = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class Plot(QTableWidget):
    """Shows a `Table`.

    ``described`` says what the cell counts that the keyboard or the mouse is in, ``moved`` that
    another row is current, ``entered`` that one is wanted. Where rows are there for
    ``choosing``, the current one looks so.
    """

    described = Signal(str)
    entered = Signal(int)
    moved = Signal(int)

    def __init__(self, name: str, *, choosing: bool = False) -> None:
        super().__init__()
        self.theme = LIGHT
        self.choosing = choosing
        self.number_widths: list[int] = []
        self.setObjectName("plot")
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setHighlightSections(False)
        self.setItemDelegate(_Cells(self))
        self.setMouseTracking(True)
        self.cellEntered.connect(self._describe_cell)
        self.currentCellChanged.connect(self._move)
        self.cellActivated.connect(lambda row, _: self.entered.emit(row))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.theme = theme
        self.viewport().update()

    def show_table(self, table: Table) -> None:
        """Show other numbers; the current cell stays where it is."""
        row, column = max(0, self.currentRow()), max(0, self.currentColumn())
        self.blockSignals(True)
        self.setRowCount(0)
        self.setColumnCount(len(table.headers))
        self.setRowCount(len(table.rows))
        self.setHorizontalHeaderLabels(table.headers)
        for nth, cells in enumerate(table.rows):
            for place, cell in enumerate(cells):
                self.setItem(nth, place, _item(cell, _description(cells, place, table.headers)))
        self._fit(table)
        self.blockSignals(False)
        self.setCurrentCell(min(row, len(table.rows) - 1), min(column, len(table.headers) - 1))

    def cell(self, row: int, column: int) -> Cell:
        """What is shown there."""
        item = self.item(row, column)
        assert item is not None
        found: Cell = item.data(CELL)
        return found

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.describe()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(self.currentRow())
        elif self.choosing and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            last = event.key() == Qt.Key.Key_End
            self.setCurrentCell(self.rowCount() - 1 if last else 0, self.currentColumn())
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self.hasFocus():
            self.describe()

    def describe(self) -> None:
        """Say what the current cell counts."""
        self._describe_cell(self.currentRow(), self.currentColumn())

    def _describe_cell(self, row: int, column: int) -> None:
        item = self.item(row, column)
        if item is not None:
            self.described.emit(item.data(Qt.ItemDataRole.AccessibleTextRole))

    def _move(self, row: int, column: int, former: int, _: int) -> None:
        if self.hasFocus():
            self._describe_cell(row, column)
        if row != former and row >= 0:
            self.moved.emit(row)

    def _fit(self, table: Table) -> None:
        looks = [cell.look for cell in (table.rows[0] if table.rows else ())]
        height = HEAT_ROW if CellLook.HEAT in looks else ROW
        self.verticalHeader().setDefaultSectionSize(height)
        width = self.fontMetrics().horizontalAdvance
        self.number_widths = [
            max((width(row[column].text) for row in table.rows), default=0)
            for column in range(self.columnCount())
        ]
        for column in range(self.columnCount()):
            self._fit_column(column, {row[column].look for row in table.rows})

    def _fit_column(self, column: int, looks: set[CellLook]) -> None:
        """Bars share what room there is; words have the room that they need, up to a bound."""
        header, fixed = self.horizontalHeader(), QHeaderView.ResizeMode.Fixed
        bars = CellLook.BAR in looks
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch if bars else fixed)
        if CellLook.HEAT in looks:
            self.setColumnWidth(column, HEAT_COLUMN)
        elif not bars:
            self.setColumnWidth(column, min(WORDS_COLUMN, self.sizeHintForColumn(column)))

    def whole(self) -> QSize:
        """The size at which nothing is scrolled away."""
        stretched = QHeaderView.ResizeMode.Stretch
        header, columns = self.horizontalHeader(), range(self.columnCount())
        bars = [column for column in columns if header.sectionResizeMode(column) is stretched]
        width = sum(BAR_COLUMN if n in bars else self.columnWidth(n) for n in columns)
        height = self.rowCount() * self.verticalHeader().defaultSectionSize()
        return QSize(width, height + header.sizeHint().height() + 2)


def _item(cell: Cell, description: str) -> QTableWidgetItem:
    item = QTableWidgetItem(cell.text)
    item.setData(CELL, cell)
    item.setToolTip(plain_tip(cell.tip))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, description)
    return item


def _description(cells: Sequence[Cell], place: int, headers: Sequence[str]) -> str:
    """What a cell says to those who do not see it: a number what it is of and counts."""
    cell, about = cells[place], cells[0].text
    if about == headers[place] and cell.tip:
        return cell.tip
    if place:
        what = f"{about}, {headers[place]}" if headers[place] else about
        said = cell.tip if cell.missing else f"{cell.text}. {cell.tip}"
        return f"{what}: {said}".rstrip(". ")
    numbers = (f"{header} {one.text}".strip() for header, one in zip(headers, cells, strict=True))
    return f"{about}: {', '.join(list(numbers)[1:])}"


class _Cells(QStyledItemDelegate):
    """Paints a cell as its look asks for."""

    def __init__(self, plot: Plot) -> None:
        super().__init__(plot)
        self._plot = plot

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        words = option.fontMetrics.horizontalAdvance(index.data())
        return QSize(words + 2 * GAP, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell, room = index.data(CELL), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._plot.choosing and index.row() == self._plot.currentRow():
            painter.fillRect(room, self._plot.theme.chosen)
        if cell.look is CellLook.BAR:
            width = max(NUMBER, self._plot.number_widths[index.column()])
            _paint_bar(painter, room, width, cell, self._plot.theme)
        else:
            paint = _paint_heat if cell.look is CellLook.HEAT else _paint_words
            paint(painter, room, cell, self._plot.theme)
        if self._plot.hasFocus() and index == self._plot.currentIndex():
            painter.setPen(QPen(self._plot.theme.accent, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), 4, 4)
        painter.restore()


def _paint_words(painter: QPainter, room: QRectF, cell: Cell, theme: Theme) -> None:
    where = Qt.AlignmentFlag.AlignHCenter if cell.centred else Qt.AlignmentFlag.AlignLeft
    ink = theme.quiet if cell.centred else theme.text
    painter.setPen(theme.kinds[cell.kind].line if cell.kind else ink)
    _write(painter, room.adjusted(GAP / 2, 0, -GAP / 2, 0), cell.text, where)


def _paint_bar(painter: QPainter, room: QRectF, number: int, cell: Cell, theme: Theme) -> None:
    painter.setPen(theme.quiet if cell.missing else theme.text)
    words = QRectF(room.left(), room.top(), number + 2, room.height())
    _write(painter, words, cell.text, Qt.AlignmentFlag.AlignRight)
    left, middle = words.right() + GAP, room.center().y()
    track = QRectF(left, middle - BAR / 2, room.right() - GAP - left, BAR)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_hatched(theme) if cell.missing else QBrush(theme.edge))
    painter.drawRoundedRect(track, BAR / 2, BAR / 2)
    if cell.value:
        full = QRectF(track.left(), track.top(), max(BAR, track.width() * cell.value), BAR)
        painter.setBrush(_hue(cell, theme))
        painter.drawRoundedRect(full, BAR / 2, BAR / 2)
    if cell.value is not None and cell.deviation:
        _paint_deviation(painter, track, cell.value, cell.deviation, theme)


def _paint_deviation(
    painter: QPainter, track: QRectF, value: float, deviation: float, theme: Theme
) -> None:
    """A line from a deviation below the value to one above it."""
    first, last = (min(1.0, max(0.0, one)) for one in (value - deviation, value + deviation))
    painter.setPen(QPen(theme.text, 1.2))
    left, right = (track.left() + track.width() * one for one in (first, last))
    middle = track.center().y()
    painter.drawLine(QPointF(left, middle), QPointF(right, middle))
    for edge in (left, right):
        painter.drawLine(QPointF(edge, track.top()), QPointF(edge, track.bottom()))


def _paint_heat(painter: QPainter, room: QRectF, cell: Cell, theme: Theme) -> None:
    """The deeper, the more they agree; what has no value is hatched."""
    box = room.adjusted(2, 2, -2, -2)
    fill = _hatched(theme) if cell.missing else QBrush(heat(cell.value or 0.0, theme))
    painter.setPen(QPen(theme.edge, 1))
    painter.setBrush(fill)
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(theme.quiet if cell.missing else readable_on(fill.color(), theme))
    _write(painter, box, cell.text, Qt.AlignmentFlag.AlignHCenter)


def heat(value: float, theme: Theme) -> QColor:
    """The colour of a share between 0 and 1."""
    share = PALEST + (DEEPEST - PALEST) * value
    return mixed(theme.page.name(), theme.accent.name(), round(share, 2))


def readable_on(ground: QColor, theme: Theme) -> QColor:
    """Of the page's colour and that of its text the one that stands out more."""
    inks: Sequence[QColor] = (theme.text, theme.page)
    return max(inks, key=lambda ink: abs(ink.lightnessF() - ground.lightnessF()))


def _hue(cell: Cell, theme: Theme) -> QColor:
    if cell.bad:
        return theme.problem
    return theme.kinds[cell.kind].line if cell.kind else theme.accent


def _hatched(theme: Theme) -> QBrush:
    return QBrush(theme.edge, Qt.BrushStyle.BDiagPattern)


def _write(painter: QPainter, room: QRectF, words: str, where: Qt.AlignmentFlag) -> None:
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, int(room.width()))
    painter.drawText(room, where | Qt.AlignmentFlag.AlignVCenter, shown)
