"""Notices what colleagues save while a review is open: other versions, and first ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from annotator.core.errors import StorageError

IDLE_MS = 200
"""So long nothing must happen in the folder: a file is made, then put in its place."""

Signature = tuple[tuple[str, int, int], ...]
Files = Callable[[], Iterable[Path]]


class ColleagueWatch(QObject):
    """Watches the folder of some files; files that are replaced cannot be watched themselves."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._files: Files = tuple
        self._seen: Signature = ()
        self._watcher = QFileSystemWatcher(self)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self.look)
        self._watcher.directoryChanged.connect(lambda _: self._idle.start())

    def watch(self, folder: Path, files: Files) -> None:
        """Watch the ``files`` of ``folder`` from now on, those that are yet to come included."""
        self.stop()
        self._files, self._seen = files, _signature(files)
        self._watcher.addPath(str(folder))

    def stop(self) -> None:
        """Watch nothing."""
        if watched := self._watcher.directories():
            self._watcher.removePaths(watched)
        self._files, self._seen = tuple, ()

    def look(self) -> None:
        """Emit `changed` if any of the files is another one by now, or new, or gone."""
        now = _signature(self._files)
        if now != self._seen:
            self._seen = now
            self.changed.emit()


def _signature(files: Files) -> Signature:
    try:
        return tuple(found for path in files() if (found := _stat(path)))
    except StorageError:
        return ()  # opening an article there says what is wrong


def _stat(path: Path) -> tuple[str, int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return path.name, stat.st_mtime_ns, stat.st_size
