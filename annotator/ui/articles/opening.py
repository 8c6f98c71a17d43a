"""Opening and leaving: folders, articles, the sample, what was pasted."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

from annotator.core.errors import (
    AnnotatorError,
    ArticleError,
    EditRefused,
    FormatError,
    NotOpened,
    StorageError,
)
from annotator.storage.files.annotation_file import document_bytes
from annotator.storage.folder import Folder, Target, annotator_slug, is_article_name, open_path
from annotator.storage.opening import Opened, open_session, open_to_read
from annotator.storage.opening import open_review as open_review_session
from annotator.storage.shipped.sample import sample_folder
from annotator.storage.shipped.sample_sources import sources_for
from annotator.ui.articles import recent
from annotator.ui.talk import Offer

if TYPE_CHECKING:
    from annotator.storage.session import Session
    from annotator.ui.window import Window

ARTICLE_FILES = "Articles (*.txt *.md);;All files (*)"

NAMELESS = (
    "Without your name this is open for reading only. To tag, give your name here or in "
    "File ▸ Settings."
)

WELCOME = (
    "This is a sample article with sample tagging, your own copy to try things out on. "
    "Select words and press 1, 2 or 3; F1 lists the keys."
)


def begin(window: Window, path: Path | None, annotator: str | None) -> None:
    """Open what was asked for, else what lay open last, else the sample with its offers."""
    window.annotator = annotator
    if annotator and not window.settings.text("annotator"):
        window.settings.put("annotator", annotator)
    last = window.settings.text("last_path")
    if path is not None:
        window.attempt(lambda: open_target(window, path, annotator))
    elif last and Path(last).exists():
        window.attempt(lambda: open_target(window, Path(last)))
    else:
        window.attempt(lambda: open_sample(window))
    if window.desk.session is None:
        if window.message_bar.isHidden():
            window.talk.tell("No article is open.", *_offers(window))
        window.message_bar.take_keyboard()


def open_sample(window: Window) -> None:
    """Open the sample with anna's tagging, and offer the ways on from it."""
    open_target(window, sample_folder() / "annotations" / "corea-del-nord.anna.yaml")
    if window.message_bar.isHidden():  # else it says what came back from the last time
        window.talk.tell(WELCOME, *_offers(window))


def _offers(window: Window) -> tuple[Offer, ...]:
    return (
        ("Open a folder…", lambda: window.attempt(lambda: ask_folder(window))),
        ("Paste an article…", window.actions_by_name["file.paste"].trigger),
        ("Open an article…", lambda: window.attempt(lambda: ask_article(window))),
    )


def open_target(window: Window, path: Path, annotator: str | None = None) -> None:
    """Open a folder, an article, an annotation file or a review; what lay open is saved first.

    Raises `NotOpened` for what is none of these.
    """
    with _naming(path):
        target = open_path(path)
    who = annotator or target.annotator or _annotator(window)
    with _naming(target.article):
        if who is None:
            _open_to_read(window, target.folder, target.article)
        else:
            _open_or_list(window, target, who)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Let an error say which path it was that could not be opened."""
    try:
        yield
    except (ArticleError, FormatError, StorageError) as error:
        raise NotOpened(str(path), error) from error


def _open_or_list(window: Window, target: Target, who: str) -> None:
    """One bad article hides no other: where nothing is open, its folder's articles are listed."""
    try:
        (review if target.review else _open)(window, target.folder, target.article, who)
    except (ArticleError, FormatError, StorageError):
        if window.desk.session is None:
            _list_articles(window, target, who)
        raise


def offer_others(window: Window, error: NotOpened) -> tuple[Offer, ...]:
    """An offer to open the other articles of the folder of one that cannot be opened."""
    article, session = Path(error.path), window.desk.session
    if session is None or not article.is_file() or not is_article_name(article.name):
        return ()
    folder, who = Folder(article.parent), _known_name(window) or session.annotator
    if not who or folder == window.folder or len(folder.articles()) < 2:
        return ()
    act = partial(_open_another, window, Target(folder, article, None), who)
    return (("Open another article of its folder", lambda: window.attempt(act)),)


def _open_another(window: Window, target: Target, who: str) -> None:
    """Open the first article of a folder that can be opened; raises for the last one."""
    *others, last = [one for one in target.folder.articles() if one != target.article]
    for article in others:
        with suppress(ArticleError, FormatError, StorageError):
            return _open(window, target.folder, article, who)
    return _open(window, target.folder, last, who)


