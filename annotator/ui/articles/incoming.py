"""Articles on their way in: read in a thread, shown one after the other, added, opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from annotator.core.errors import AnnotatorError, ArticleError, EditRefused, NotOpened
from annotator.storage.articles_in.child_process import give_up
from annotator.storage.articles_in.incoming import Incoming, pasted, read_incoming
from annotator.storage.articles_in.kinds import KINDS, SUFFIXES
from annotator.storage.folder import is_article_name
from annotator.storage.shipped.sample import sample_place
from annotator.ui.articles.opening import Opening
from annotator.ui.articles.preview import ArticlePreview
from annotator.ui.desk import Desk
from annotator.ui.talk import Talk
from annotator.ui.theme import Appearance
from annotator.ui.widgets.background import Background, Progress, Work
from annotator.ui.widgets.message_bar import Offer

Read = tuple[Path | None, Incoming | AnnotatorError]
Waiting = tuple[Path | None, Incoming]

_MOST_LINES = 4
"""Lines above the text that what was added may take."""


class IncomingArticles(QObject):
    """One round of adding at a time; the first article that was added is opened at its end.

    ``place`` is the folder to add to, where that is not the open one. What begins a round
    raises `EditRefused` while another one is under way.
    """

    def __init__(self, desk: Desk, talk: Talk, appearance: Appearance, opening: Opening) -> None:
        super().__init__(talk.parent)
        self._desk, self._talk = desk, talk
        self._appearance, self._opening = appearance, opening
        self._waiting: list[Waiting] = []
        self._first: Path | None = None
        self._told: list[str] = []
        self._failed = self._under_way = False
        self._place: Path | None = None
        self._reading = Background(self)
        self._reading.came.connect(self._show_read)
        self._reading.failed.connect(self._end)
        application = QCoreApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(self._give_up)

    # What begins a round

    def ask(self, place: Path | None = None) -> None:
        """Ask for files and add the article of each."""
        begin = str(place or self._open_place())
        names, _ = QFileDialog.getOpenFileNames(self._talk.parent, "Add articles", begin, _kinds())
        if names:
            self.add([Path(name) for name in names], place)

    def paste(self, place: Path | None = None) -> None:
        """Add the clipboard's text, or the files that were copied."""
        clipboard = QGuiApplication.clipboard()
        copied: QMimeData | None = clipboard.mimeData()  # None where nothing was copied
        urls = copied.urls() if copied else []
        paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        if paths:
            self.add(paths, place)
            return
        text = clipboard.text()
        if not text.strip():
            raise EditRefused("There is no text in the clipboard; copy the article first.")
        self._read(partial(_read_pasted, text), place)

    def add(self, paths: Sequence[Path], place: Path | None = None) -> None:
        """Read files; what each of them gives is shown when all are read."""
        self._read(partial(_read_all, paths), place)

    def take(self, paths: Sequence[Path]) -> None:
        """Open articles and folders, and add other files."""
        files = [path for path in paths if is_to_add(path)]
        if files:
            self.add(files)
        else:
            self._opening.open(paths[0])

    def offer(self, error: NotOpened, others: Sequence[Offer]) -> bool:
        """Offer to add what cannot be opened as it is: a file of another kind, a folder's files.

        ``others`` are offered besides. False where there is nothing to add.
        """
        path, is_text = Path(error.path).absolute(), isinstance(error.reason, ArticleError)
        inside = _inside(path)
        if inside is not None and not any(is_article_name(one.name) for one in inside):
            self._offer_for_folder(path, inside)
        elif _gives_article(path) and (is_text or is_to_add(path)):
            sentence = f"{path} is no article yet, but its text can be added as one."
            if is_text:
                why, _, _ = str(error).partition(";")
                sentence = f"{why}; it can be added as an article all the same."
            place = path.parent if is_article_name(path.name) else None
            add = "Add as article…", self._later(lambda: self.add([path], place))
            self._talk.tell(sentence, add, *others)
        else:
            return False
        return True

    def _offer_for_folder(self, folder: Path, inside: Sequence[Path]) -> None:
        """The folder is to be begun: with the files that lie in it, or with any others."""
        there = sorted(path for path in inside if _gives_article(path))
        if there:
            many = (
                "Add as article…" if len(there) == 1 else f"Add {len(there):,} files as articles…"
            )
            add = many, self._later(lambda: self.add(there, folder))
        else:
            add = "Add articles…", self._later(lambda: self.ask(folder))
        paste = "Paste an article…", self._later(lambda: self.paste(folder))
        self._talk.tell(f"{folder} holds no article yet; add one to begin.", add, paste)

    def _later(self, act: Callable[[], object]) -> Callable[[], object]:
        return lambda: self._talk.attempt(act)

    def _open_place(self) -> Path:
        """The open folder; the sample is only to try things out on, and gets no articles."""
        folder = self._desk.folder
        if folder and folder.path != sample_place():
            return folder.path
        return Path.home() / "articles"

    # The round

    def _begin(self, place: Path | None) -> None:
        if self._under_way:
            raise EditRefused("Another article is being added; end that first.")
        self._under_way, self._place = True, place
        self._waiting, self._first, self._told, self._failed = [], None, [], False

    def _read(self, work: Work, place: Path | None) -> None:
        self._begin(place)
        self._talk.hint("Reading…")
        self._reading.start(work)

    def _give_up(self) -> None:
        """The program ends: what is still being read was not looked at, and is not missed."""
        self._reading.stop()
        give_up()

    def _show_read(self, outcome: list[Read]) -> None:
        good: list[Waiting] = [(path, one) for path, one in outcome if isinstance(one, Incoming)]
        told = [str(one) for _, one in outcome if isinstance(one, AnnotatorError)]
        self._talk.hint("")
        self._show(good, told)

    def _show(self, waiting: list[Waiting], told: list[str]) -> None:
        """Show articles, one after the other; ``told`` is said at the end."""
        self._waiting, self._told, self._failed = waiting, told, bool(told)
        self._next()

    def _next(self) -> None:
        if not self._waiting:
            self._end()
            return
        (source, incoming), more = self._waiting.pop(0), len(self._waiting)
        folder = self._first.parent if self._first else self._place or self._open_place()
        theme = self._appearance.theme
        preview = ArticlePreview(self._talk.parent, theme, incoming, source, folder, more)
        preview.accepted.connect(lambda: self._take_added(preview))
        preview.rejected.connect(self._end)
        preview.open()

    def _take_added(self, preview: ArticlePreview) -> None:
        added, name = preview.added, preview.name.text().strip()
        assert added is not None
        self._first = self._first or added.path
        if added.known:
            self._told.append(f"The text of {name} is here already, as {added.path.name}.")
        self._next()

    def _end(self) -> None:
        self._under_way = False
        self._waiting = []
        opened = ""
        if self._first:
            self._opening.open(self._first)
            self._opening.look_again()
            opened = self._talk.said
        if self._told:
            told = _as_there_is_room([*([opened] if opened else []), *self._told])
            self._talk.tell_each(told, bad=self._failed)


