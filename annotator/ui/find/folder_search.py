"""Looking through all articles of the folder, beside the window's own work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from annotator.core.display_text import count
from annotator.core.errors import AnnotatorError
from annotator.storage.bulk.search import ArticleHits, SearchTerms, search_folder
from annotator.storage.folder import Folder
from annotator.ui.find.find_list import FindList
from annotator.ui.widgets.background import Background

IDLE_MS = 250
"""How long typing must pause before the folder is looked through."""


class FolderSearch(QObject):
    """The search under way, its list, and what it has found so far.

    ``live`` says of an article what the window knows better than its files.
    """

    def __init__(self, live: Callable[[ArticleHits], ArticleHits], parent: QObject) -> None:
        super().__init__(parent)
        self.list = FindList()
        self.list.stopped.connect(self.stop)
        self._live = live
        self._ask: tuple[Folder, str, SearchTerms] | None = None
        self._under_way = False
        self._articles = self._looked_at = self._hits = self._with_hits = 0
        self._background = Background(self)
        self._background.found.connect(self._take)
        self._background.came.connect(self._end)
        self._background.failed.connect(self._end)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self._begin)

    def look(self, folder: Folder, annotator: str, wanted: SearchTerms) -> None:
        """Look for other words, as soon as typing pauses; the former search ends."""
        self.stop()
        self.list.clear()
        self.list.show()
        if wanted.words.strip():
            self._ask = folder, annotator, wanted
            self._idle.start()

    def close(self) -> None:
        """Stop looking and hide the list."""
        self.stop()
        self.list.hide()

    def stop(self) -> None:
        """Stop looking; what was found stays."""
        self._idle.stop()
        if self._under_way:
            self._background.stop()
            self._end()

    def wait(self) -> None:
        """Stop looking and let the thread end."""
        self.stop()
        self._background.wait()

    def _begin(self) -> None:
        if self._ask is None:
            return
        try:
            self._articles = len(self._ask[0].articles())
        except AnnotatorError as error:
            self.list.say(str(error), under_way=False)
            return
        self._looked_at = self._hits = self._with_hits = 0
        self._under_way = True
        self._background.start_search(search_folder(*self._ask))
        self._say()

    def _take(self, item: ArticleHits) -> None:
        found = self._live(item)
        self._looked_at += 1
        self._hits += found.hits
        self._with_hits += bool(found.hits)
        self.list.put(found)
        self._say()

    def _end(self, outcome: AnnotatorError | None = None) -> None:
        self._under_way = False
        self._say()
        if outcome is not None:
            self.list.say(str(outcome), under_way=False)

    def _say(self) -> None:
        hits = count(self._hits, "hit")
        articles = count(self._with_hits, "article")
        sentence = f"{hits} in {articles}"
        if self._looked_at < self._articles:
            sentence += f" · {self._looked_at:,} of {self._articles:,} looked through"
        self.list.say(sentence, under_way=self._under_way)

    def put(self, article: Path, hits: int, tagged: int) -> None:
        """Say of an article in the list what it holds now."""
        if not self.list.isHidden():
            self.list.put(ArticleHits(article, hits, tagged))
