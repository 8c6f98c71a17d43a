"""The window: lays out what it is handed, remembers its shape, and says what is dropped on it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QMainWindow,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.command import FILE, VIEW, Command
from annotator.ui.settings import Settings
from annotator.ui.theme import Theme, sheet
from annotator.ui.widgets.boxes import TIGHT, in_column
from annotator.ui.widgets.tab_order import stop_after

NARROW = 760
"""Pixels of a window in which the articles give way to the text, until they are asked for."""

LEAST_ARTICLES = 170
"""Pixels that they then get: in fewer, names cannot be told apart."""

LEAST = 380
"""Pixels that the text keeps beside the panels: some thirty characters in a line."""

SIDE_LABEL = "&Inspector and tags"
TITLE_BAR, FRAME = 24, 8
"""Pixels that the system's title bar and the frame at each side may take."""


class Window(QMainWindow):
    """The articles at the left, the text in the middle, the inspector and the lists at the right.

    It knows no feature: `dropped` and `closing` say what the user did, and whoever handles
    ``closing`` may ignore its event.
    """

    dropped = Signal(list)
    closing = Signal(QCloseEvent)
    layout_changed = Signal()
    deactivated = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._inspector_page: QScrollArea | None = None
        self._sizes: list[int] = []
        self.setWindowTitle("Source-attribution annotator")
        self.setAcceptDrops(True)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.setStyleSheet(sheet(theme))

    # Laying out

    def lay_out(
        self,
        strip: QToolBar,
        articles: QWidget,
        text: tuple[QWidget, QWidget],
        inspector: tuple[QWidget, dict[str, QWidget]],
        status_bar: QWidget,
    ) -> None:
        """Put the parts into their places.

        ``text`` is the bar above the text and the text; ``inspector`` comes with the lists
        below it, by their titles.
        """
        self.addToolBar(strip)
        self.articles, self._text, self._inspector = articles, text[1], inspector[0]
        middle, self._middle = _column((text[0], 0), (text[1], 1))
        middle.setMinimumWidth(LEAST)
        self._last_stop: QWidget = text[1]
        self.tabs = _tabs(inspector[1])
        self.inspector_side = self._inspector_side()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        for side, stretch in ((articles, 0), (middle, 1), (self.inspector_side, 0)):
            self.splitter.addWidget(side)
            self.splitter.setStretchFactor(self.splitter.count() - 1, stretch)
        self.splitter.setSizes([200, 860, 320])
        self.setCentralWidget(_column((self.splitter, 1), (status_bar, 0))[0])

    def _inspector_side(self) -> QSplitter:
        side = QSplitter(Qt.Orientation.Vertical)
        side.setObjectName("inspectorSide")
        side.setHandleWidth(1)
        side.setChildrenCollapsible(False)
        side.addWidget(self._inspector)
        side.addWidget(self.tabs)
        side.setStretchFactor(1, 1)
        return side

    def put_below(self, part: QWidget) -> None:
        """Put something below the text; the Tab key comes to it from what is above it."""
        self._middle.addWidget(part)
        self._last_stop = stop_after(self._last_stop, part)

    def put_first(self, panel: QWidget | None) -> None:
        """Put a panel in the inspector's place, which becomes a list; None puts it back."""
        if (panel is not None) == (self._inspector_page is not None):
            return
        if panel is not None:
            self._replace_inspector(panel)
        else:
            self._put_inspector_back()

    def _replace_inspector(self, panel: QWidget) -> None:
        side = self.inspector_side
        self._sizes = side.sizes()
        side.insertWidget(0, panel)
        self._inspector_page = _scrolled(self._inspector)
        self.tabs.insertTab(0, self._inspector_page, "Tag")
        panel.show()
        side.setSizes([side.height() * 2 // 3, side.height() // 3])

    def _put_inspector_back(self) -> None:
        side, page = self.inspector_side, self._inspector_page
        self.tabs.removeTab(0)
        if page is not None:
            page.takeWidget()
            page.deleteLater()
        self._inspector_page = None
        if panel := side.widget(0):
            panel.hide()
            panel.setParent(None)
        side.insertWidget(0, self._inspector)
        self._inspector.show()
        if any(self._sizes):
            side.setSizes(self._sizes)

    # Showing and hiding

    def show_list(self, panel: QWidget) -> None:
        """Bring one of the lists beside the text to the front, for the keyboard."""
        self.inspector_side.show()
        for page in map(self.tabs.widget, range(self.tabs.count())):
            if page and (page is panel or page.isAncestorOf(panel)):
                self.tabs.setCurrentWidget(page)
        panel.setFocus()
        self.layout_changed.emit()

    def toggle_articles(self) -> None:
        """Show or hide the articles."""
        self._articles_wanted = not self.articles.isVisible()
        self.articles.setVisible(self._articles_wanted)
        self.articles.setMinimumWidth(LEAST_ARTICLES if self.width() < NARROW else 0)
        self.layout_changed.emit()

    def toggle_inspector(self) -> None:
        """Show or hide the inspector and the lists."""
        self.inspector_side.setVisible(not self.inspector_side.isVisible())
        self.layout_changed.emit()

    def commands(self) -> Iterable[Command]:
        """Showing and hiding the sides, and closing the window."""
        for name, label, key, run, side in (
            ("view.articles", "&Articles", "F7", self.toggle_articles, self.articles),
            ("view.inspector", SIDE_LABEL, "F8", self.toggle_inspector, self.inspector_side),
        ):
            yield Command(name, label, (key,), VIEW, run, checked=side.isVisible, group=1)
        yield Command("file.quit", "&Quit", ("Ctrl+Q",), FILE, self.close, group=3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        was_narrow = 0 <= event.oldSize().width() < NARROW
        is_narrow = event.size().width() < NARROW
        if was_narrow != is_narrow:
            self.articles.setMinimumWidth(0)
            self.articles.setVisible(self._articles_wanted and not is_narrow)
            self.layout_changed.emit()

    # Its shape

    def restore_shape(self) -> None:
        """Look as it did when it was closed."""
        self._articles_wanted = self._settings.flag("articles_shown")
        self.resize(1440, 900)
        self.restoreGeometry(self._settings.shape("window"))
        self.splitter.restoreState(self._settings.shape("splitter"))
        self.inspector_side.restoreState(self._settings.shape("inspector"))
        self.articles.setVisible(self._articles_wanted and self.width() >= NARROW)
        self.inspector_side.setVisible(self._settings.flag("inspector_shown"))
        self.tabs.setCurrentIndex(round(self._settings.number("list_shown")))

    def fit_to_screen(self) -> None:
        """Be no larger than the screen, frame included; a remembered shape is left to Qt."""
        if self._settings.shape("window").isEmpty():
            room = self.screen().availableSize() - QSize(2 * FRAME, TITLE_BAR + 2 * FRAME)
            self.resize(self.size().boundedTo(room))

    def keep_shape(self) -> None:
        """Remember how it looks."""
        self._settings.put_shape("window", self.saveGeometry())
        self._settings.put_shape("splitter", self.splitter.saveState())
        self._settings.put_shape("inspector", self.inspector_side.saveState())
        self._settings.put("articles_shown", self._articles_wanted)
        self._settings.put("inspector_shown", not self.inspector_side.isHidden())
        self._settings.put("list_shown", self.tabs.currentIndex())
        self._settings.flush()

    def closeEvent(self, event: QCloseEvent) -> None:
        # What is typed in a dialog beside the window is taken before all is saved.
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self.closing.emit(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.deactivated.emit()

    # Files dropped on it

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if _files(event.mimeData()):
            # Only to be read: whoever drags a file to move it must not take it away.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _files(event.mimeData())
        if paths:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.activateWindow()
            self.dropped.emit(paths)


def _files(data: QMimeData) -> list[Path]:
    """The files and folders that are dragged here; none where it is something else."""
    names = (url.toLocalFile() for url in data.urls())
    return [Path(name) for name in names if name]


def _tabs(lists: dict[str, QWidget]) -> QTabWidget:
    tabs = QTabWidget()
    tabs.setDocumentMode(True)
    tabs.tabBar().setDrawBase(False)
    tabs.setAccessibleName("Lists of the article")
    for title, panel in lists.items():
        tabs.addTab(panel, title)
    return tabs


def _scrolled(widget: QWidget) -> QScrollArea:
    """A widget that may be higher than its place."""
    page = QScrollArea()
    page.setFrameShape(QFrame.Shape.NoFrame)
    page.setWidgetResizable(True)
    page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    page.viewport().setAutoFillBackground(False)
    page.setWidget(widget)
    return page


def _column(*parts: tuple[QWidget, int]) -> tuple[QWidget, QVBoxLayout]:
    """Widgets one below the other, each with its share of the height, and how they are laid out."""
    widget = QWidget()
    return widget, in_column(*parts, inside=widget, around=TIGHT, gap=0)
