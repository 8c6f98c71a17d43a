"""The root: builds views and features, connects them, and hands the views to the window.

Nothing else knows everything: a feature gets exactly what it needs. Their order here is that of
their commands in a menu, within the groups.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QMenu

from annotator.core.model import Annotation
from annotator.ui.actions import Actions, context_menu, fill_menu_bar
from annotator.ui.agreement.agreement import FolderAgreement
from annotator.ui.articles.add import Adding
from annotator.ui.articles.article_list import ArticleList
from annotator.ui.articles.article_watch import ArticleWatch
from annotator.ui.articles.colleagues import ColleagueLayers
from annotator.ui.articles.folder_articles import FolderArticles
from annotator.ui.articles.lock_watch import LockWatch
from annotator.ui.articles.opening import Opening
from annotator.ui.articles.recent import RecentFolders
from annotator.ui.articles.saving import Saving
from annotator.ui.command import Command
from annotator.ui.desk import Desk
from annotator.ui.exchange.exchange import FileExchange, PictureExport
from annotator.ui.exchange.feedback import FeedbackReports
from annotator.ui.find.finder import Finder
from annotator.ui.find.tag_hits import HitTagger
from annotator.ui.inspector.fields import Fields
from annotator.ui.inspector.inspector import Inspector
from annotator.ui.keys.command_palette import CommandPalette
from annotator.ui.keys.menu_keys import MenuKeys
from annotator.ui.keys.palette_entries import PaletteEntries
from annotator.ui.keys.preferences import Preferences
from annotator.ui.lists.all_tags import AllTags
from annotator.ui.lists.status import StatusLine
from annotator.ui.lists.tag_lists import TagLists
from annotator.ui.lists.who_says_what import WhoSaysWhat
from annotator.ui.page.page import Page
from annotator.ui.page.presenter import PagePresenter
from annotator.ui.page.zoom import Zoom
from annotator.ui.problems.panel import Problems
from annotator.ui.problems.problem_search import OpenProblems
from annotator.ui.provenance.provenance import ProvenancePicture
from annotator.ui.review.keys import ReviewKeys
from annotator.ui.review.reviewer import Reviewer
from annotator.ui.settings import Settings
from annotator.ui.sources.colours import shade
from annotator.ui.sources.sources import SourceRegistry
from annotator.ui.tagging.announcements import Announcements
from annotator.ui.tagging.link import LinkMode
from annotator.ui.tagging.navigation import Navigation
from annotator.ui.tagging.parts import PartProposals
from annotator.ui.tagging.shape import TagShape
from annotator.ui.tagging.source_keys import SourceKeys
from annotator.ui.tagging.source_prompt import SourcePrompt
from annotator.ui.tagging.tags import Tags
from annotator.ui.talk import Talk
from annotator.ui.theme import Appearance
from annotator.ui.widgets.chip_labels import SourceLabels
from annotator.ui.widgets.message_bar import MessageBar
from annotator.ui.widgets.status_bar import StatusBar
from annotator.ui.widgets.strip import Strip
from annotator.ui.window import Window

if TYPE_CHECKING:
    from annotator.ui.review.panel import ReviewPanel

RULES_MS = 500
"""So long after an article has been opened the rules of its language are read."""

MOST_SOURCES = 6
"""Source buttons in the strip; the others have their keys and the picker."""


class App:
    """All parts of one window, by their names."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.window = Window(settings)
        self.appearance = Appearance(settings, self.window)
        # Before there are parts, which would all have to change their style.
        self.appearance.add(self.window)
        self._make_views()
        self._make_articles()
        self._make_tagging()
        self._make_reading()
        self._make_exchange()
        self._make_actions()
        self._connect()
        self.window.restore_shape()
        self.zoom.apply()

    def _make_views(self) -> None:
        self.desk = Desk(self.window)
        self.page = Page(SourceLabels(lambda: self.desk.registry))
        self.article_list = ArticleList()
        self.inspector = Inspector()
        self.who_says_what = WhoSaysWhat()
        self.all_tags = AllTags()
        self.problems_panel = Problems()
        self.message_bar = MessageBar()
        self.status_bar = StatusBar()
        self.strip = Strip()
        lists = {
            "Who says what": self.who_says_what,
            "All tags": self.all_tags,
            "Problems": self.problems_panel,
        }
        self.window.lay_out(
            self.strip,
            self.article_list,
            (self.message_bar, self.page),
            (self.inspector, lists),
            self.status_bar,
        )
        self.talk = Talk(self.window, self.message_bar, self.status_bar.hint)

    def _make_articles(self) -> None:
        desk, talk, settings = self.desk, self.talk, self.settings
        self.presenter = PagePresenter(desk, self.page)
        self.saving = Saving(desk, talk, settings)
        self.opening = Opening(desk, talk, settings, self.saving, self.article_list)
        self.adding = Adding(desk, talk, self.appearance, self.opening)
        self.folder_articles = FolderArticles(
            desk, talk, self.saving, self.opening, self.article_list
        )
        self.colleagues = ColleagueLayers(
            desk, self.page, talk, self.saving, self.article_list.annotators
        )
        self.lock_watch = LockWatch(desk, talk, self.opening)
        self.article_watch = ArticleWatch(desk, talk, self.saving)

    def _make_tagging(self) -> None:
        desk, page, talk, settings = self.desk, self.page, self.talk, self.settings
        self.parts = PartProposals(desk, settings)
        self.prompt = SourcePrompt(desk, page, talk, self.parts, self.appearance)
        self.tags = Tags(desk, page, talk, settings, self.parts, self.prompt)
        self.shape = TagShape(desk, page, talk, self.parts)
        self.link = LinkMode(desk, page, talk)
        self.finder = Finder(
            desk, page, self.window, talk, HitTagger(desk, page, talk, settings, self.parts)
        )
        self.navigation = Navigation(
            desk, page, talk, self.link, (self.link, self.finder), self._edit_fields
        )
        self.fields = Fields(desk, page, talk, self.inspector, self.tags.pick_source)

    def _make_reading(self) -> None:
        desk, page, talk = self.desk, self.page, self.talk
        self.tag_lists = TagLists(desk, page, self.window, self.who_says_what, self.all_tags)
        self.status = StatusLine(desk, page, self.saving, self.status_bar)
        self.announcements = Announcements(desk, page)
        self.reviewer = Reviewer(
            desk, page, talk, self.window, self.article_list.annotators, self.link, self.saving.save
        )
        self.problems = OpenProblems(
            desk, page, self.window, talk, self.problems_panel, self.reviewer.settled
        )
        self.zoom = Zoom(self.settings, page)

    def _make_exchange(self) -> None:
        desk, page, talk, appearance = self.desk, self.page, self.talk, self.appearance
        opening, save = self.opening, self.saving.finish
        self.picture = PictureExport(desk, talk, appearance)
        self.exchange = FileExchange(
            desk, talk, self.settings, save, opening.look_again, opening.open
        )
        self.feedback = FeedbackReports(desk, talk, save)
        self.agreement = FolderAgreement(desk, page, talk, appearance, save, opening.open_article)
        self.provenance = ProvenancePicture(desk, page, talk, appearance)
        self.sources = SourceRegistry(
            desk, talk, appearance, self.saving, lambda: self.actions.keys()
        )

    def _make_actions(self) -> None:
        desk, talk = self.desk, self.talk
        self.menu_keys = MenuKeys(self.window.menuBar())
        self.preferences = Preferences(
            desk, talk, self.settings, self.appearance, lambda: self.actions.keys()
        )
        entries = PaletteEntries(
            desk,
            talk,
            lambda: self.actions.keys(),
            self.tags.tag_with_source,
            self.opening.open_article,
        )
        self.palette = CommandPalette(entries, talk, self.page, self.appearance)
        self.actions: Actions = Actions(self._commands(), self.settings, talk, self.page)
        self.source_keys = SourceKeys(desk, self.page, talk, self.tags, self.actions.keys)
        self.review_keys = ReviewKeys(desk, self.page, self.actions, self.link, self.finder)
        self._fill_menus()

    def _commands(self) -> Iterable[Command]:
        features = (
            self.opening,
            self.adding,
            self.saving,
            self.picture,
            self.exchange,
            self.shape,
            self.tags,
            self.navigation,
            self.link,
            self.finder,
            self.folder_articles,
            self.tag_lists,
            self.problems,
            self.presenter,
            self.provenance,
            self.sources,
            self.palette,
            self.menu_keys,
            self.reviewer,
            self.agreement,
            self.feedback,
            self.zoom,
            self.window,
            self.appearance,
            self.preferences,
        )
        return (command for feature in features for command in feature.commands())

    def _fill_menus(self) -> None:
        bar = self.window.menuBar()
        fill_menu_bar(bar, self.actions)
        file_menu = bar.findChildren(QMenu)[0]
        before = self.actions["file.add"]
        RecentFolders(self.desk, self.settings, self.opening, file_menu, before)
        self.menu_keys.watch(*bar.findChildren(QMenu))

    # Connecting

    def _connect(self) -> None:
        page, window = self.page, self.window
        self.appearance.add(
            page,
            self.inspector,
            self.who_says_what,
            self.all_tags,
            self.problems_panel,
            self.article_list,
        )
        page.installEventFilter(self.link)
        page.clicked.connect(self.navigation.pick)
        page.menu_wanted.connect(self._open_context_menu)
        page.handle_dragged.connect(
            lambda edge, to: self.talk.attempt(lambda: self.shape.move_edge(edge, to))
        )
        page.words_added.connect(lambda: self.talk.attempt(self.shape.add_fragment))
        self.inspector.go_to.connect(self.navigation.go_to)
        self.message_bar.closed.connect(page.setFocus)
        self.opening.reported.connect(self.reviewer.tell_gone)
        self.opening.looked_again.connect(self.colleagues.show_list)
        self.finder.article_chosen.connect(self.opening.open_article)
        self.problems.counted.connect(self._name_problems_tab)
        self.problems.warned.connect(self.status.show_problems)
        self.reviewer.panel_made.connect(self._take_review_panel)
        self.preferences.changed.connect(self.apply_settings)
        self.preferences.renamed.connect(self.opening.take_name)
        self.status.title_changed.connect(self._show_title)
        window.dropped.connect(self._take_dropped)
        window.closing.connect(self._close)
        window.deactivated.connect(self.saving.save_soon)
        self._connect_actions()

    def _connect_actions(self) -> None:
        desk = self.desk
        desk.opened.connect(self.source_keys.follow)
        desk.changed.connect(lambda _: self.source_keys.follow())
        desk.opened.connect(self.actions.refresh)
        desk.undo_changed.connect(self.actions.refresh)
        self.window.layout_changed.connect(self.actions.refresh)
        self.actions.refreshed.connect(lambda: self.strip.set_idle(not desk.editable))
        self.source_keys.changed.connect(self._fill_strip)
        self.appearance.changed.connect(self._fill_strip)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.appearance.apply)
        # Last, when everything shows the new article.
        desk.opened.connect(self.page.setFocus)
        desk.opened.connect(self._read_rules_soon)
        self.source_keys.refresh()

    def _read_rules_soon(self) -> None:
        """So that the first attribution need not wait for the rules, nor the first paint."""
        QTimer.singleShot(RULES_MS, self.window, lambda: self.parts.rules())

    def _edit_fields(self) -> None:
        self.window.show_list(self.inspector)
        self.inspector.focus_note()

    def _open_context_menu(self, place: QPoint, under: list[Annotation]) -> None:
        """What can be done with the words or the tag under the mouse."""
        if under and self.desk.selected not in [one.id for one in under]:
            self.navigation.pick(under)
        menu = context_menu(self.window, self.actions, self.source_keys.actions.values())
        self.menu_keys.watch(menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _fill_strip(self) -> None:
        theme, by_id = self.appearance.theme, self.desk.registry.by_id
        shown = list(self.source_keys.actions.items())[:MOST_SOURCES]
        colours = ((action, by_id[source_id].colour) for source_id, action in shown)
        buttons = [(action, shade(one, theme) if one else None) for action, one in colours]
        self.strip.fill(self.actions, buttons, theme)
        self.strip.set_idle(not self.desk.editable)

    def _name_problems_tab(self, number: int) -> None:
        tabs, panel = self.window.tabs, self.problems_panel
        tabs.setTabText(tabs.indexOf(panel), f"Problems {number:,}" if number else "Problems")

    def _take_review_panel(self, panel: ReviewPanel) -> None:
        self.appearance.add(panel)
        self.review_keys.attach(panel)

    def apply_settings(self) -> None:
        """Take over what was changed in the settings."""
        self.actions.rebind()
        self.source_keys.refresh()
        self.appearance.apply()
        self.zoom.apply()

    def _show_title(self, title: str, unsaved: bool) -> None:
        self.window.setWindowModified(unsaved)
        self.window.setWindowTitle(title)

    def _take_dropped(self, paths: list[Path]) -> None:
        # Afterwards, since the other program waits, and we may ask for a name.
        act = partial(self.adding.take, paths)
        QTimer.singleShot(0, self.window, partial(self.talk.attempt, act))

    def _close(self, event: QCloseEvent) -> None:
        """Save and close; the user may rather stay."""
        if not self.saving.leave():
            event.ignore()
            return
        self.finder.finish()
        self.window.put_first(None)  # to be remembered as it looks without a review
        self.window.keep_shape()
        event.accept()
