"""The main window: puts page, panels and commands together, and passes news between them."""

from __future__ import annotations

import logging
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMainWindow,
    QSplitter,
    QTabWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import AnnotatorError, EditRefused, NotOpened
from annotator.core.sources import Registry, Source
from annotator.core.tagging import Tagging
from annotator.storage.folder import Folder
from annotator.ui import menus, showing, style, theme
from annotator.ui.articles import opening
from annotator.ui.articles.article_list import Articles
from annotator.ui.articles.article_watch import ArticleWatch
from annotator.ui.articles.colleagues import Beside
from annotator.ui.articles.lock_watch import LockWatch
from annotator.ui.articles.saving import Saving
from annotator.ui.command import Command
from annotator.ui.desk import Desk
from annotator.ui.find.finder import Finding
from annotator.ui.inspector.inspector import Inspector
from annotator.ui.keys.keys import Keys
from annotator.ui.keys.menu_keys import MenuKeys
from annotator.ui.lists.all_tags import AllTags
from annotator.ui.lists.who_says_what import WhoSaysWhat
from annotator.ui.page.page import Page
from annotator.ui.pages import offer_to_add, take
from annotator.ui.problems.panel import Problems
from annotator.ui.problems.problem_search import ProblemWatch
from annotator.ui.review.reviewer import Reviewing
from annotator.ui.settings import Settings
from annotator.ui.tagging.announcements import Announcing
from annotator.ui.tagging.link import Linking
from annotator.ui.talk import MessageBar, Talk
from annotator.ui.widgets import status_bar
from annotator.ui.widgets.chip_labels import SourceLabels
from annotator.ui.widgets.tab_order import stop_after

if TYPE_CHECKING:
    from annotator.ui.keys.palette import Palette
    from annotator.ui.tagging.source_prompt import Picking

NARROW = 760
"""Pixels of a window in which the articles give way to the text, until they are asked for."""

LEAST_ARTICLES = 170
"""Pixels that they then get: in fewer, names cannot be told apart."""

log = logging.getLogger(__name__)

LEAST = 380
"""Pixels that the text keeps beside the panels: some thirty characters in a line."""


class Dressed(Protocol):
    """A part that has colours of its own."""

    def set_theme(self, theme: theme.Theme) -> object:
        """Take the colours of another theme."""


