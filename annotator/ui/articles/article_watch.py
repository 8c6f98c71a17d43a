"""Notices when the open article's file comes to hold another text, and when that is put right."""

from __future__ import annotations

import os

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from annotator.storage.session import Session
from annotator.ui.articles.saving import Saving
from annotator.ui.desk import Desk
from annotator.ui.talk import Talk

SETTLED_MS = 200
"""How long a file must stay as it is: many programs write a text in several steps."""


class ArticleWatch(QObject):
    """Watches the open article: its file, and the folder in which that is replaced."""

    def __init__(self, desk: Desk, talk: Talk, saving: Saving) -> None:
        super().__init__(desk)
        self._desk, self._talk, self._saving = desk, talk, saving
        self._told = ""
        self._watcher = QFileSystemWatcher(self)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MS)
        self._settled.timeout.connect(self.look)
        for signal in (self._watcher.fileChanged, self._watcher.directoryChanged):
            signal.connect(lambda _: self._settled.start())
        desk.opened.connect(self._begin)

    def _begin(self) -> None:
        self._told = ""
        QTimer.singleShot(0, self, self._watch)  # not before the first paint

    def look(self) -> None:
        """Say so if the article is another text by now, or again the one that is tagged."""
        session = self._session()
        if session is None:
            return
        self._watch()
        problem = session.article_error or ""
        if problem != self._told:
            self._told = problem
            self._tell(session, problem)

    def _tell(self, session: Session, problem: str) -> None:
        if problem:
            safe = " What is not saved yet is in the journal." if session.comes_back else ""
            self._talk.warn(f"{problem}{safe}", ("Look again", self._look_again))
        else:
            name = session.original.path.name
            self._talk.tell(f"{name} holds the text that you are tagging again; work goes on.")
            self._saving.save_soon()

    def _look_again(self) -> None:
        self._told = ""
        self.look()

    def _session(self) -> Session | None:
        session = self._desk.session
        return None if session is None or session.is_closed else session

    def _watch(self) -> None:
        """Watch what is there now; what was replaced is no longer watched by itself."""
        session = self._session()
        path = os.path.realpath(session.original.path) if session else ""
        wanted = {path, os.path.dirname(path)} if path else set()  # noqa: PTH120  Qt takes strings
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if gone := list(watched - wanted):
            self._watcher.removePaths(gone)
        if new := [one for one in wanted - watched if os.path.exists(one)]:  # noqa: PTH110
            self._watcher.addPaths(new)