def _kinds() -> str:
    kinds = (f"{kind.title} ({_patterns(kind.suffixes)})" for kind in KINDS)
    return ";;".join((f"All of these ({_patterns(SUFFIXES)})", *kinds))


def _patterns(suffixes: Sequence[str]) -> str:
    return " ".join(f"*{suffix}" for suffix in suffixes)


def _inside(folder: Path) -> list[Path] | None:
    """The files of a folder, None where it is none or cannot be read."""
    try:
        return list(folder.iterdir())
    except OSError:
        return None


def is_to_add(path: Path) -> bool:
    """Whether a dropped file is one to take an article from, rather than to open as it is.

    That none is taken from its kind is said as of any other file that gives none.
    """
    opens = is_article_name(path.name) or path.suffix.lower() in (".yaml", ".yml")
    return path.is_file() and not opens


def _gives_article(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in SUFFIXES


def _as_there_is_room(told: Sequence[str]) -> list[str]:
    """What is to be said, as far as there is room for it above the text."""
    more = len(told) - _MOST_LINES
    rest = [f"{more:,} more files gave no new article."] if more > 0 else []
    return [*told[:_MOST_LINES], *rest]


def _read_pasted(text: str, _: Progress) -> list[Read]:
    try:
        return [(None, pasted(text))]
    except AnnotatorError as error:
        return [(None, error)]


def _read_all(paths: Sequence[Path], progress: Progress) -> list[Read]:
    read: list[Read] = []
    for done, path in enumerate(paths):
        progress(done, len(paths))
        try:
            read.append((path, read_incoming(path)))
        except AnnotatorError as error:
            read.append((path, error))
    return read