class Window(QMainWindow):
    """The program's window. It holds the parts; what they do stands in their own modules."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.folder: Folder | None = None
        self.annotator: str | None = None  # whose tagging it is in this run, if that was said
        self._wear_colours()  # before there are parts, which would all have to change their style
        self.desk: Desk = Desk(self)
        self.page: Page = Page(SourceLabels(lambda: self.registry))
        self.articles_side: Articles = Articles()
        self.inspector = Inspector()
        self.who_says_what: WhoSaysWhat = WhoSaysWhat()
        self.all_tags: AllTags = AllTags()
        self.problems: Problems = Problems()
        self.problem_watch = ProblemWatch(self)
        self.message_bar = MessageBar()
        self.status_line = status_bar.StatusBar()
        self.talk = Talk(self, self.message_bar, self.status_line.hint)
        self.saving: Saving = Saving(self.desk, self.talk, settings, self)
        self.desk.settle = self.saving.finish
        self.lock_watch: LockWatch = LockWatch(self.desk, self)
        self.linking: Linking = Linking(self)
        self.finding: Finding = Finding(self)
        self.announcing: Announcing = Announcing(self)
        self.reviewing: Reviewing = Reviewing(self)
        self.beside: Beside = Beside(self)
        self.article_watch = ArticleWatch(self)
        self._dressed: list[Dressed] = [
            self.page,
            self.inspector,
            self.who_says_what,
            self.all_tags,
            self.problems,
            self.articles_side,
        ]
        self._lay_out()
        self.shown_sources: tuple[Source, ...] | None = None
        self.source_actions: dict[str, QAction] = {}
        self.menu_keys = MenuKeys(self)
        self.actions_by_name = menus.make_actions(self)
        menus.fill_menu_bar(self, self.actions_by_name)
        showing.connect(self)
        self._dress_parts()
        self._restore_shape()

    # Laying out

    def _lay_out(self) -> None:
        self.setWindowTitle("Source-attribution annotator")
        self.setAcceptDrops(True)
        self.strip = QToolBar("Tags and sources")
        self.strip.setObjectName("strip")
        self.strip.setMovable(False)
        self.addToolBar(self.strip)
        middle, self._middle = _column((self.message_bar, 0), (self.page, 1))
        self._last_stop: QWidget = self.page
        middle.setMinimumWidth(LEAST)
        self.inspector_side: QSplitter = self._inspector_side()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        for side, stretch in ((self.articles_side, 0), (middle, 1), (self.inspector_side, 0)):
            self.splitter.addWidget(side)
            self.splitter.setStretchFactor(self.splitter.count() - 1, stretch)
        self.splitter.setSizes([200, 860, 320])
        self.setCentralWidget(_column((self.splitter, 1), (self.status_line, 0))[0])

    def _inspector_side(self) -> QSplitter:
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName("Lists of the article")
        self.tabs.addTab(self.who_says_what, "Who says what")
        self.tabs.addTab(self.all_tags, "All tags")
        self.tabs.addTab(self.problems, "Problems")
        side = QSplitter(Qt.Orientation.Vertical)
        side.setObjectName("inspectorSide")
        side.setHandleWidth(1)
        side.setChildrenCollapsible(False)
        side.addWidget(self.inspector)
        side.addWidget(self.tabs)
        side.setStretchFactor(1, 1)
        return side

    def put_below(self, part: QWidget) -> None:
        """Put something below the text; the Tab key comes to it from what is above it."""
        self._middle.addWidget(part)
        self._last_stop = stop_after(self._last_stop, part)

    def _restore_shape(self) -> None:
        self._articles_wanted = self.settings.flag("articles_shown")
        self.resize(1440, 900)
        self.restoreGeometry(self.settings.shape("window"))
        self.splitter.restoreState(self.settings.shape("splitter"))
        self.inspector_side.restoreState(self.settings.shape("inspector"))
        self.articles_side.setVisible(self._articles_wanted and self.width() >= NARROW)
        self.inspector_side.setVisible(self.settings.flag("inspector_shown"))
        self.tabs.setCurrentIndex(round(self.settings.number("list_shown")))
        self.page.set_zoom(self.settings.number("zoom"))

    # Popups, loaded and made when first wanted

    @cached_property
    def picker(self) -> Picking:
        """Asks for a source at the text."""
        from annotator.ui.tagging.source_prompt import Picking

        picker = Picking(self)
        self.dress(picker.panel)
        return picker

    @cached_property
    def command_palette(self) -> Palette:
        """Finds a command by a few of its letters."""
        from annotator.ui.keys.palette import Palette

        palette = Palette(self)
        self.dress(palette)
        return palette

    # What gestures and commands need

    @property
    def tagging(self) -> Tagging:
        """The tagging on the desk; refuses when nothing is open."""
        if self.desk.session is None:
            raise EditRefused("No article is open; open one first (Ctrl+O).")
        return self.desk.session.tagging

    @property
    def article(self) -> Path | None:
        """The file of the article that is open, where one is."""
        session = self.desk.session
        if self.folder is None or session is None:
            return None
        return self.folder.path / Path(session.header.article.file).name

    @property
    def registry(self) -> Registry:
        """The sources known to the open article's folder."""
        return self.desk.session.registry if self.desk.session else Registry()

    def attempt(self, act: object) -> None:
        """Do something on the user's behalf; an expected error is told, not raised."""
        menus.attempt(self, act)

    def show_error(self, error: AnnotatorError) -> None:
        """A refusal is a passing remark; anything else stays above the text, with what helps."""
        if isinstance(error, EditRefused):
            self.talk.hint(str(error))
        elif isinstance(error, NotOpened):
            others = opening.offer_others(self, error)
            if not offer_to_add(self, error, *others):
                self.talk.warn(str(error), *others)
        else:
            self.talk.warn(str(error))

    def edit_selected(self) -> None:
        """Go to the selected annotation's fields."""
        if self.desk.annotation is None:
            raise EditRefused("Select a tag first (Tab goes to the next one).")
        self.show_list(self.inspector)
        self.inspector.focus_note()

    def show_list(self, panel: QWidget) -> None:
        """Bring one of the lists beside the text to the front, for the keyboard."""
        self.inspector_side.show()
        for page in map(self.tabs.widget, range(self.tabs.count())):
            if page and (page is panel or page.isAncestorOf(panel)):
                self.tabs.setCurrentWidget(page)
        panel.setFocus()
        self.refresh_actions()

    def zoom_by(self, steps: float) -> None:
        """Make the text larger or smaller by points; 0 for the normal size."""
        points = 12.0 if steps == 0 else min(40.0, max(7.0, self.settings.number("zoom") + steps))
        self.settings.put("zoom", points)
        self.page.set_zoom(points)

    def toggle_side(self, name: str) -> None:
        """Show or hide the panel at the left or the right."""
        side = self.articles_side if name == "articles" else self.inspector_side
        side.setVisible(not side.isVisible())
        if side is self.articles_side:
            self._articles_wanted = side.isVisible()
            side.setMinimumWidth(LEAST_ARTICLES if self.width() < NARROW else 0)
        self.refresh_actions()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        was_narrow = 0 <= event.oldSize().width() < NARROW
        is_narrow = event.size().width() < NARROW
        if was_narrow != is_narrow:
            self.articles_side.setMinimumWidth(0)
            self.articles_side.setVisible(self._articles_wanted and not is_narrow)
            self.refresh_actions()

    def dress(self, part: Dressed) -> None:
        """Give a part the colours of the theme, now and whenever they change."""
        self._dressed.append(part)
        part.set_theme(self.theme)

    def wear_theme(self) -> None:
        """Follow the system's light or dark, or the user's own choice."""
        self._wear_colours()
        self._dress_parts()
        menus.fill_strip(self, self.strip, self.actions_by_name)

    def _wear_colours(self) -> None:
        wish = self.settings.text("colours")
        dark = theme.system_is_dark() if wish == "system" else wish == "dark"
        self.theme = theme.DARK if dark else theme.LIGHT
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.setPalette(theme.palette(self.theme))
        self.setStyleSheet(style.sheet(self.theme))

    def _dress_parts(self) -> None:
        for part in self._dressed:
            part.set_theme(self.theme)

    def refresh_actions(self) -> None:
        """Bring menus and keys up to what can be done now."""
        menus.refresh_actions(self, self.actions_by_name)

    def keys(self) -> dict[Command, Keys]:
        """Every command with the keys that it has now."""
        return menus.all_keys(self)

    def wear_settings(self) -> None:
        """Take over what was changed in the settings dialog."""
        menus.rebind(self, self.actions_by_name)
        self.refresh_sources()
        self.wear_theme()
        self.page.set_zoom(self.settings.number("zoom"))

    def refresh_sources(self) -> None:
        """Give the sources' keys and buttons another registry's entries."""
        for action in self.source_actions.values():
            self.page.removeAction(action)
            action.deleteLater()
        self.source_actions = menus.make_source_actions(self)
        self.shown_sources = self.registry.sources
        menus.fill_strip(self, self.strip, self.actions_by_name)

    # Files dropped on the window

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if opening.dropped(event.mimeData()):
            # Only to be read: whoever drags a file to move it must not take it away.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = opening.dropped(event.mimeData())
        if paths:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.activateWindow()
            # Afterwards, since the other program waits, and we may ask for a name.
            take_them = partial(take, self, paths)
            QTimer.singleShot(0, self, partial(self.attempt, take_them))

    # Coming and leaving

    def showEvent(self, event: QShowEvent) -> None:
        if self.shown_sources is None:  # no article was opened, whose sources would be shown
            self.refresh_sources()
        super().showEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        # What is typed in a page beside the window is taken before all is saved.
        for page in self.findChildren(QDialog):
            page.close()
        if not opening.leave(self):
            event.ignore()
            return
        self.finding.finish()
        self.reviewing.put_away()
        self.settings.put_shape("window", self.saveGeometry())
        self.settings.put_shape("splitter", self.splitter.saveState())
        self.settings.put_shape("inspector", self.inspector_side.saveState())
        self.settings.put("articles_shown", self._articles_wanted)
        self.settings.put("inspector_shown", not self.inspector_side.isHidden())
        self.settings.put("list_shown", self.tabs.currentIndex())
        self.settings.flush()
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.saving.save_soon()


def _column(*parts: tuple[QWidget, int]) -> tuple[QWidget, QVBoxLayout]:
    """Widgets one below the other, each with its share of the height, and how they are laid out."""
    column = QWidget()
    box = QVBoxLayout(column)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(0)
    for part, stretch in parts:
        box.addWidget(part, stretch)
    return column, box
