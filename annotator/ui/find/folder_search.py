"""Looking through all articles of the folder, beside the window's own work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from annotator.core.display_text import count
from annotator.core.errors import AnnotatorError
from annotator.storage.bulk.search import Found, Wanted, search_folder
from annotator.storage.folder import Folder
from annotator.ui.find.find_list import FindList

REST_MS = 250
"""Typing rests so long before the folder is looked through."""


class _Post(QObject):
    """Carries what a thread found into the window's thread."""

    came = Signal(object, object)


class _Search(QRunnable):
    """Looks through a folder in a thread of the pool; posts each article, and None at the end."""

    def __init__(self, folder: Folder, annotator: str, wanted: Wanted, post: _Post) -> None:
        super().__init__()
        self._folder, self._annotator, self._wanted = folder, annotator, wanted
        self._post = post
        self.stopped = Event()

    def run(self) -> None:
        try:
            stopped = self.stopped.is_set
            for found in search_folder(self._folder, self._annotator, self._wanted, stopped):
                self._post.came.emit(self, found)
        except Exception as error:  # noqa: BLE001  it is told in the window's thread
            self._post.came.emit(self, error)
        self._post.came.emit(self, None)


class FolderSearch(QObject):
    """The search under way, its list, and what it has found so far.

    ``live`` says of an article what the window knows better than its files.
    """

    def __init__(self, live: Callable[[Found], Found], parent: QObject) -> None:
        super().__init__(parent)
        self.list = FindList()
        self.list.stopped.connect(self.stop)
        self._live = live
        self._ask: tuple[Folder, str, Wanted] | None = None
        self._search: _Search | None = None
        self._articles = self._looked_at = self._hits = self._with_hits = 0
        self._threads = QThreadPool(self)
        self._threads.setMaxThreadCount(1)
        self._post = _Post(self)
        self._post.came.connect(self._came)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._begin)

    def look(self, folder: Folder, annotator: str, wanted: Wanted) -> None:
        """Look for other words, as soon as typing rests; the former search ends."""
        self.stop()
        self.list.clear()
        self.list.show()
        if wanted.words.strip():
            self._ask = folder, annotator, wanted
            self._rest.start()

    def close(self) -> None:
        """Stop looking and hide the list."""
        self.stop()
        self.list.hide()

    def stop(self) -> None:
        """Stop looking; what was found stays."""
        self._rest.stop()
        if self._search is not None:
            self._search.stopped.set()
            self._search = None
            self._say()

    def wait(self) -> None:
        """Stop looking and let the thread end."""
        self.stop()
        self._threads.waitForDone()

    def _begin(self) -> None:
        if self._ask is None:
            return
        try:
            self._articles = len(self._ask[0].articles())
        except AnnotatorError as error:
            self.list.say(str(error), under_way=False)
            return
        self._looked_at = self._hits = self._with_hits = 0
        self._search = _Search(*self._ask, self._post)
        self._threads.start(self._search)
        self._say()

    def _came(self, search: object, outcome: object) -> None:
        if search is not self._search:
            return
        if isinstance(outcome, Found):
            found = self._live(outcome)
            self._looked_at += 1
            self._hits += found.hits
            self._with_hits += bool(found.hits)
            self.list.put(found)
        else:
            self._search = None
        self._say()
        if isinstance(outcome, AnnotatorError):
            self.list.say(str(outcome), under_way=False)
        elif isinstance(outcome, Exception):
            raise outcome

    def _say(self) -> None:
        hits = count(self._hits, "hit")
        articles = count(self._with_hits, "article")
        sentence = f"{hits} in {articles}"
        if self._looked_at < self._articles:
            sentence += f" · {self._looked_at:,} of {self._articles:,} looked through"
        self.list.say(sentence, under_way=self._search is not None)

    def put(self, article: Path, hits: int, tagged: int) -> None:
        """Say of an article in the list what it holds now."""
        if not self.list.isHidden():
            self.list.put(Found(article, hits, tagged))