def _list_articles(window: Window, target: Target, who: str) -> None:
    folder, articles = target.folder, target.folder.articles()
    window.folder, window.annotator = folder, who
    window.articles_side.show_folder(articles, target.article, lambda one: folder.state(one, who))


def open_article(window: Window, article: Path) -> None:
    """Open another article of the folder for the same annotator, to go on as in this one."""
    session, folder = window.desk.session, window.folder
    who = (session.annotator if session else None) or _known_name(window)
    if folder is None:
        return
    with _naming(article):
        if who:
            _open_for(window, folder, article, who)
        else:
            _open_to_read(window, folder, article)


def _open_for(window: Window, folder: Folder, article: Path, who: str) -> None:
    """For tagging, or for a review where one is under way."""
    reviewing = window.reviewing.on
    if reviewing and folder.annotation_files(article).keys() - {annotator_slug(who)}:
        review(window, folder, article, who)
        return
    _open(window, folder, article, who)
    if reviewing:
        window.talk.hint("Nobody else has tagged this article yet; it is open for tagging.")


def step(window: Window, by: int) -> None:
    """Open the next or previous article of the list."""
    path = window.articles_side.step(by)
    if path is None:
        window.talk.hint("There is no further article this way.")
    else:
        open_article(window, path)


def _open(window: Window, folder: Folder, article: Path, annotator: str) -> None:
    """Open the new one before the old one is left, so that a bad file leaves all as it was."""
    articles = folder.articles()
    if _lies_open(window, folder.annotation_file(article, annotator)):
        return
    opened = open_session(folder, article, annotator, sources_for(folder, article))
    if _replace(window, opened):
        window.folder = folder
        _show(window, opened, articles, article)


def _open_to_read(window: Window, folder: Folder, article: Path) -> None:
    """Open an article for somebody who gave no name."""
    articles = folder.articles()
    opened = open_to_read(folder, article, NAMELESS, sources_for(folder, article))
    if _replace(window, opened):
        window.folder = folder
        _show(window, opened, articles, article)


def _replace(window: Window, opened: Opened) -> bool:
    """Leave what lies open; false, and the new one is let go, where the user would rather stay."""
    if leave(window):
        return True
    opened.session.abandon()
    return False


def _show(window: Window, opened: Opened, articles: list[Path], article: Path) -> None:
    folder, annotator = window.folder, opened.session.annotator
    assert folder is not None
    window.reviewing.colleagues = opened.colleagues
    window.desk.open(opened.session)
    window.articles_side.show_folder(articles, article, lambda one: folder.state(one, annotator))
    window.talk.quiet()
    _remember(window, opened.session, article)
    _report(window, opened, article)
    if window.reviewing.on and window.message_bar.isHidden():
        window.reviewing.tell_gone()


def show_articles(window: Window) -> None:
    """Look into the open folder again, where files may have come from elsewhere."""
    session, folder, article = window.desk.session, window.folder, window.article
    if session is not None and folder is not None and article is not None:
        who, articles = session.header.annotator, folder.articles()
        window.articles_side.show_folder(articles, article, lambda one: folder.state(one, who))
        window.beside.show_list()
        if session.is_outdated and leave(window):
            window.attempt(lambda: open_article(window, article))


def toggle_review(window: Window) -> None:
    """Review everybody's tagging of the open article, or go back to one's own."""
    session, folder, article = window.desk.session, window.folder, window.article
    if session is None or folder is None or article is None:
        raise EditRefused("Open an article first (Ctrl+O).")
    again = _open if window.reviewing.on else review
    who = session.annotator or _annotator(window)
    if who is None:
        raise EditRefused(NAMELESS)
    again(window, folder, article, who)


def review(window: Window, folder: Folder, article: Path, reviewer: str) -> None:
    """Open a review of an article; what lay open is saved first, since it is reviewed too."""
    articles = folder.articles()
    if _lies_open(window, folder.review_file(article, reviewer)):
        return
    window.inspector.commit_note()
    window.saving.finish()
    opened = open_review_session(folder, article, reviewer, sources_for(folder, article))
    names = list(opened.colleagues.documents) if opened.colleagues else []
    if names == [reviewer]:
        opened.session.abandon()
        alone = (
            f"Nobody but you has tagged {article.name} yet; a review needs a colleague's tagging."
        )
        raise EditRefused(" ".join((alone, *opened.reports)))
    if _replace(window, opened):
        window.folder = folder
        _show(window, opened, articles, article)


def _lies_open(window: Window, path: Path) -> bool:
    session = window.desk.session
    return session is not None and session.path == path and not session.read_only


