"""Colleagues' tags beside one's own: hidden until asked for, and then the file says so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from annotator.core.errors import StorageError
from annotator.storage.folder import annotator_slug
from annotator.ui.articles.annotators import Annotator, Annotators
from annotator.ui.articles.saving import Saving
from annotator.ui.desk import Desk
from annotator.ui.page.layers import Layers, TaggingLayer
from annotator.ui.ports import TextView
from annotator.ui.talk import Talk

if TYPE_CHECKING:
    from annotator.storage.colleagues import Colleagues


class ColleagueLayers(QObject):
    """Whose tags are shown besides one's own: nobody's, in each article anew.

    A review shows its own layers; this stands back meanwhile.
    """

    def __init__(
        self, desk: Desk, text: TextView, talk: Talk, saving: Saving, annotators: Annotators
    ) -> None:
        super().__init__(desk)
        self._desk, self._text, self._talk = desk, text, talk
        self._saving, self._annotators = saving, annotators
        self._shown: set[str] = set()
        self._files: dict[str, Path] = {}
        self._counts: dict[str, int] = {}
        self._read: Colleagues | None = None
        annotators.toggled.connect(self._toggle)
        desk.opened.connect(self._begin)
        desk.changed.connect(self._count_own)

    def _begin(self) -> None:
        self._shown, self._files, self._counts, self._read = set(), {}, {}, None
        if not self._desk.is_reviewing():
            self._text.show_layers(Layers())
            # Who else has tagged it is seen from their files' names: not before the first paint.
            QTimer.singleShot(0, self, self.show_list)

    def show_list(self) -> None:
        """Name all who have tagged the article, oneself among them."""
        article, folder = self._desk.article, self._desk.folder
        if article is None or folder is None or self._desk.is_reviewing():
            return
        self._files = folder.annotation_files(article)
        self._counts = {name: folder.state(article, name).count for name in self._files}
        self._show_lines()

    def _count_own(self) -> None:
        if not self._desk.is_reviewing():
            self._show_lines()

    def _show_lines(self) -> None:
        self._annotators.show_annotators(self._lines())

    def _lines(self) -> list[Annotator]:
        session = self._desk.session
        if session is None:
            return []
        own, number = annotator_slug(session.annotator), len(session.tagging)
        names = {*self._counts, own} if number else {*self._counts}
        return [
            Annotator(session.annotator, nth, number, you=True, shown=True, fixed=True)
            if name == own
            else Annotator(name, nth, self._counts[name], shown=name in self._shown)
            for nth, name in enumerate(sorted(names), 1)
        ]

    def _toggle(self, name: str, shown: bool) -> None:
        if not self._desk.is_reviewing():
            self._talk.attempt(lambda: self._show(name, shown))

    def _show(self, name: str, shown: bool) -> None:
        try:
            if shown:
                self._see(name)
            (self._shown.add if shown else self._shown.discard)(name)
        finally:
            self.show_list()
        layers = (self._layer(nth, one) for nth, one in enumerate(sorted(self._files), 1))
        self._text.show_layers(Layers(filter(None, layers)))

    def _see(self, name: str) -> None:
        """Read a colleague's tagging, and keep in one's own file that it was seen."""
        from annotator.storage.colleagues import read_colleagues

        session = self._desk.need_session()
        self._read = read_colleagues(self._desk.need_folder(), session.article_path)
        found = self._name_in_file(name)
        if found is None:
            raise StorageError(" ".join(self._read.sentences) or f"{name} has no file here now.")
        session.see(found)
        self._saving.save()
        if not session.read_only:
            self._talk.hint(f"Your file says that you have seen {found}'s tags.")

    def _name_in_file(self, name: str) -> str | None:
        """The name that a colleague's file gives, of which ``name`` is what file names have."""
        names = self._read.paths if self._read else {}
        return next((who for who, path in names.items() if path == self._files.get(name)), None)

    def _layer(self, digit: int, name: str) -> TaggingLayer | None:
        found = self._name_in_file(name)
        if name not in self._shown or self._read is None or found is None:
            return None
        return TaggingLayer(digit, found, self._read.taggings[found])
