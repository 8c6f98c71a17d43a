"""Notices what colleagues save while the review lies open: other versions, and first ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from annotator.core.errors import StorageError

REST_MS = 200
"""So long the folder must be at rest: a file is made, then put in its place."""

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
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.look)
        self._watcher.directoryChanged.connect(lambda _: self._rest.start())

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
        """Tell if any of the files is another one by now, or new, or gone."""
        now = _signature(self._files)
        if now != self._seen:
            self._seen = now
            self.changed.emit()


def _signature(files: Files) -> Signature:
    try:
        return tuple(found for path in files() if (found := _stat(path)))
    except StorageError:
        return ()  # whoever looks into the folder is told


def _stat(path: Path) -> tuple[str, int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return path.name, stat.st_mtime_ns, stat.st_size