def _remember(window: Window, session: Session, article: Path) -> None:
    kept = session.path if session.path.exists() else article
    window.settings.put("last_path", str(kept))
    if article.parent != sample_folder():
        recent.remember(window.settings, recent.FOLDERS, article.parent)


def _report(window: Window, opened: Opened, article: Path) -> None:
    reason = opened.session.read_only
    sentences = (*((reason,) if reason else ()), *opened.reports)
    again: Offer = "Try again", lambda: window.attempt(lambda: open_article(window, article))
    if not opened.session.annotator:
        again = _give_name_offer(window)
    if sentences:
        window.talk.tell(" ".join(sentences), *((again,) if reason else ()))


def offer_editing(window: Window) -> None:
    """Say that the file which somebody else had open is free, and offer to open it again."""
    session, article = window.desk.session, window.article
    if session is not None and article is not None:
        again = "Open it again", lambda: window.attempt(lambda: open_article(window, article))
        window.talk.tell(f"{session.path.name} is no longer open elsewhere.", again)


def _annotator(window: Window) -> str | None:
    """The annotator's name: that of this run, else the one that was asked for once."""
    name = _known_name(window)
    if not name:
        question = "Your name, as your colleagues will see it in your files:"
        name = window.talk.ask_text(question, _system_name()) or ""
        window.settings.put("annotator", name)
    return name or None


def _known_name(window: Window) -> str:
    return window.annotator or window.settings.text("annotator")


def give_name(window: Window) -> None:
    """Ask for the name that was not given before, and open the article for tagging."""
    if _annotator(window):
        take_name(window)
    elif window.article:
        window.talk.tell(NAMELESS, _give_name_offer(window))


def _give_name_offer(window: Window) -> Offer:
    return "Give a name…", lambda: window.attempt(lambda: give_name(window))


def take_name(window: Window) -> None:
    """Open the article for tagging where it was open for nobody and there is a name by now."""
    session, article = window.desk.session, window.article
    if session and article and not session.annotator and _known_name(window):
        open_article(window, article)


def _system_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def ask_folder(window: Window) -> None:
    """Ask for a folder of articles and open its first one."""
    from PySide6.QtWidgets import QFileDialog

    name = QFileDialog.getExistingDirectory(window, "Open a folder of articles", _place(window))
    if name:
        open_target(window, Path(name))


def ask_article(window: Window) -> None:
    """Ask for an article and open it."""
    from PySide6.QtWidgets import QFileDialog

    name, _ = QFileDialog.getOpenFileName(window, "Open an article", _place(window), ARTICLE_FILES)
    if name:
        open_target(window, Path(name))


def dropped(data: QMimeData) -> list[Path]:
    """The files and folders that are dragged here; none where it is something else."""
    names = (url.toLocalFile() for url in data.urls())
    return [Path(name) for name in names if name]


def _place(window: Window) -> str:
    return str(window.folder.path if window.folder else Path.home())


def leave(window: Window) -> bool:
    """Save and close what is open; false when the user would rather stay."""
    session = window.desk.session
    if session is None:
        return True
    window.inspector.commit_note()
    try:
        window.saving.finish()
        session.close()
        return True
    except AnnotatorError as error:
        unsaved = error
    try:
        return _leave_unsaved(window, unsaved)
    except AnnotatorError as error:
        window.show_error(error)
        return False


def _leave_unsaved(window: Window, error: AnnotatorError) -> bool:
    session = window.desk.session
    assert session is not None
    if session.comes_back:
        detail = "Your changes are in the journal beside the file and come back next time."
        leaves = window.talk.choose(f"{error}", detail, "Leave without saving", "Stay") == 0
    else:
        leaves = _leave_for_good(window, session, error)
    if leaves:
        session.abandon()
    return leaves


def _leave_for_good(window: Window, session: Session, error: AnnotatorError) -> bool:
    """The journal is gone as well: nothing would bring the changes back."""
    from PySide6.QtWidgets import QFileDialog

    from annotator.storage.disk.outputs import Outputs

    detail = "Its journal is gone as well: what is not saved would be lost."
    answers = "Lose the changes", "Keep a copy…", "Stay"
    answer = window.talk.choose(f"{error}", detail, *answers)
    if answer != 1:
        return answer == 0
    proposal = str(Path.home() / session.path.name)
    name, _ = QFileDialog.getSaveFileName(window, "Keep a copy", proposal, "YAML (*.yaml)")
    if name:  # the dialog has asked about a file that is there
        Outputs(replace=True).write_copy(Path(name), document_bytes(session.document()))
    return bool(name)
