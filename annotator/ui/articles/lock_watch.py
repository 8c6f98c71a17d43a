"""Notices when a file that somebody else had open can be edited here."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.storage.disk.lock import locked_by
from annotator.ui.desk import Desk

LOOK_MS = 15_000


class LockWatch(QObject):
    """Looks at the lock of what lies on the desk, as long as that is read-only because of it.

    A lock of another computer can only be told to be stale by looking at it for a while.
    """

    freed = Signal()
    """Nobody has the file open any more, or nobody who gives a sign of life."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        desk.opened.connect(self._timer.start)

    def look(self) -> None:
        """Look at the lock now; tells it once when the file is free."""
        session = self._desk.session
        if session is None:
            self._timer.stop()
        elif session.is_locked_out and locked_by(session.path) is None:
            self._timer.stop()
            self.freed.emit()
