"""Notices when a file that somebody else had open can be edited here."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from annotator.storage.disk.lock import locked_by
from annotator.ui.articles.opening import Opening
from annotator.ui.desk import Desk
from annotator.ui.talk import Talk

LOOK_MS = 15_000


class LockWatch(QObject):
    """Looks at the lock of the open file, as long as that is read-only because of it.

    A lock of another computer can only be told to be stale by looking at it for a while.
    """

    def __init__(self, desk: Desk, talk: Talk, opening: Opening) -> None:
        super().__init__(desk)
        self._desk, self._talk, self._opening = desk, talk, opening
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        desk.opened.connect(self._begin)

    def _begin(self) -> None:
        if self._desk.need_session().is_locked_out:
            self._timer.start()
        else:
            self._timer.stop()

    def look(self) -> None:
        """Look at the lock now; where nobody who gives a sign of life has it, say so once."""
        session = self._desk.session
        if session is None:
            self._timer.stop()
        elif session.is_locked_out and locked_by(session.path) is None:
            self._timer.stop()
            again = "Open it again", lambda: self._opening.open_article(session.article_path)
            self._talk.tell(f"{session.path.name} is no longer open elsewhere.", again)
