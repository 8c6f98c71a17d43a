"""Adding articles: from files, from the clipboard, dropped on the window; each is looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from annotator.core.errors import AnnotatorError, ArticleError, EditRefused, NotOpened
from annotator.storage.articles_in.add import add_article
from annotator.storage.articles_in.incoming import Incoming, pasted, read_incoming
from annotator.storage.articles_in.kinds import KINDS, SUFFIXES
from annotator.storage.articles_in.new_files import known_articles
from annotator.storage.folder import is_article_name
from annotator.storage.shipped.sample import sample_folder
from annotator.ui.articles import opening
from annotator.ui.articles.preview import ArticlePreview
from annotator.ui.widgets.background import Background, Progress

if TYPE_CHECKING:
    from annotator.ui.talk import Offer
    from annotator.ui.window import Window

Read = tuple[Path, Incoming | AnnotatorError]
Waiting = tuple[Path | None, Incoming]

_MOST_LINES = 4
"""Lines above the text that what was added may take."""


def ask_articles(window: Window, place: Path | None = None) -> None:
    """Ask for files and add the article of each, to the open folder or to ``place``."""
    begin = str(place or _place(window))
    names, _ = QFileDialog.getOpenFileNames(window, "Add articles", begin, _filters())
    if names:
        add_files(window, [Path(name) for name in names], place)


def _filters() -> str:
    kinds = (f"{kind.title} ({_patterns(kind.suffixes)})" for kind in KINDS)
    return ";;".join((f"All of these ({_patterns(SUFFIXES)})", *kinds))


def _patterns(suffixes: Sequence[str]) -> str:
    return " ".join(f"*{suffix}" for suffix in suffixes)


def paste_article(window: Window, place: Path | None = None) -> None:
    """Make the clipboard's text, or the files that were copied, articles of the folder."""
    clipboard = QGuiApplication.clipboard()
    copied: QMimeData | None = clipboard.mimeData()  # None where nothing was copied
    urls = copied.urls() if copied else []
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    if paths:
        add_files(window, paths, place)
        return
    text = clipboard.text()
    if not text.strip():
        raise EditRefused("There is no text in the clipboard; copy the article first.")
    adding_of(window, place).look_at([(None, pasted(text))])


def add_files(window: Window, paths: Sequence[Path], place: Path | None = None) -> None:
    """Read files beside the window, and show what each of them gives."""
    adding_of(window, place).read(paths)


def offer_to_add(window: Window, error: NotOpened, *others: Offer) -> bool:
    """Offer to add what cannot be opened as it is: a file of another kind, or a folder's files.

    ``others`` are offered besides. False where there is nothing to add.
    """
    path, is_text = Path(error.path).absolute(), isinstance(error.reason, ArticleError)
    if path.is_dir() and not any(is_article_name(one.name) for one in path.iterdir()):
        _offer_for_folder(window, path)
    elif _gives_article(path) and (is_text or is_to_add(path)):
        sentence = f"{path} is no article yet, but its text can be added as one."
        if is_text:
            why, _, _ = str(error).partition(";")
            sentence = f"{why}; it can be added as an article all the same."
        place = path.parent if is_article_name(path.name) else None
        add = "Add as article…", _later(window, add_files, [path], place)
        window.talk.tell(sentence, add, *others)
    else:
        return False
    return True


def _offer_for_folder(window: Window, folder: Path) -> None:
    """The folder is to be begun: with the files that lie in it, or with any others."""
    there = sorted(path for path in folder.iterdir() if _gives_article(path))
    if there:
        label = "Add as article…" if len(there) == 1 else f"Add {len(there):,} files as articles…"
        add = label, _later(window, add_files, there, folder)
    else:
        add = "Add articles…", _later(window, ask_articles, folder)
    paste = "Paste an article…", _later(window, paste_article, folder)
    window.talk.tell(f"{folder} holds no article yet; add one to begin.", add, paste)


def _later(window: Window, act: Callable[..., object], *given: object) -> Callable[[], object]:
    return lambda: window.attempt(lambda: act(window, *given))


