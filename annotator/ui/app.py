"""The root: builds views and features, connects them, and hands the views to the window.

Nothing else knows everything. A feature gets exactly what it needs; its order here is the
order of its commands in the menus, as far as their groups do not say otherwise.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QMenu

from annotator.core.model import Annotation
from annotator.ui.actions import Actions
from annotator.ui.appearance import Appearance
from annotator.ui.articles.add import Adding
from annotator.ui.articles.article_list import ArticleList
from annotator.ui.desk import Desk
from annotator.ui.inspector.fields import Fields
from annotator.ui.inspector.inspector import Inspector
from annotator.ui.lists.all_tags import AllTags
from annotator.ui.lists.status import Status
from annotator.ui.lists.tag_lists import TagLists
from annotator.ui.lists.who_says_what import WhoSaysWhat
from annotator.ui.menus import context_menu, fill_menu_bar
from annotator.ui.page.page import Page
from annotator.ui.page.presenter import PagePresenter
from annotator.ui.page.zoom import Zoom
from annotator.ui.settings import Settings
from annotator.ui.tagging.announcements import Announcements
from annotator.ui.tagging.link import LinkMode
from annotator.ui.tagging.navigation import Navigation
from annotator.ui.tagging.parts import PartProposals
from annotator.ui.tagging.shape import Shape
from annotator.ui.tagging.source_keys import SourceKeys
from annotator.ui.tagging.source_prompt import SourcePrompt
from annotator.ui.tagging.tags import Tags
from annotator.ui.talk import Talk
from annotator.ui.widgets.message_bar import MessageBar
from annotator.ui.widgets.status_bar import StatusBar
from annotator.ui.widgets.strip import Strip
from annotator.ui.window import Window

RULES_MS = 500
"""So long after an article has been opened the rules of its language are read."""
