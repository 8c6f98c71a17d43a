"""The articles of the folder in which some words stand, below the bar for finding them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from annotator.core.display_text import shown_name
from annotator.storage.bulk.search import ArticleHits
from annotator.ui.widgets.boxes import in_column, in_row
from annotator.ui.widgets.plain import PlainLabel, plain_tip
from annotator.ui.widgets.quiet import quieted

HEIGHT = 150
PATH = Qt.ItemDataRole.UserRole


class FindList(QWidget):
    """One line for each article with a hit, and one that says how far the search is."""

    chosen = Signal(Path)
    stopped = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findList")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Articles with hits")
        self.setFixedHeight(HEIGHT)
        self.progress = quieted(PlainLabel(self))
        self.stop = QPushButton("Stop", self)
        self.stop.setAccessibleName("Stop looking")
        self.stop.clicked.connect(self.stopped)
        self.table = self._table()
        self._items: dict[Path, QTreeWidgetItem] = {}
        self._lay_out()
        self.hide()

    def _table(self) -> QTreeWidget:
        table = QTreeWidget(self)
        table.setAccessibleName("Articles with hits")
        table.setHeaderLabels(["Article", "Hits", "Tagged"])
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        table.setFrameShape(QFrame.Shape.NoFrame)
        header = table.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.itemActivated.connect(self._choose)
        table.itemClicked.connect(self._choose)
        return table

    def _lay_out(self) -> None:
        line = in_row((self.progress, 1), self.stop, around=(4, 0, 0, 2))
        in_column(line, (self.table, 1), inside=self, around=(9, 0, 8, 6), gap=0)

    def _choose(self, item: QTreeWidgetItem) -> None:
        self.chosen.emit(item.data(0, PATH))

    def clear(self) -> None:
        """Show no article."""
        self._items.clear()
        self.table.clear()
        self.say("", under_way=False)

    def say(self, sentence: str, *, under_way: bool) -> None:
        """How far the search is; while it is ``under_way`` it can be stopped."""
        self.progress.setText(sentence)
        self.stop.setVisible(under_way)

    def put(self, found: ArticleHits) -> None:
        """Show what an article holds; one that holds nothing has no line."""
        item = self._items.get(found.article)
        if item is None:
            if not found.hits and not found.error:
                return
            item = self._items[found.article] = QTreeWidgetItem(self.table)
            item.setData(0, PATH, found.article)
            for nth in (1, 2):
                side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                item.setTextAlignment(nth, side)
        tagged = "unreadable" if found.error else str(found.tagged or "–")
        name = shown_name(found.article.name)
        for nth, words in enumerate((name, str(found.hits or "–"), tagged)):
            item.setText(nth, words)
            item.setToolTip(nth, plain_tip(found.error))

    def mark(self, article: Path) -> None:
        """Mark the line of the article that lies open."""
        item = self._items.get(article)
        if item is not None:
            self.table.setCurrentItem(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
