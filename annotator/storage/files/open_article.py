"""The article that is being tagged, as a file: does it still hold that text?"""

from __future__ import annotations

from pathlib import Path

from annotator.core.errors import ArticleChanged, ArticleError, StorageError
from annotator.core.text.article import Article, read_article
from annotator.storage.files.places import read_bytes

_Signature = tuple[int, int, int, int]


class OpenArticle:
    """The file at ``path``, which held ``article`` when it was opened.

    Spans count in that text: tagging may go to the disk only as long as it stands there.
    """

    def __init__(self, path: Path, article: Article) -> None:
        self.path = path
        self._article = article
        self._sound: _Signature | None = None

    def refuse_other_text(self) -> None:
        """Raise `ArticleChanged` unless the file holds the text."""
        self._sound = None
        before = self._signature()
        reason = self._reason()
        if reason:
            raise ArticleChanged(
                f"{reason} Nothing is tagged or saved until the text that you are tagging is back."
            )
        self._sound = before

    def refuse_if_touched(self) -> None:
        """The same, at the cost of one look at the file's times where nobody touched it."""
        if self._sound is None or self._signature() != self._sound:
            self.refuse_other_text()

    def _reason(self) -> str:
        """Why the text is not there, as a sentence; empty if it is."""
        try:
            text = read_article(read_bytes(self.path), str(self.path)).text
        except (ArticleError, StorageError) as error:
            return str(error)
        return "" if text == self._article.text else f"{self.path} was changed meanwhile."

    def _signature(self) -> _Signature | None:
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