def _gives_article(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in SUFFIXES


def is_to_add(path: Path) -> bool:
    """Whether a dropped file is one to take an article from, rather than to open as it is.

    That none is taken from its kind is said as of any other file that gives none.
    """
    opens = is_article_name(path.name) or path.suffix.lower() in (".yaml", ".yml")
    return path.is_file() and not opens


def take(window: Window, paths: Sequence[Path]) -> None:
    """What was dropped on the window: articles and folders are opened, other files added."""
    files = [path for path in paths if is_to_add(path)]
    if files:
        add_files(window, files)
    else:
        opening.open_target(window, paths[0])


def adding_of(window: Window, place: Path | None = None) -> Adding:
    """What adds articles to the open folder, or to ``place``.

    Raises `EditRefused` while it is at work.
    """
    adding = window.findChild(Adding) or Adding(window)
    if adding.under_way:
        raise EditRefused("Another article is being added; end that first.")
    adding.place = place
    return adding


class Adding(QObject):
    """One round of adding: reads, shows one article after the other, opens the first one added."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._waiting: list[Waiting] = []
        self._first: Path | None = None
        self._told: list[str] = []
        self._failed = False
        self._reading = Background(self)
        self._reading.came.connect(self._look_at_what_came)
        self.under_way = False
        self.place: Path | None = None

    def read(self, paths: Sequence[Path]) -> None:
        """Read the files; what each of them gives is shown when all are read."""
        self.under_way = True
        self._window.talk.hint("Reading…")
        self._reading.start(lambda progress: _read_all(paths, progress))

    def _look_at_what_came(self, outcome: list[Read]) -> None:
        good = [(path, one) for path, one in outcome if isinstance(one, Incoming)]
        told = [str(one) for _, one in outcome if isinstance(one, AnnotatorError)]
        self._window.talk.hint("")
        self.look_at(good, told)

    def look_at(self, incoming: Sequence[Waiting], told: Sequence[str] = ()) -> None:
        """Show articles, one after the other; ``told`` is said at the end."""
        self.under_way = True
        self._waiting, self._first, self._told = list(incoming), None, list(told)
        self._failed = bool(told)
        self._next()

    def _next(self) -> None:
        if not self._waiting:
            self._end()
            return
        (source, incoming), more = self._waiting.pop(0), len(self._waiting)
        window = self._window
        preview = ArticlePreview(window, window.theme, incoming, source, self._folder, more)
        preview.accepted.connect(lambda: self._add(preview))
        preview.rejected.connect(self._end)
        preview.open()

    @property
    def _folder(self) -> Path:
        return self._first.parent if self._first else self.place or _place(self._window)

    def _add(self, preview: ArticlePreview) -> None:
        folder = Path(preview.folder.text().strip()).expanduser().absolute()
        article, name = preview.result_article, preview.name.text().strip()
        try:
            added = add_article(article, folder, known_articles(folder), name)
        except AnnotatorError as error:
            self._told.append(str(error))
            self._failed = True
        else:
            self._first = self._first or added.path
            if added.known:
                self._told.append(f"The text of {name} is here already, as {added.path.name}.")
        self._next()

    def _end(self) -> None:
        self.under_way = False
        window, first = self._window, self._first
        self._waiting = []
        opened: list[str] = []
        if first:
            window.attempt(lambda: opening.open_target(window, first))
            opening.show_articles(window)
            opened = [] if window.message_bar.isHidden() else [window.message_bar.sentence.text()]
        if self._told:
            say = window.talk.warn if self._failed else window.talk.tell
            say(_in_lines([*opened, *self._told]))


def _in_lines(told: Sequence[str]) -> str:
    """What is to be said, a line each, as far as there is room for it above the text."""
    more = len(told) - _MOST_LINES
    rest = [f"{more:,} more files gave no new article."] if more > 0 else []
    return "\n".join([*told[:_MOST_LINES], *rest])


def _read_all(paths: Sequence[Path], progress: Progress) -> list[Read]:
    read: list[Read] = []
    for done, path in enumerate(paths):
        progress(done, len(paths))
        try:
            read.append((path, read_incoming(path)))
        except AnnotatorError as error:
            read.append((path, error))
    return read


def _place(window: Window) -> Path:
    """The open folder; the sample is only to try things out on, and gets no articles."""
    if window.folder and window.folder.path != sample_folder():
        return window.folder.path
    return Path.home() / "articles"
