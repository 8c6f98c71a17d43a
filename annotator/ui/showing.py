"""Showing: what changes on the desk reaches page, panels and status bar from here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from annotator.core.chains.who_says import DECISIONS, chip_words
from annotator.core.change import Change
from annotator.core.model import Status, addressed
from annotator.ui import menus
from annotator.ui.articles import opening
from annotator.ui.problems import problem_search
from annotator.ui.tagging import shape, tags
from annotator.ui.widgets import status_bar
from annotator.ui.widgets.chip_labels import chip_color
from annotator.ui.widgets.parts import MARKS

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.core.checks.problem import Problem
    from annotator.storage.session import Session
    from annotator.ui.page.layers import Mark
    from annotator.ui.review.panel import ReviewPanel
    from annotator.ui.window import Window

RULES_MS = 500
"""So long after an article has been opened the rules of its language are read."""


def connect(window: Window) -> None:
    """Connect the desk with whatever shows it, and the panels with the gestures."""
    desk, page = window.desk, window.page
    desk.opened.connect(partial(show_opened, window))
    desk.changed.connect(partial(show_change, window))
    desk.opened.connect(window.reviewing.follow_opened)
    desk.opened.connect(window.beside.follow_opened)
    desk.opened.connect(window.article_watch.follow_opened)
    desk.changed.connect(window.reviewing.follow)
    desk.changed.connect(lambda _: window.beside.follow())
    desk.selected_changed.connect(window.reviewing.follow_selected)
    page.marks_clicked.connect(window.reviewing.click)
    desk.opened.connect(window.finding.follow_opened)
    desk.changed.connect(window.finding.follow)
    desk.selected_changed.connect(partial(show_selected, window))
    desk.gaze_restored.connect(lambda words: page.select(*words))
    desk.stack.indexChanged.connect(window.refresh_actions)
    page.chip_words = lambda one: chip_words(window.tagging, window.registry, one)
    page.mark_words = partial(mark_words, window)
    page.chip_color = lambda one: chip_color(window.registry, window.theme, one)
    page.clicked.connect(partial(tags.pick, window))
    page.words_chosen.connect(window.desk.select)
    page.hovered.connect(lambda _: show_lit(window))
    page.menu_wanted.connect(partial(open_context_menu, window))
    page.zoom_wanted.connect(window.zoom_by)
    page.handle_dragged.connect(partial(_move_edge, window))
    page.words_added.connect(lambda: window.attempt(lambda: shape.add_fragment(window)))
    page.cursorPositionChanged.connect(partial(show_caret, window))
    # Letting go of a selection moves only its anchor, which Qt does not call a new position.
    page.selectionChanged.connect(partial(show_caret, window))
    window.message_bar.closed.connect(page.setFocus)
    window.saving.state_changed.connect(partial(show_saved, window))
    window.lock_watch.freed.connect(partial(opening.offer_editing, window))
    window.all_tags.picked.connect(partial(tags.go_to, window))
    window.who_says_what.picked.connect(partial(tags.go_to, window))
    for panel in (window.all_tags, window.who_says_what):
        panel.left.connect(page.setFocus)
    _connect_problems(window)
    window.articles_side.chosen.connect(partial(_open_article, window))
    _connect_inspector(window)
    QGuiApplication.styleHints().colorSchemeChanged.connect(window.wear_theme)


def _open_article(window: Window, path: Path) -> None:
    window.attempt(lambda: opening.open_article(window, path))


def _move_edge(window: Window, edge: shape.Edge, to: int) -> None:
    window.attempt(lambda: shape.move_edge(window, edge, to))


def _connect_inspector(window: Window) -> None:
    inspector = window.inspector
    edits = {
        inspector.note_edited: tags.edit_note,
        inspector.certainty_chosen: tags.choose_certainty,
        inspector.stance_chosen: tags.choose_stance,
        inspector.unattributed_chosen: tags.choose_unattributed,
        inspector.unlink_wanted: tags.unlink,
    }
    for signal, edit in edits.items():
        signal.connect(lambda i, value, do=edit: window.attempt(lambda: do(window, i, value)))
    inspector.source_wanted.connect(lambda _: window.attempt(lambda: tags.pick_source(window)))
    inspector.go_to.connect(partial(tags.go_to, window))
    inspector.left.connect(window.page.setFocus)


def connect_review(window: Window, panel: ReviewPanel) -> None:
    """Connect the panel of the first review, and give it its keys."""
    from annotator.ui.review import decisions
    from annotator.ui.review.commands import ReviewKeys

    ReviewKeys(window, panel)
    doings = {panel.wanted: decisions.take, panel.written: decisions.write}
    for signal, do in doings.items():
        signal.connect(lambda *given, do=do: window.attempt(lambda: do(window, *given)))
    panel.picked.connect(window.reviewing.look_at)
    panel.left.connect(window.page.setFocus)


def _connect_problems(window: Window) -> None:
    watch, panel = window.problem_watch, window.problems
    watch.found.connect(partial(show_problems, window))
    panel.show_what(partial(_name_of_fix, window), partial(_mark_of, window))
    doings = {
        panel.mended: problem_search.mend,
        panel.picked: problem_search.go_to,
        panel.answered: problem_search.answer,
        panel.taken_back: problem_search.take_back,
    }
    for signal, do in doings.items():
        signal.connect(lambda *given, do=do: window.attempt(lambda: do(window, *given)))
    panel.left.connect(window.page.setFocus)


def _name_of_fix(window: Window, problem: Problem) -> str:
    change = problem_search.fix_of(window, problem)
    return change.label.lower() if change else ""


def _mark_of(window: Window, problem: Problem) -> str:
    found = window.tagging.get(problem.ids[0]) if problem.ids else None
    return MARKS[found.kind] if found else ""


def show_problems(window: Window) -> None:
    """The search for problems has come to its end.

    Before the first tag every quotation mark would be one: they are in the list, and counted on
    its tab, but neither the page nor the status bar warns of work that nobody has begun.
    """
    found = window.problem_watch.open
    begun = bool(len(window.tagging)) or tags.is_done(window)
    window.problems.show_problems(found, window.problem_watch.answered)
    number = f" {len(found):,}" if found else ""
    window.tabs.setTabText(window.tabs.indexOf(window.problems), f"Problems{number}")
    window.status_line.problems.setText(status_bar.problems_sentence(len(found)))
    window.status_line.problems.setVisible(bool(found) and begun)
    tagged = frozenset(problem.ids[0] for problem in found if problem.ids)
    words = [(p.start, p.end) for p in found if begun and not p.ids]
    window.page.show_problems(tagged, window.reviewing.settled(words))


def show_opened(window: Window) -> None:
    """Another article lies on the desk."""
    session = window.desk.session
    if session is None:
        return
    window.page.show_article(session.article, session.tagging)
    window.all_tags.show_tagging(session.tagging, session.registry)
    window.who_says_what.show_tagging(session.tagging, session.registry)
    window.problem_watch.begin(session)
    if session.registry.sources != window.shown_sources:
        window.refresh_sources()
    show_counts(window)
    show_selected(window)
    show_saved(window)
    show_caret(window)
    window.refresh_actions()
    window.page.setFocus()
    # So that the first attribution need not wait for the rules to be read, nor the first paint.
    QTimer.singleShot(RULES_MS, window, lambda: shape.language_rules(window))


def show_change(window: Window, change: Change) -> None:
    """Something was done or undone."""
    window.page.show_change(change)
    window.all_tags.show_change(change, window.registry)
    window.who_says_what.show_change(change, window.registry)
    if window.desk.session:
        window.problem_watch.search(window.desk.session)
    if change.sources:
        window.refresh_sources()
    if not window.desk.lit(window.desk.selected).isdisjoint(change.touched):
        show_selected(window)
    show_counts(window)
    show_saved(window)


def show_selected(window: Window) -> None:
    """Another annotation is selected, or none, or it has changed."""
    session, annotation = window.desk.session, window.desk.annotation
    if session is None:
        return
    tagging, registry = session.tagging, session.registry
    window.inspector.show_annotation(annotation, tagging, registry, session.read_only)
    for panel in (window.who_says_what, window.all_tags, window.problems):
        panel.show_selected(window.desk.selected)
    going = status_bar.destination_sentence(tagging, registry, annotation)
    window.status_line.destination.setText(going)
    show_lit(window)


def show_lit(window: Window) -> None:
    """Light up what is linked with the selected annotation and the one under mouse or caret."""
    under = window.page.under_mouse or window.page.under_caret
    lit = window.desk.lit(window.desk.selected) | window.desk.lit(under)
    window.page.show_selected(window.desk.selected, lit)


def mark_words(window: Window, mark: Mark) -> str:
    """Who has tagged words of others so, and as what: "anna and boris: attribution, KCNA"."""
    names = " and ".join(addressed(of)[0] for of in mark.addresses)
    annotation = mark.annotation
    decided = DECISIONS[annotation.unattributed] if annotation.unattributed else ""
    source = window.registry.label(annotation.source) if annotation.source else decided
    return f"{names}: {', '.join(filter(None, (annotation.kind, source)))}"


def show_counts(window: Window) -> None:
    """How many tags there are."""
    window.status_line.counts.setText(status_bar.counts_sentence(window.tagging))


def show_caret(window: Window) -> None:
    """Where the caret stands, or what is selected."""
    start, end = window.page.selection
    paragraph = window.page.paragraph_at(end)
    place = f"{start}–{end}" if start < end else f"{end}"
    window.status_line.caret.setText(f"¶ {paragraph} · {place}")
    show_lit(window)


def show_saved(window: Window) -> None:
    """Whether everything is in the file."""
    session, article = window.desk.session, window.article
    if session is None or article is None:
        return
    window.status_line.saved.setText(window.saving.sentence())
    window.status_line.file.setText(session.path.name if session.annotator else "")
    window.setWindowModified(session.unsaved)
    review = "Review of " if window.reviewing.on else ""
    window.setWindowTitle(f"{review}{article.name}[*] – Source-attribution annotator")
    show_state(window, session, article)


def show_state(window: Window, session: Session, article: Path) -> None:
    """How far the open article is, saved or not."""
    if session.unsaved and not window.reviewing.on:
        done = session.header.status is Status.DONE
        window.articles_side.follow(article, done, len(session.tagging))
    else:
        window.articles_side.refresh(article)


def open_context_menu(window: Window, place: QPoint, under: object) -> None:
    """What can be done with the words or the tag under the mouse."""
    assert isinstance(under, list)
    if under and window.desk.selected not in [a.id for a in under]:
        tags.pick(window, under)
    menu = menus.context_menu(window, window.actions_by_name)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(place)
