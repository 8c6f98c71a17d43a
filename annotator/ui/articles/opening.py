"""Opening folders, articles, annotation files and reviews; what lay open is saved first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from annotator.core.errors import ArticleError, EditRefused, FormatError, NotOpened, StorageError
from annotator.storage.disk.contents import is_there
from annotator.storage.folder import Folder, Target, annotator_slug, is_article_name, open_path
from annotator.storage.opening import Opened, open_review, open_session, open_to_read
from annotator.storage.session import Session
from annotator.storage.shipped.sample import sample_folder
from annotator.storage.shipped.sample_sources import sources_for
from annotator.ui.articles.annotator_name import AnnotatorName
from annotator.ui.articles.article_list import ArticleList
from annotator.ui.articles.saving import Saving
from annotator.ui.command import FILE, REVIEW, Command
from annotator.ui.desk import Desk
from annotator.ui.settings import Settings
from annotator.ui.talk import Talk
from annotator.ui.widgets.message_bar import Offer

ARTICLE_FILES = "Articles (*.txt *.md);;All files (*)"

NAMELESS = (
    "Without your name this is open for reading only. To tag, give your name here or in "
    "File ▸ Settings."
)

WELCOME = (
    "This is a sample article with sample tagging, your own copy to try things out on. "
    "Select words and press 1, 2 or 3; F1 lists the keys."
)

CANNOT_BE_OPENED = (ArticleError, FormatError, StorageError)


class Opening(QObject):
    """Opens what the user asks for, and lists the articles of its folder."""

    reported = Signal()
    """Something was opened, and what there was to say of it is said."""

    not_opened = Signal(object, object)
    """A `NotOpened` error, and the offers that there are besides."""

    paste_wanted = Signal()
    """An article is to be made of the clipboard."""

    looked_again = Signal()
    """The open folder may hold other files than before."""

    def __init__(
        self, desk: Desk, talk: Talk, settings: Settings, saving: Saving, articles: ArticleList
    ) -> None:
        super().__init__(desk)
        self._desk, self._talk, self._settings = desk, talk, settings
        self._saving, self._articles = saving, articles
        self._name = AnnotatorName(talk, settings)

    def commands(self) -> Iterable[Command]:
        """Opening a folder, an article, the sample; reviewing instead of tagging."""
        yield Command("file.open-folder", "Open &folder…", ("Ctrl+O",), FILE, self.ask_folder)
        yield Command("file.open", "Open &article…", ("Ctrl+Shift+O",), FILE, self.ask_article)
        yield Command("file.sample", "Open the sa&mple", (), FILE, self.open_sample)
        desk, name = self._desk, "review.toggle"
        in_strip = partial(Command, enabled=desk.is_open, checked=desk.is_reviewing, strip=True)
        yield in_strip(name, "&Review", ("Ctrl+R",), REVIEW, self.toggle_review)

    # On the user's behalf

    def begin(self, path: Path | None, annotator: str | None) -> None:
        """Open what was asked for, else what lay open last, else the sample with its offers."""
        self._name.set_for_run(annotator)
        if annotator:
            self._name.remember_first(annotator)
        last = self._settings.text("last_path")
        if path is not None:
            self.open(path, annotator)
        elif not last or not self._opens(Path(last)):
            self.open_sample()
        if not self._desk.is_open():
            if not self._talk.said:
                self._talk.tell("No article is open.", *self._offers())
            self._talk.take_keyboard()

    def _opens(self, path: Path) -> bool:
        """Open what lay open last; false where it is gone, for which nobody asked."""
        if not is_there(path):
            return False
        self.open(path)
        return True

    def open(self, path: Path, annotator: str | None = None) -> None:
        """Open a folder, an article, an annotation file or a review."""
        self._attempt(lambda: self._open_target(path, annotator))

    def open_article(self, article: Path) -> None:
        """Open another article of the folder for the same annotator, to go on as in this one."""
        self._attempt(lambda: self._open_article(article))

    def open_sample(self) -> None:
        """Open the sample with anna's tagging, and offer the ways on from it."""
        self._attempt(self._open_sample)

    def ask_folder(self) -> None:
        """Ask for a folder of articles and open its first one."""
        from PySide6.QtWidgets import QFileDialog

        parent, title = self._talk.parent, "Open a folder of articles"
        name = QFileDialog.getExistingDirectory(parent, title, self._place())
        if name:
            self.open(Path(name))

    def ask_article(self) -> None:
        """Ask for an article and open it."""
        from PySide6.QtWidgets import QFileDialog

        parent, title = self._talk.parent, "Open an article"
        name, _ = QFileDialog.getOpenFileName(parent, title, self._place(), ARTICLE_FILES)
        if name:
            self.open(Path(name))

    def _place(self) -> str:
        return str(self._desk.folder.path if self._desk.folder else Path.home())

    def toggle_review(self) -> None:
        """Review everybody's tagging of the open article, or go back to one's own."""
        session, folder = self._desk.need_session(), self._desk.need_folder()
        who = session.annotator or self._name.ask()
        if who is None:
            raise EditRefused(NAMELESS)
        again = self._tag if self._desk.is_reviewing() else self._review
        again(folder, session.article_path, who)

    def look_again(self) -> None:
        """Look into the open folder again, where files may have come from elsewhere."""
        self._talk.attempt(self._look_again)

    def _look_again(self) -> None:
        session, folder = self._desk.session, self._desk.folder
        if session is not None and folder is not None:
            self._list(folder, folder.articles(), session.article_path, session.annotator)
            self.looked_again.emit()
            if session.is_outdated and self._saving.leave():
                self.open_article(session.article_path)

    def take_name(self) -> None:
        """Follow the name in the settings, which now comes before that of the command line."""
        self._name.set_for_run(None)
        self._tag_if_named()

    # What cannot be opened

    def _attempt(self, act: Callable[[], object]) -> None:
        self._talk.attempt(lambda: self._or_say(act))

    def _or_say(self, act: Callable[[], object]) -> None:
        try:
            act()
        except NotOpened as error:
            self.not_opened.emit(error, self._other_articles(error))

    def _other_articles(self, error: NotOpened) -> Sequence[Offer]:
        """An offer to open the other articles of the folder of one that cannot be opened."""
        article, session = Path(error.path), self._desk.session
        if session is None or not article.is_file() or not is_article_name(article.name):
            return ()
        folder, who = Folder(article.parent), self._name.known or session.annotator
        if not who or folder == self._desk.folder or len(folder.articles()) < 2:
            return ()
        act = partial(self._open_another, folder, article, who)
        return (("Open another article of its folder", lambda: self._talk.attempt(act)),)

    def _open_another(self, folder: Folder, bad: Path, who: str) -> None:
        """Open the first article of a folder that can be opened; raises for the last one."""
        *others, last = [one for one in folder.articles() if one != bad]
        for article in others:
            with suppress(*CANNOT_BE_OPENED):
                return self._tag(folder, article, who)
        return self._tag(folder, last, who)

    # Opening, or raising

    def _open_sample(self) -> None:
        self._open_target(sample_folder() / "annotations" / "corea-del-nord.anna.yaml")
        if not self._talk.said:  # else it says what came back from the last time
            self._talk.tell(WELCOME, *self._offers())

    def _offers(self) -> tuple[Offer, ...]:
        return (
            ("Open a folder…", self.ask_folder),
            ("Paste an article…", self.paste_wanted.emit),
            ("Open an article…", self.ask_article),
        )

    def _open_target(self, path: Path, annotator: str | None = None) -> None:
        with _naming(path):
            target = open_path(path)
        who = annotator or target.annotator or self._name.ask()
        with _naming(target.article):
            if who is None:
                self._read(target.folder, target.article)
            else:
                self._open_or_list(target, who)

    def _open_or_list(self, target: Target, who: str) -> None:
        """One bad article hides no other: where nothing is open, its folder is listed."""
        try:
            (self._review if target.review else self._tag)(target.folder, target.article, who)
        except CANNOT_BE_OPENED:
            if not self._desk.is_open():
                articles = target.folder.articles()
                self._desk.open_folder(target.folder)
                self._name.set_for_run(who)
                self._list(target.folder, articles, target.article, who)
            raise

    def _open_article(self, article: Path) -> None:
        session, folder = self._desk.session, self._desk.folder
        who = (session.annotator if session else "") or self._name.known
        if folder is None:
            return
        with _naming(article):
            if not who:
                self._read(folder, article)
            elif self._desk.is_reviewing():
                self._go_on_reviewing(folder, article, who)
            else:
                self._tag(folder, article, who)

    def _go_on_reviewing(self, folder: Folder, article: Path, who: str) -> None:
        if folder.annotation_files(article).keys() - {annotator_slug(who)}:
            self._review(folder, article, who)
            return
        self._tag(folder, article, who)
        self._talk.hint("Nobody else has tagged this article yet; it is open for tagging.")

    def _tag(self, folder: Folder, article: Path, annotator: str) -> None:
        articles = folder.articles()
        if not self._is_open(folder.annotation_file(article, annotator)):
            sources = sources_for(folder, article)
            self._replace(open_session(folder, article, annotator, sources), articles)

    def _read(self, folder: Folder, article: Path) -> None:
        """Open an article for somebody who gave no name."""
        articles = folder.articles()
        opened = open_to_read(folder, article, NAMELESS, sources_for(folder, article))
        self._replace(opened, articles)

    def _review(self, folder: Folder, article: Path, reviewer: str) -> None:
        """Open a review; what lies open is saved first, since it is reviewed too."""
        articles = folder.articles()
        if self._is_open(folder.review_file(article, reviewer)):
            return
        self._saving.finish()
        opened = open_review(folder, article, reviewer, sources_for(folder, article))
        names = list(opened.colleagues.documents) if opened.colleagues else []
        if names == [reviewer]:
            opened.session.abandon()
            alone = f"Nobody but you has tagged {article.name} yet"
            needs = f"{alone}; a review needs a colleague's tagging."
            raise EditRefused(" ".join((needs, *opened.reports)))
        self._replace(opened, articles)

    def _is_open(self, path: Path) -> bool:
        session = self._desk.session
        return session is not None and session.path == path and not session.read_only

    def _replace(self, opened: Opened, articles: list[Path]) -> None:
        """Leave what lies open only now, so that a bad file leaves all as it was.

        The new one is let go where the user would rather stay.
        """
        if not self._saving.leave():
            opened.session.abandon()
            return
        session = opened.session
        self._desk.open(opened)
        self._list(opened.folder, articles, session.article_path, session.annotator)
        self._talk.quiet()
        kept = session.path if is_there(session.path) else session.article_path
        self._settings.put("last_path", str(kept))
        self._report(opened)
        self.reported.emit()

    def _list(self, folder: Folder, articles: list[Path], current: Path, who: str) -> None:
        self._articles.show_folder(articles, current, lambda one: folder.state(one, who))

    def _report(self, opened: Opened) -> None:
        reason = opened.session.read_only
        sentences = (*((reason,) if reason else ()), *opened.reports)
        if sentences:
            again = self._another_try(opened.session)
            self._talk.tell(" ".join(sentences), *((again,) if reason else ()))

    def _another_try(self, session: Session) -> Offer:
        if not session.annotator:
            return "Give a name…", self._give_name
        return "Try again", lambda: self.open_article(session.article_path)

    def _give_name(self) -> None:
        """Ask for the name that was not given before, and open the article for tagging."""
        if self._name.ask():
            self._tag_if_named()
        elif self._desk.is_open():
            self._talk.tell(NAMELESS, ("Give a name…", self._give_name))

    def _tag_if_named(self) -> None:
        session = self._desk.session
        if session and not session.annotator and self._name.known:
            self.open_article(session.article_path)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Let an error say which path it was that could not be opened."""
    try:
        yield
    except CANNOT_BE_OPENED as error:
        raise NotOpened(str(path), error) from error
